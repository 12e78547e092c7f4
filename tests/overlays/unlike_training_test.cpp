// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::unlike_training_test {

class UnlikeTrainingTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_entries;

  /// Squared distance 4 in columns 2 to 4, 0.25 elsewhere: 15 of 66 tiles are outside.
  static Prediction madeDistances() {
    Prediction prediction = testing::madePrediction();
    SlideDomain domain;
    for (const TileGrid::Cell& cell : prediction.grid.cells)
      domain.distance.push_back(cell.column >= 2 && cell.column <= 4 ? 4.0F : 0.25F);
    domain.shareOutside = 0.23;
    prediction.domain = domain;
    return prediction;
  }

  Result<std::shared_ptr<const Overlay>> make(Prediction prediction) const {
    const OverlayScene scene{std::make_shared<Slide>(testing::madeSlide()),
                             nullptr,
                             std::make_shared<Prediction>(std::move(prediction)),
                             -1,
                             nullptr,
                             nullptr,
                             nullptr};
    for (const OverlayEntry& entry : m_entries)
      if (entry.identifier == QStringLiteral("unlike_training")) return makeOverlay(entry, scene);
    return fail("no such plugin");
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() { m_entries = loadOverlays(overlayFolder()); }

  void itShowsTheDistanceOverTheLimitAndNeedsNoGene() {
    const auto overlay = make(madeDistances());
    QVERIFY2(overlay, overlay ? "" : overlay.error().sentence.c_str());
    QCOMPARE((*overlay)->heatmap()->name,
             QStringLiteral("Distance from the training tissue, 23 % of tiles outside"));
    QCOMPARE((*overlay)->textAt({900, 500}),
             QStringLiteral("Distance from the training tissue 2.00 × limit"));
    QCOMPARE((*overlay)->textAt({500, 500}),
             QStringLiteral("Distance from the training tissue 0.50 × limit"));
    QCOMPARE((*overlay)->textAt({200, 200}), QString());  // glass
    const HeatmapStyle style = (*overlay)->defaultStyle();
    QVERIFY(style.range == HeatmapStyle::Range::Absolute && style.low == 0.5 && style.high == 1.5);
  }

  void itIsNotShownFromTheStartAndSaysWhatItIs() {
    for (const OverlayEntry& entry : m_entries) {
      if (entry.identifier != QStringLiteral("unlike_training")) continue;
      QCOMPARE(entry.name, QStringLiteral("Unlike the training tissue"));
      QVERIFY(!entry.onAtStart && entry.role == OverlayRole::Map);
      return;
    }
    QFAIL("no such plugin");
  }

  void whatCannotBeShownSaysWhy() {
    const auto unknown = make(testing::madePrediction());
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().sentence,
             std::string("This model does not know what its training tissue looked like."));
    Prediction prediction = madeDistances();
    prediction.domain->distance.pop_back();
    const auto wrong = make(std::move(prediction));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().sentence,
             std::string("The prediction of '/nowhere/made.tif' has 65 map values for 66 tiles."));
  }
};

}  // namespace geneglass::unlike_training_test

GENEGLASS_WINDOW_TEST(geneglass::unlike_training_test::UnlikeTrainingTest)
#include "unlike_training_test.moc"
