// SPDX-License-Identifier: GPL-3.0-or-later
#include <QColor>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "tests/support/test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/heatmap.h"
#include "viewer/canvas/legend.h"

namespace geneglass::heatmap_test {
namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

Slide slideOf(Size size) {
  Slide slide = testing::pyramid(size, 2, 1);
  slide.file = "/somewhere/a.svs";
  return slide;
}

// 0 to 99 in a grid of 10 x 10 cells of 100 pixels, and one cell of nothing.
std::shared_ptr<const Heatmap> hundred() {
  const Slide slide = slideOf({1000, 1100});
  Heatmap map = testing::evenMap(slide, 100, kNothing);
  for (int i = 0; i < 100; ++i) map.values[static_cast<size_t>(99 - i)] = static_cast<float>(i);
  return *placeHeatmap(std::move(map), slide);
}

}  // namespace

class HeatmapTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMapThatDoesNotFitIsRefusedWithTheReason_data();
  void aMapThatDoesNotFitIsRefusedWithTheReason();
  void aLastCellMayReachOverTheEdge();
  void valuesAreThoseOfTheCell();
  void percentilesAreLinearBetweenValues();
  void aLargeMapOfBothSignsIsSorted();
  void anEmptyMapHasNoPercentiles();
  void rangesAreValuesOfTheMap();
  void colourMapsMatchThePublishedOnes_data();
  void colourMapsMatchThePublishedOnes();
  void placesOutsideAreClamped();
  void oneHueGoesFromNothingToItsColour();
  void legendSaysWhatTheColoursMean();
};

using Change = std::function<void(Heatmap&)>;

void HeatmapTest::aMapThatDoesNotFitIsRefusedWithTheReason_data() {
  QTest::addColumn<Change>("change");
  QTest::addColumn<QString>("sentence");
  const auto row = [](const char* name, Change change, const char* reason) {
    QTest::newRow(name)
        << change << QStringLiteral("The map 'even' does not fit 'a.svs': %1.").arg(QLatin1String(reason));
  };
  row(
      "hash", [](Heatmap& map) { map.slideHash = "other"; },
      "it was made for another slide (the hashes differ)");
  row(
      "size",
      [](Heatmap& map) {
        map.slideSize = {999, 800};
      },
      "it was made for 999 x 800 pixels, the slide has 1000 x 800");
  row(
      "no cells", [](Heatmap& map) { map.columns = 0; },
      "its grid of 0 x 8 cells is not between 1 and 16384 a side");
  row(
      "too few values", [](Heatmap& map) { map.values.pop_back(); },
      "its grid of 10 x 8 cells has 79 values");
  row(
      "no step", [](Heatmap& map) { map.step = 0; }, "its step of 0 pixels is none");
  row(
      "step is nothing", [](Heatmap& map) { map.step = std::nan(""); }, "its step of nan pixels is none");
  row(
      "right of the slide", [](Heatmap& map) { map.origin.x = 100; }, "its grid reaches outside the slide");
  row(
      "left of the slide", [](Heatmap& map) { map.origin.x = -100; }, "its grid reaches outside the slide");
  row(
      "below the slide", [](Heatmap& map) { map.origin.y = 150; }, "its grid reaches outside the slide");
  row(
      "nowhere", [](Heatmap& map) { map.origin.y = std::nan(""); }, "its grid reaches outside the slide");
}

void HeatmapTest::aMapThatDoesNotFitIsRefusedWithTheReason() {
  QFETCH(Change, change);
  QFETCH(QString, sentence);
  const Slide slide = slideOf({1000, 800});
  Heatmap map = testing::evenMap(slide, 100, 1);
  QVERIFY(placeHeatmap(map, slide));
  change(map);
  const auto placed = placeHeatmap(map, slide);
  QVERIFY(!placed);
  QCOMPARE(QString::fromStdString(placed.error().sentence), sentence);
}

void HeatmapTest::aLastCellMayReachOverTheEdge() {
  const Slide slide = slideOf({1001, 850});
  const auto placed = placeHeatmap(testing::evenMap(slide, 100, 1), slide);
  QVERIFY(placed);
  QCOMPARE((*placed)->columns, 11);
}

