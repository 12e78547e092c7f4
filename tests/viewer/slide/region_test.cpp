// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/region.h"

#include <QtTest>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/fake_source.h"

namespace geneglass::region_test {

using namespace geneglass::testing;

/// The definition: the mean of the level's pixels under one output pixel, by overlap; transparent outside.
static std::array<double, 4> meanUnder(const Level& level, int index, double x0, double y0, double x1,
                                       double y1) {
  std::array<double, 4> sums{};
  for (auto y = static_cast<int64_t>(std::floor(y0)); static_cast<double>(y) < y1; ++y)
    for (auto x = static_cast<int64_t>(std::floor(x0)); static_cast<double>(x) < x1; ++x) {
      if (x < 0 || y < 0 || x >= level.size.width || y >= level.size.height) continue;
      const double across = std::min(x1, static_cast<double>(x + 1)) - std::max(x0, static_cast<double>(x));
      const double down = std::min(y1, static_cast<double>(y + 1)) - std::max(y0, static_cast<double>(y));
      for (size_t i = 0; i < 4; ++i) sums[i] += across * down * (colourAt(index, x, y) >> (8 * i) & 0xff);
    }
  for (double& sum : sums) sum /= (x1 - x0) * (y1 - y0);
  return sums;
}

static double worstDifference(const Slide& slide, const Image& image, const Rect& area, int index) {
  const Level& level = slide.levels[static_cast<size_t>(index)];
  const double stepX = area.width / image.width / level.downsample;
  const double stepY = area.height / image.height / level.downsample;
  double worst = 0;
  for (int row = 0; row < image.height; ++row)
    for (int column = 0; column < image.width; ++column) {
      const double x = area.x / level.downsample + column * stepX;
      const double y = area.y / level.downsample + row * stepY;
      const std::array<double, 4> mean = meanUnder(level, index, x, y, x + stepX, y + stepY);
      for (size_t i = 0; i < 4; ++i)
        worst = std::max(worst, std::abs(mean[i] - (image.at(column, row) >> (8 * i) & 0xff)));
    }
  return worst;
}

class RegionTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aRegionIsTheMeanOfWhatItCovers_data() {
    QTest::addColumn<QRectF>("area");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("level");
    QTest::newRow("2 to 1") << QRectF(64, 128, 448, 448) << QSize(224, 224) << 0;
    QTest::newRow("not whole, off the grid") << QRectF(10.3, 20.7, 301.1, 211.9) << QSize(97, 61) << 0;
    QTest::newRow("axes differ") << QRectF(5, 5, 300, 100) << QSize(150, 90) << 0;
    QTest::newRow("finer than the slide") << QRectF(100.25, 50.5, 7.5, 5) << QSize(60, 40) << 0;
    QTest::newRow("over the lower right edge") << QRectF(900.5, 650.5, 200, 100) << QSize(100, 50) << 0;
    QTest::newRow("over the upper left edge") << QRectF(-33.3, -70, 200, 200) << QSize(90, 90) << 0;
    QTest::newRow("wholly outside") << QRectF(-500, -500, 100, 100) << QSize(40, 40) << 0;
    QTest::newRow("from the second level") << QRectF(32, 48, 600, 600) << QSize(100, 100) << 1;
    QTest::newRow("from a level of broken downsample") << QRectF(1.5, 0, 900, 640) << QSize(40, 30) << 2;
    QTest::newRow("one pixel of the whole slide") << QRectF(0, 0, 1000, 700) << QSize(1, 1) << 2;
  }
  void aRegionIsTheMeanOfWhatItCovers() {
    QFETCH(QRectF, area);
    QFETCH(QSize, size);
    QFETCH(int, level);
    const Slide slide = fakeSlide({1, 4, 16.001});
    const FakeSource source(slide);
    const Rect rect{area.x(), area.y(), area.width(), area.height()};
    const Result<Image> image = readRegion(slide, source, rect, size.width(), size.height());
    QVERIFY(image.has_value());
    const double worst = worstDifference(slide, *image, rect, level);
    QVERIFY2(worst < 0.55, qPrintable(QString::number(worst)));
  }

