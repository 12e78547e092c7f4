// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <limits>

#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::measured_spots_test {
namespace {

constexpr float kMeasured[] = {1, 2, 3, 4};
constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Four spots of 100 px on madeSlide(): of FSCN1 1, 2, 3, 4 measured and 4, 3, 2, 1 predicted; of CDX2 too
/// few for an interval; of TP53, which the model cannot predict, as FSCN1; of VIM the same everywhere.
MeasuredSpots madeSpots() {
  MeasuredSpots spots;
  spots.file = "/nowhere/counts.tsv.gz";
  spots.slideHash = testing::madeSlide().hash;
  spots.diameter = 100;
  spots.centres = {{1000, 1000}, {1200, 1000}, {1000, 1200}, {1200, 1200}};
  spots.genes = {{"FSCN1", {1, 2, 3, 4}, {4, 3, 2, 1}, -1, -1, -0.5},
                 {"CDX2", {1, 2, 3, 4}, {4, 3, 2, 1}, -1, kUndefined, kUndefined},
                 {"TP53", {1, 2, 3, 4}, {4, 3, 2, 1}, -1, -1, -0.5},
                 {"VIM", {2, 2, 2, 2}, {4, 3, 2, 1}, kUndefined, kUndefined, kUndefined}};
  return spots;
}

enum Gene { Fscn1, Cdx2, Muc2, Vim, Tp53, None = -1 };  // of madePrediction()

}  // namespace

class MeasuredSpotsTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_entries;

  Result<std::shared_ptr<const Overlay>> make(const char* overlay, int gene,
                                              std::shared_ptr<const MeasuredSpots> spots) const {
    const OverlayScene scene{std::make_shared<Slide>(testing::madeSlide()),
                             nullptr,
                             std::make_shared<Prediction>(testing::madePrediction()),
                             gene,
                             std::move(spots),
                             nullptr,
                             nullptr};
    for (const OverlayEntry& entry : m_entries)
      if (entry.identifier == QLatin1String(overlay))
        return mayMakeOverlay(entry, scene).and_then([&] { return makeOverlay(entry, scene); });
    return fail("no such plugin");
  }
  std::string refusal(const char* overlay, int gene, std::optional<MeasuredSpots> spots = madeSpots()) const {
    const auto made = make(overlay, gene, spots ? std::make_shared<MeasuredSpots>(*spots) : nullptr);
    return made ? "" : made.error().sentence;
  }
  std::shared_ptr<const Overlay> made(const char* overlay, int gene) const {
    const auto shown = make(overlay, gene, std::make_shared<MeasuredSpots>(madeSpots()));
    if (!shown) qFatal("%s", shown.error().sentence.c_str());
    return *shown;
  }

 private Q_SLOTS:
  void initTestCase() { m_entries = loadOverlays(overlayFolder()); }

  void aSpotIsADiscOfItsDiameterWithNothingBetween() {
    const auto overlay = made("measured_spots", Fscn1);
    const auto map = overlay->heatmap();
    const MeasuredSpots spots = madeSpots();
    for (size_t spot = 0; spot < 4; ++spot)
      for (int turn = 0; turn < 16; ++turn) {
        const double angle = turn * 0.3927;
        const auto at = [&](double radius) {
          const Point& centre = spots.centres[spot];
          return map->valueAt({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
        };
        QCOMPARE(at(45).value_or(-1), kMeasured[spot]);
        QVERIFY(!at(55).has_value());
      }
    QVERIFY(!map->valueAt({1100, 1100}));
  }

  void percentilesAndHistogramAreOfSpotsNotOfCells() {
    const auto map = made("measured_spots", Fscn1)->heatmap();
    QCOMPARE(map->sorted, std::vector<float>({1, 2, 3, 4}));
  }

  void theLegendSaysHowMeasuredAndPredictedAgree() {
    QCOMPARE(made("measured_spots", Fscn1)->heatmap()->name,
             QStringLiteral("FSCN1 measured, r -1.00 [-1.00, -0.50]"));
    QCOMPARE(made("measured_spots", Cdx2)->heatmap()->name, QStringLiteral("CDX2 measured, r -1.00"));
    QCOMPARE(made("measured_spots", Fscn1)->textAt({1200, 1010}),
             QStringLiteral("FSCN1 measured 2.00 log(1 + normalised count)"));
    QCOMPARE(made("measured_spots", Fscn1)->textAt({1100, 1010}), QString());
  }

  void theDifferenceIsOfStandardScores() {
    const auto overlay = made("spot_difference", Fscn1);
    const double score = 1.5 / std::sqrt(1.25);  // of 4 among 1, 2, 3, 4
    const auto at = [&](double x, double y) {
      return double(overlay->heatmap()->valueAt({x, y}).value_or(0));
    };
    QVERIFY(std::abs(at(1200, 1200) - 2 * score) < 1e-5);
    QVERIFY(std::abs(at(1000, 1000) + 2 * score) < 1e-5);
    const HeatmapStyle style = overlay->defaultStyle();
    QCOMPARE(style.low, -style.high);  // white in the middle: as measured
    QVERIFY(style.colours == ColourMap::Coolwarm && style.threshold < -2 * score);
  }

  void whatWasMeasuredOfAGeneThatCannotBePredictedIsShownButNoDifference() {
    QCOMPARE(refusal("measured_spots", Tp53), std::string());
    QVERIFY2(refusal("spot_difference", Tp53).starts_with("TP53 cannot be predicted by this model"),
             refusal("spot_difference", Tp53).c_str());
  }

  void whatCannotBeShownSaysWhy() {
    for (const char* overlay : {"measured_spots", "spot_difference"}) {
      QCOMPARE(refusal(overlay, Fscn1, {}),
               std::string("No measured spots are open: Slide > Measured Spots… opens them."));
      QCOMPARE(refusal(overlay, None), std::string("Choose a gene to see where it was measured."));
      QCOMPARE(refusal(overlay, Muc2),
               std::string("MUC2 was not measured: 'counts.tsv.gz' does not count it."));
      MeasuredSpots other = madeSpots();
      other.slideHash = "another";
      const std::string refused = refusal(overlay, Fscn1, other);
      QVERIFY2(
          refused.ends_with("does not fit 'made.tif': it was made for another slide (the hashes differ)."),
          refused.c_str());
    }
    QCOMPARE(refusal("spot_difference", Vim),
             std::string("VIM is the same at all spots, measured or predicted: there is no difference."));
  }

  void theProgramFindsThemByWhatTheyAreFor() {
    int measured = 0;
    for (const OverlayEntry& entry : m_entries) {
      measured += entry.role == OverlayRole::Spots;
      if (entry.identifier == QStringLiteral("measured_spots"))
        QVERIFY(entry.needs.spots && !isMap(entry.role));
      if (entry.identifier == QStringLiteral("spot_difference"))
        QVERIFY(entry.needs.spots && isMap(entry.role));
    }
    QCOMPARE(measured, 1);
  }
};

}  // namespace geneglass::measured_spots_test

GENEGLASS_WINDOW_TEST(geneglass::measured_spots_test::MeasuredSpotsTest)
#include "measured_spots_test.moc"