void HeatmapTest::valuesAreThoseOfTheCell() {
  const auto map = hundred();
  QCOMPARE(map->valueAt({0, 0}), std::optional(99.0f));
  QCOMPARE(map->valueAt({199.9, 99.9}), std::optional(98.0f));
  QCOMPARE(map->valueAt({200, 100}), std::optional(87.0f));
  QVERIFY(!map->valueAt({-0.1, 5}));
  QVERIFY(!map->valueAt({1000, 5}));
  QVERIFY(!map->valueAt({5, 1050}));  // a cell of nothing
}

void HeatmapTest::percentilesAreLinearBetweenValues() {
  const auto map = hundred();
  QCOMPARE(map->sorted.size(), size_t{100});
  QCOMPARE(map->atPercentile(0), 0.0f);
  QCOMPARE(map->atPercentile(50), 49.5f);
  QCOMPARE(map->atPercentile(98), 97.02f);
  QCOMPARE(map->atPercentile(100), 99.0f);
  QCOMPARE(map->atPercentile(-5), 0.0f);
  QCOMPARE(map->atPercentile(300), 99.0f);
}

/// From so many values on they are sorted by their bits, which differ most between the signs.
void HeatmapTest::aLargeMapOfBothSignsIsSorted() {
  const Slide slide = slideOf({1000, 1000});
  Heatmap map = testing::evenMap(slide, 10, kNothing);
  std::mt19937 random(1);
  std::uniform_real_distribution<float> exponent(-30, 30);
  for (float& value : map.values)
    value = std::pow(10.0f, exponent(random)) * (random() % 2 == 0 ? -1.0f : 1.0f);
  map.values[17] = 0;
  map.values[18] = -0.0f;
  map.values[19] = kNothing;
  const auto placed = *placeHeatmap(std::move(map), slide);
  QCOMPARE(placed->sorted.size(), size_t{9999});
  QVERIFY(std::ranges::is_sorted(placed->sorted));
}

void HeatmapTest::anEmptyMapHasNoPercentiles() {
  const Slide slide = slideOf({100, 100});
  const auto map = *placeHeatmap(testing::evenMap(slide, 10, kNothing), slide);
  QCOMPARE(map->atPercentile(50), 0.0f);
  QVERIFY(rangeText(*map, {}).startsWith(QStringLiteral("no values")));
}

void HeatmapTest::rangesAreValuesOfTheMap() {
  HeatmapStyle style;
  style.low = 0;
  style.high = 100;
  style.threshold = 50;
  const ValueRange percentile = valueRange(*hundred(), style);
  QCOMPARE(percentile.low, 0.0f);
  QCOMPARE(percentile.high, 99.0f);
  QCOMPARE(percentile.threshold, 49.5f);
  style.range = HeatmapStyle::Range::Absolute;
  const ValueRange absolute = valueRange(*hundred(), style);
  QCOMPARE(absolute.high, 100.0f);
  QCOMPARE(absolute.threshold, 50.0f);
}

// Entries of the published tables of 256, and of Moreland's table of cool to warm.
void HeatmapTest::colourMapsMatchThePublishedOnes_data() {
  QTest::addColumn<int>("map");
  QTest::addColumn<int>("entry");
  QTest::addColumn<uint>("published");
  QTest::addColumn<int>("within");
  const auto row = [](ColourMap map, int entry, uint published, int within) {
    QTest::addRow("%s %d", qPrintable(toString(map)), entry)
        << static_cast<int>(map) << entry << published << within;
  };
  for (const auto& [entry, published] : {std::pair{0, 0x440154u},
                                         {1, 0x440256u},
                                         {63, 0x3b518bu},
                                         {100, 0x2a768eu},
                                         {128, 0x21918cu},
                                         {192, 0x5ec962u},
                                         {254, 0xfbe723u},
                                         {255, 0xfde725u}})
    row(ColourMap::Viridis, entry, published, 1);
  for (const auto& [entry, published] : {std::pair{0, 0x000004u},
                                         {1, 0x010005u},
                                         {63, 0x550f6du},
                                         {128, 0xbc3754u},
                                         {192, 0xf98e09u},
                                         {255, 0xfcffa4u}})
    row(ColourMap::Inferno, entry, published, 1);
  for (const auto& [entry, published] : {std::pair{0, 0x00224eu},
                                         {1, 0x00234fu},
                                         {63, 0x424e6cu},
                                         {128, 0x7d7c78u},
                                         {192, 0xbcae6cu},
                                         {255, 0xfee838u}})
    row(ColourMap::Cividis, entry, published, 4);
  row(ColourMap::Coolwarm, 0, 0x3b4cc0u, 2);
  row(ColourMap::Coolwarm, 255, 0xb40426u, 2);
}