  void wholeFactorsAgreeWithOpencv() {
    cv::setNumThreads(1);
    const Slide slide = fakeSlide();
    const FakeSource source(slide);
    Image whole = *readLevelRegion(slide, source, 0, 0, 0, 960, 640);
    const cv::Mat full(640, 960, CV_8UC4, whole.pixels.data());
    for (const int factor : {2, 4, 5}) {
      cv::Mat expected;
      cv::resize(full, expected, {960 / factor, 640 / factor}, 0, 0, cv::INTER_AREA);
      Image actual = *readRegion(slide, source, {0, 0, 960, 640}, 960 / factor, 640 / factor);
      const cv::Mat mine(actual.height, actual.width, CV_8UC4, actual.pixels.data());
      QVERIFY(cv::norm(mine, expected, cv::NORM_INF) <= 1);
    }
  }

  void atOneToOneEveryPixelIsTheFilesOwn() {
    const Slide slide = fakeSlide({1, 4});
    const FakeSource source(slide);
    const Image first = *readRegion(slide, source, {70, 90, 300, 200}, 300, 200);
    const Image second = *readRegion(slide, source, {40, 80, 400, 400}, 100, 100);
    for (int y = 0; y < 100; ++y)
      for (int x = 0; x < 100; ++x) {
        QCOMPARE(first.at(x, y), colourAt(0, 70 + x, 90 + y));
        QCOMPARE(second.at(x, y), colourAt(1, 10 + x, 20 + y));
      }
  }

  void outsideTheLevelIsTransparent() {
    const Slide slide = fakeSlide();
    const Image image = *readLevelRegion(slide, FakeSource(slide), 0, -10, 690, 30, 20);
    QCOMPARE(image.at(9, 0), 0u);
    QCOMPARE(image.at(10, 0), colourAt(0, 0, 690));
    QCOMPARE(image.at(10, 9), colourAt(0, 0, 699));
    QCOMPARE(image.at(10, 10), 0u);
  }

  void onlyTheTilesItTouchesAreRead() {
    const Slide slide = fakeSlide();
    const FakeSource source(slide);
    QVERIFY(readRegion(slide, source, {64, 64, 128, 128}, 64, 64).has_value());
    QCOMPARE(source.reads.load(), 4);
  }

  void theLevelIsTheNearestFinerOne() {
    const Slide slide = fakeSlide({1, 2.0005, 4, 16.2});
    QCOMPARE(slide.levelFor(0.3), 0);
    QCOMPARE(slide.levelFor(1.9), 0);
    QCOMPARE(slide.levelFor(2), 1);
    QCOMPARE(slide.levelFor(3.9), 1);
    QCOMPARE(slide.levelFor(16), 2);
    QCOMPARE(slide.levelFor(1000), 3);
  }

  void aDamagedTileFailsTheRegionAndSaysWhy() {
    struct Damaged final : FakeSource {
      using FakeSource::FakeSource;
      Result<TilePtr> read(TileKey key) const override {
        return key.column == 3 ? fail("Cannot read tile 3 of 'fake.tif': it is torn.")
                               : FakeSource::read(key);
      }
    };
    const Slide slide = fakeSlide();
    const Damaged source(slide);
    QVERIFY(readRegion(slide, source, {0, 0, 192, 64}, 96, 32).has_value());
    const Result<Image> image = readRegion(slide, source, {0, 0, 193, 64}, 96, 32);
    QCOMPARE(image.error().sentence, std::string("Cannot read tile 3 of 'fake.tif': it is torn."));
  }

  void anEmptyOrEndlessRegionIsRefused() {
    const Slide slide = fakeSlide();
    const FakeSource source(slide);
    const std::string sentence = "Cannot read a region without pixels of 'fake.tif'.";
    QCOMPARE(readRegion(slide, source, {0, 0, 0, 10}, 5, 5).error().sentence, sentence);
    QCOMPARE(readRegion(slide, source, {0, 0, 10, 10}, 0, 5).error().sentence, sentence);
    QCOMPARE(readRegion(slide, source, {0, 0, INFINITY, 10}, 5, 5).error().sentence, sentence);
    QCOMPARE(readRegion(slide, source, {NAN, 0, 10, 10}, 5, 5).error().sentence, sentence);
    QCOMPARE(readLevelRegion(slide, source, 1, 0, 0, 5, 5).error().sentence, sentence);
    QCOMPARE(readLevelRegion(slide, source, 0, 0, 0, -5, 5).error().sentence, sentence);
  }
};

}  // namespace geneglass::region_test

GENEGLASS_TEST(geneglass::region_test::RegionTest)
#include "region_test.moc"
