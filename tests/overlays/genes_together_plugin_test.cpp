// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/legend.h"

namespace geneglass::genes_together_plugin_test {

class GenesTogetherPluginTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_entries = loadOverlays(overlayFolder());
  std::string m_statement;  // of the model; empty: as it is made

  Result<std::shared_ptr<const Overlay>> make(const GenesWish& wish) const {
    OverlayScene scene;
    scene.slide = std::make_shared<Slide>(testing::madeSlide());
    scene.tissue = std::make_shared<TissueMask>(testing::madeTissue());
    Prediction prediction = testing::madePrediction();
    if (!m_statement.empty()) prediction.modelStatement = m_statement;
    scene.prediction = std::make_shared<Prediction>(std::move(prediction));
    if (!wish.genes.empty()) scene.together = *togetherOf(*scene.prediction, wish);
    for (const OverlayEntry& entry : m_entries)
      if (entry.role == OverlayRole::Together) return makeOverlay(entry, scene);
    return fail("no such plugin");
  }

 private Q_SLOTS:
  void withoutGenesItSaysHowTheyAreChosen() {
    const auto made = make({});
    QVERIFY(!made);
    QCOMPARE(made.error().sentence,
             std::string("Choose a gene set, or several genes with Ctrl and a click, to see them together."));
  }

  void genesHaveColoursOfTheirOwnFromTheirOwnLowToTheirOwnHigh() {
    const auto made = make({"", {{"FSCN1", 0}, {"CDX2", 0}, {"VIM", 0}}, ColourMix::Highest});
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    const auto map = (*made)->heatmap();
    QVERIFY(map->mix == ColourMix::Highest);
    QCOMPARE(map->scales.size(), size_t{3});
    QVERIFY(map->scales[0].name.startsWith(QStringLiteral("FSCN1 (held-out r ")));
    QVERIFY(map->scales[0].low < map->scales[0].high);
    size_t painted = 0;
    for (size_t cell = 0; cell < map->paint.size(); ++cell) {
      QVERIFY(std::isfinite(map->values[cell]) || map->paint[cell] == 0);
      painted += map->paint[cell] != 0;
    }
    QVERIFY(painted > 40);
    const QString text = (*made)->textAt({2000, 1400});
    QVERIFY2(text.startsWith(QStringLiteral("FSCN1 ")) && text.contains(QStringLiteral(", CDX2 ")),
             qPrintable(text));
    QCOMPARE(rangeText(*map, {}).section(u',', 0, 0), QStringLiteral("each 2nd to 98th percentile"));
  }

  void ofSyntheticSlidesEachGeneSaysThatItsHeldOutRIs() {
    m_statement = "demonstration model, trained on synthetic tissue";
    const auto made = make({"", {{"FSCN1", 0}, {"CDX2", 0}}, ColourMix::TwoWay});
    m_statement.clear();
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    const QString name = (*made)->heatmap()->scales[0].name;
    QVERIFY2(name.endsWith(QStringLiteral(", synthetic)")), qPrintable(name));
  }

  void aMeanIsAMapAboutZeroThatSaysOfHowManyGenesItIs() {
    const auto made = make({"mine", {{"FSCN1", 1}, {"CDX2", 1}, {"TP53", 1}}, {}});
    QVERIFY2(made, made ? "" : made.error().sentence.c_str());
    const auto map = (*made)->heatmap();
    QCOMPARE(map->name, QStringLiteral("mine: mean z of 2 of 3 genes"));
    QVERIFY(!map->mix);
    const HeatmapStyle style = (*made)->defaultStyle();
    QCOMPARE(style.low, -style.high);
    QVERIFY(style.threshold <= double(map->sorted.front()));
  }
};

}  // namespace geneglass::genes_together_plugin_test

GENEGLASS_WINDOW_TEST(geneglass::genes_together_plugin_test::GenesTogetherPluginTest)
#include "genes_together_plugin_test.moc"
