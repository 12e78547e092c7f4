// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <cmath>
#include <csignal>
#include <fstream>
#include <stop_token>

#include "inference/synthetic/pyramid_writer.h"
#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::synthetic_pyramid_test {

namespace fs = std::filesystem;

namespace {

/// Smooth colour ramps over level 0, which JPEG keeps within a few steps.
constexpr Size kSize{2311, 1203};

uint32_t rampAt(double x, double y) {
  return opaque(static_cast<uint32_t>(x * 250 / kSize.width), static_cast<uint32_t>(y * 250 / kSize.height),
                128);
}

Image ramp(int64_t x, int64_t y, int width, int height) {
  Image image(width, height);
  for (int j = 0; j < height; ++j)
    for (int i = 0; i < width; ++i)
      image.at(i, j) = rampAt(static_cast<double>(x + i), static_cast<double>(y + j));
  return image;
}

QString sentenceOf(const Result<void>& outcome) {
  return outcome ? QStringLiteral("it was written") : QString::fromStdString(outcome.error().sentence);
}

/// Without the last row and column: OpenSlide reads from whole level-0 pixels, which blends them with what is
/// outside.
int largestDifference(const OpenedSlide& opened, int number, double downsample) {
  const Level& level = opened.slide->levels[static_cast<size_t>(number)];
  const Result<Image> image =
      readLevelRegion(*opened.slide, *opened.source, number, 0, 0, static_cast<int>(level.size.width),
                      static_cast<int>(level.size.height));
  if (!image) return 255;
  int largest = 0;
  for (int y = 0; y + 1 < image->height; ++y)
    for (int x = 0; x + 1 < image->width; ++x) {
      const uint32_t wanted = rampAt((x + 0.5) * downsample - 0.5, (y + 0.5) * downsample - 0.5),
                     seen = image->at(x, y);
      largest =
          std::max({largest, std::abs(redOf(wanted) - redOf(seen)), std::abs(greenOf(wanted) - greenOf(seen)),
                    std::abs(blueOf(wanted) - blueOf(seen))});
    }
  return largest;
}

std::string bytesOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool isEmptyFolder(const fs::path& folder) {
  return fs::directory_iterator(folder) == fs::directory_iterator();
}

}  // namespace

class SyntheticPyramidTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_file = fs::path(m_folder->path().toStdString()) / "a.tif";
  }

  void everyLevelOfAnOddSizeIsWhatWasRendered_data() {
    QTest::addColumn<int>("factor");
    QTest::addColumn<int>("levels");
    QTest::newRow("factor 2") << 2 << 4;
    QTest::newRow("factor 4") << 4 << 3;
  }
  void everyLevelOfAnOddSizeIsWhatWasRendered() {
    QFETCH(int, factor);
    QFETCH(int, levels);
    const Result<void> written = writePyramid(m_file, {.size = kSize, .factor = factor, .threads = 2}, ramp);
    QVERIFY2(written, qPrintable(sentenceOf(written)));
    const Result<OpenedSlide> opened = openSlide(m_file);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->size(), kSize);
    int divisor = 1;
    for (int i = 0; const Level& level : opened->slide->levels) {
      const int number = i++;
      if (level.reduced) continue;
      QCOMPARE(level.size, (Size{kSize.width / divisor, kSize.height / divisor}));
      const int largest = largestDifference(*opened, number, divisor);
      QVERIFY2(largest <= 6, qPrintable(QStringLiteral("level %1: %2").arg(number).arg(largest)));
      divisor *= factor;
      --levels;
    }
    QCOMPARE(levels, 0);
    QVERIFY(opened->slide->mpp.has_value());
    QVERIFY(std::abs(opened->slide->mpp->mean() - 0.5) < 1e-6);
    QCOMPARE(opened->slide->mppOrigin, MppOrigin::TiffResolution);
  }

  void withoutMppThereAreNoResolutionTags() {
    QVERIFY(writePyramid(m_file, {.size = {300, 200}, .mpp = 0}, ramp));
    const Result<OpenedSlide> opened = openSlide(m_file);
    QVERIFY(opened);
    QVERIFY(!opened->slide->mpp.has_value());
  }

  void theBytesDoNotDependOnTheNumberOfThreads() {
    const fs::path other = m_file.parent_path() / "b.tif";
    QVERIFY(writePyramid(m_file, {.size = kSize, .threads = 1}, ramp));
    QVERIFY(writePyramid(other, {.size = kSize, .threads = 5}, ramp));
    QVERIFY(bytesOf(m_file) == bytesOf(other));
  }

  void aStoppedCallLeavesNoFile() {
    std::stop_source source;
    std::atomic<int> tiles = 0;
    const auto stopping = [&](int64_t x, int64_t y, int width, int height) {
      if (++tiles == 20) source.request_stop();
      return ramp(x, y, width, height);
    };
    const Result<void> outcome =
        writePyramid(m_file, {.size = kSize, .threads = 2}, stopping, source.get_token());
    QCOMPARE(sentenceOf(outcome),
             QStringLiteral("Writing '%1' was stopped.").arg(QString::fromStdString(m_file.string())));
    QVERIFY(tiles < 30);
    QVERIFY(isEmptyFolder(m_file.parent_path()));
  }

  void aRendererThatThrowsEndsInASentenceAndLeavesNoFile() {
    const auto broken = [](int64_t, int64_t, int, int) -> Image { throw std::runtime_error("no more ink"); };
    const Result<void> outcome = writePyramid(m_file, {.size = kSize, .threads = 3}, broken);
    QCOMPARE(sentenceOf(outcome),
             QStringLiteral("Cannot write '%1': no more ink.").arg(QString::fromStdString(m_file.string())));
    QVERIFY(isEmptyFolder(m_file.parent_path()));
  }

  void aFolderThatIsNotThereIsNamed() {
    const Result<void> outcome = writePyramid("/no-such-folder/a.tif", {.size = kSize}, ramp);
    QVERIFY2(sentenceOf(outcome).startsWith(QStringLiteral("Cannot write '/no-such-folder/a.tif': ")),
             qPrintable(sentenceOf(outcome)));
    QVERIFY(sentenceOf(outcome).contains(QStringLiteral("No such file or directory")));
  }

  void aFullDiskEndsInASentenceAndLeavesNoFile() {
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{20000, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
    const Result<void> outcome = writePyramid(m_file, {.size = kSize, .threads = 2}, ramp);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, oldHandler);
    QCOMPARE(
        sentenceOf(outcome),
        QStringLiteral("Cannot write '%1': File too large.").arg(QString::fromStdString(m_file.string())));
    QVERIFY(isEmptyFolder(m_file.parent_path()));
  }

  void anEarlierFileSurvivesAFailedCall() {
    QVERIFY(writePyramid(m_file, {.size = {300, 200}}, ramp));
    const std::string before = bytesOf(m_file);
    std::stop_source source;
    source.request_stop();
    QVERIFY(!writePyramid(m_file, {.size = kSize}, ramp, source.get_token()));
    QVERIFY(bytesOf(m_file) == before);
  }

  void badOptionsAreRefused_data() {
    QTest::addColumn<qint64>("width");
    QTest::addColumn<int>("tile");
    QTest::addColumn<int>("factor");
    QTest::addColumn<int>("quality");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no pixels") << qint64(0) << 256 << 2 << 85 << QStringLiteral("0 x 200 pixels is no size");
    QTest::newRow("tile") << qint64(1) << 40 << 2 << 85
                          << QStringLiteral("a tile of 40 px is no multiple of 16");
    QTest::newRow("factor") << qint64(300) << 256 << 1 << 85
                            << QStringLiteral("the pyramid's factor must be 2 to 16");
    QTest::newRow("quality") << qint64(300) << 256 << 2 << 101
                             << QStringLiteral("the JPEG quality must be 1 to 100");
  }
  void badOptionsAreRefused() {
    QFETCH(qint64, width);
    QFETCH(int, tile);
    QFETCH(int, factor);
    QFETCH(int, quality);
    QFETCH(QString, reason);
    const Result<void> outcome = writePyramid(
        m_file, {.size = {width, 200}, .tile = tile, .factor = factor, .quality = quality}, ramp);
    QVERIFY2(sentenceOf(outcome).contains(reason), qPrintable(sentenceOf(outcome)));
    QVERIFY(isEmptyFolder(m_file.parent_path()));
  }

 private:
  std::unique_ptr<QTemporaryDir> m_folder;
  fs::path m_file;
};

}  // namespace geneglass::synthetic_pyramid_test

GENEGLASS_TEST(geneglass::synthetic_pyramid_test::SyntheticPyramidTest)
#include "synthetic_pyramid_test.moc"
