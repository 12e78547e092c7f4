// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "inference/features/extract_features.h"
#include "inference/features/growing_bag.h"
#include "inference/predict_slide.h"
#include "inference/prediction/prediction_files.h"
#include "inference/synthetic/slide_painter.h"
#include "inference/tissue/focus.h"
#include "inference/tissue/lay_tiles.h"
#include "tests/inference/features/kept_features.h"
#include "tests/inference/made_model.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/shipped_section.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/pixel.h"

namespace geneglass::planted_blur_test {

using namespace geneglass::testing;

namespace {

constexpr Size kPlate{2048, 1024};  // level-0 pixels of 0.5 um
constexpr double kMpp = 0.5;
constexpr int kMiddle = 1024;

/// A Gaussian of `sigma` pixels, along rows and then along columns.
Image blurredBy(double sigma, const Image& sharp) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> weights;
  for (int i = -reach; i <= reach; ++i) weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
  const auto along = [&](const Image& from, bool rows) {
    Image to(from.width, from.height);
    for (int y = 0; y < from.height; ++y)
      for (int x = 0; x < from.width; ++x) {
        double red = 0, green = 0, blue = 0, all = 0;
        for (int i = -reach; i <= reach; ++i) {
          const uint32_t pixel = from.at(std::clamp(x + (rows ? i : 0), 0, from.width - 1),
                                         std::clamp(y + (rows ? 0 : i), 0, from.height - 1));
          const double weight = weights[size_t(i + reach)];
          red += weight * redOf(pixel), green += weight * greenOf(pixel), blue += weight * blueOf(pixel);
          all += weight;
        }
        to.at(x, y) = opaque(uint32_t(std::lround(red / all)), uint32_t(std::lround(green / all)),
                             uint32_t(std::lround(blue / all)));
      }
    return to;
  };
  return along(along(sharp, true), false);
}

/// A slide whose right part, from `from` on, is out of focus by 3 um.
OpenedSlide partlyBlurred(int from) {
  const SlidePainter painter(77, {6144, 6144});
  const Image sharp = painter.render(2000, 2500, int(kPlate.width), int(kPlate.height));
  const Image blurred = blurredBy(3 / kMpp, sharp);
  return openPainted(kPlate, kMpp, [sharp, blurred, from](int64_t x, int64_t y) {
    return (x < from ? sharp : blurred).at(int(x), int(y));
  });
}

}  // namespace

class PlantedBlurTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  ModelPackage m_package;  ///< tiles of 112 px at 1 um

  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

 private Q_SLOTS:
  void initTestCase() {
    const Result<ModelPackage> package = writeRandomPackage(path("model"), 112);
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    m_package = *package;
  }

  void blurOfTwoMicrometresAndMoreIsToldFromTissueAndOneIsNot_data() {
    QTest::addColumn<double>("sigma");  // um
    QTest::addColumn<bool>("isTold");
    for (const auto& [sigma, isTold] :
         {std::pair(0.0, false), {1.0, false}, {2.0, true}, {4.0, true}, {8.0, true}})
      QTest::addRow("%g um", sigma) << sigma << isTold;
  }
  void blurOfTwoMicrometresAndMoreIsToldFromTissueAndOneIsNot() {
    QFETCH(const double, sigma);
    QFETCH(const bool, isTold);
    const SlidePainter painter(77, {6144, 6144});
    for (const auto& [x, y] : {std::pair(2000, 2500), {3000, 3000}, {2600, 3400}}) {
      Image tile = painter.render(x, y, 224, 224);
      if (sigma > 0) tile = blurredBy(sigma / kMpp, tile);
      const Focus focus = focusOf(tile, kMpp);
      QVERIFY2(isBlurred(focus) == isTold,
               qPrintable(QStringLiteral("%1, %2").arg(focus.fine).arg(focus.coarse)));
    }
  }

  void tilesOutOfFocusAreLeftOutCountedAndKept() {
    const OpenedSlide opened = partlyBlurred(kMiddle);
    const Result<ExtractedBag> extracted = extractFeatures(opened, m_package, {}, {}, {});
    QVERIFY2(extracted.has_value(), extracted ? "" : extracted.error().sentence.c_str());
    const FeatureBag& bag = extracted->bag;
    QVERIFY(bag.quality && bag.quality->focusJudged);
    QVERIFY(bag.grid.count() >= 10);
    QVERIFY(bag.quality->blurred.size() >= 10);
    for (const TileGrid::Cell& cell : bag.grid.cells) QVERIFY(bag.grid.area(cell).x < kMiddle);
    for (const TileGrid::Cell& cell : bag.quality->blurred)
      QVERIFY(bag.grid.area(cell).x + bag.grid.tile > kMiddle);

    QVERIFY(writeBag(path("bag.h5"), bag).has_value());
    const Result<FeatureBag> read = readBag(path("bag.h5"));
    QVERIFY2(read.has_value(), read ? "" : read.error().sentence.c_str());
    QVERIFY(read->quality->focusJudged);
    QVERIFY(read->quality->blurred == bag.quality->blurred);

    const Result<Prediction> prediction = predictBag(*opened.slide, *read, m_package);
    QVERIFY2(prediction.has_value(), prediction ? "" : prediction.error().sentence.c_str());
    QVERIFY(prediction->quality->blurred == bag.quality->blurred);
  }

  void aSlideThatIsAllOutOfFocusIsRefused() {
    const Result<ExtractedBag> extracted = extractFeatures(partlyBlurred(0), m_package, {}, {}, {});
    QVERIFY(!extracted);
    QCOMPARE(extracted.error().sentence, "Cannot predict 'painted.tif': its tissue is out of focus.");
  }

  void whatWasOutOfFocusIsNotReadAgain() {
    const FeatureBag frame = frameOf(4);
    {
      const auto bag = GrowingBag::open(path("growing.h5"), frame, 3);
      QVERIFY(bag.has_value());
      (*bag)->set(2, TileState::Blurred);
    }
    const auto again = GrowingBag::open(path("growing.h5"), frame, 3);
    QVERIFY(again.has_value());
    QVERIFY((*again)->state(2) == TileState::Blurred);
    QCOMPARE((*again)->count(TileState::Waiting), size_t(3));
  }

  void pixelsThatAreTooCoarseToTellAreNotJudged() {
    const OpenedSlide fine = openPainted({512, 512}, 0.5, tissue),
                      coarse = openPainted({512, 512}, 1.2, tissue);
    QVERIFY(canJudgeFocus(*fine.slide, 224, 1));
    QVERIFY(!canJudgeFocus(*fine.slide, 224, 2));
    QVERIFY(!canJudgeFocus(*fine.slide, 64, 0.5));
    QVERIFY(!canJudgeFocus(*coarse.slide, 224, 1));
    QVERIFY(!canJudgeFocus(*openPainted({512, 512}, {}, tissue).slide, 224, 1));
  }

  void aBlurredTileThatIsOnNoCellIsRefused() {
    FeatureBag bag = frameOf(3);
    bag.features = Matrix(3, 2);
    bag.quality = SlideQuality{.focusJudged = true, .blurred = {{7, 0}}};
    QVERIFY(writeBag(path("beyond.h5"), bag).has_value());
    const Result<FeatureBag> read = readBag(path("beyond.h5"));
    QVERIFY(!read);
    QCOMPARE(read.error().sentence,
             "Cannot read '" + path("beyond.h5").string() +
                 "': the position (448, 0) of a blurred tile is on no cell of its grid.");
  }

  void aRealSectionAsItWasScannedIsInFocus() {
    const Result<OpenedSlide> opened = openSlide(shippedSection() / "her2st-C5.tif");
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().sentence.c_str());
    const Result<ExtractedBag> extracted = extractFeatures(*opened, m_package, {}, {}, {});
    QVERIFY2(extracted.has_value(), extracted ? "" : extracted.error().sentence.c_str());
    QVERIFY(extracted->bag.grid.count() > 300);
    QVERIFY(extracted->bag.quality->focusJudged);
    QCOMPARE(extracted->bag.quality->blurred.size(), size_t(0));
  }
};

}  // namespace geneglass::planted_blur_test

GENEGLASS_TEST(geneglass::planted_blur_test::PlantedBlurTest)
#include "planted_blur_test.moc"