void HeatmapTest::colourMapsMatchThePublishedOnes() {
  QFETCH(int, map);
  QFETCH(int, entry);
  QFETCH(uint, published);
  QFETCH(int, within);
  const QRgb colour = colourTable(static_cast<ColourMap>(map)).pixel(entry, 0);
  QVERIFY(std::abs(qRed(colour) - qRed(published)) <= within);
  QVERIFY(std::abs(qGreen(colour) - qGreen(published)) <= within);
  QVERIFY(std::abs(qBlue(colour) - qBlue(published)) <= within);
}

void HeatmapTest::placesOutsideAreClamped() {
  for (const ColourMap map : kAllColourMaps) {
    QCOMPARE(colourAt(map, -1), colourAt(map, 0));
    QCOMPARE(colourAt(map, 7), colourAt(map, 1));
    QVERIFY(colourAt(map, 0) != colourAt(map, 1));
  }
  // The middle of a diverging map is grey, and its ends are equally light.
  const QRgb middle = colourAt(ColourMap::Coolwarm, 0.5);
  QVERIFY(std::abs(qRed(middle) - qBlue(middle)) <= 2 && std::abs(qRed(middle) - 221) <= 2);
}

void HeatmapTest::oneHueGoesFromNothingToItsColour() {
  QCOMPARE(colourAt(ColourMap::OneHue, 0), 0u);
  const QColor full(QRgb(colourAt(ColourMap::OneHue, 1)));
  QCOMPARE(full.alpha(), 255);
  int before = 0;
  for (int place = 1; place < 256; ++place) {
    const QRgb pixel = colourAt(ColourMap::OneHue, place / 255.0);
    QCOMPARE(qAlpha(pixel), before + 1);
    before = qAlpha(pixel);
    QVERIFY(std::max({qRed(pixel), qGreen(pixel), qBlue(pixel)}) <= qAlpha(pixel));
    const QColor alone = QColor::fromRgb(qUnpremultiply(pixel));
    QVERIFY(place < 32 || std::abs(alone.hue() - full.hue()) <= 6);
  }
  QCOMPARE(colourTable(ColourMap::OneHue).pixel(255, 0), colourAt(ColourMap::OneHue, 1));
  QCOMPARE(qAlpha(colourTable(ColourMap::OneHue).pixel(0, 0)), 0);
}

void HeatmapTest::legendSaysWhatTheColoursMean() {
  const auto map = hundred();
  HeatmapStyle style;
  QCOMPARE(rangeText(*map, style), QStringLiteral("2nd to 98th percentile"));
  style.threshold = 90;
  style.low = 1;
  style.high = 99.5;
  QCOMPARE(rangeText(*map, style), QStringLiteral("1st to 99.5th percentile, below 89.10 not shown"));
  style.range = HeatmapStyle::Range::Absolute;
  style.threshold = 12;
  QCOMPARE(rangeText(*map, style), QStringLiteral("below 12.00 not shown"));
  style.threshold = -5;
  QVERIFY(rangeText(*map, style).isEmpty());
}

}  // namespace geneglass::heatmap_test

GENEGLASS_TEST(geneglass::heatmap_test::HeatmapTest)
#include "heatmap_test.moc"
