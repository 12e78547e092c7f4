// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest>

#include "app/desktop/layers/layer_controls.h"
#include "app/desktop/layers/overlay_panel.h"
#include "app/desktop/layers/overlay_settings.h"
#include "tests/app/desktop/layers/counting_plugin.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::overlay_panel_test {

using testing::CountingPlugin;
using testing::entryOf;
using testing::sceneWithGene;

namespace {

QString visibleText(const QWidget& panel) {
  QStringList texts;
  for (const QLabel* label : panel.findChildren<QLabel*>())
    if (!label->isHidden()) texts << label->text();
  return texts.join(QLatin1Char('\n'));
}

}  // namespace

class OverlayPanelTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRefusedFileIsListedWithItsReasonAndCannotBeSwitchedOn();
  void theReasonWhyAnOverlayHasNothingToDrawIsVisibleAndGoesAway();
  void anOverlayThatThrowsIsRefusedByName();
  void changingFromPercentilesToValuesKeepsWhatIsSeen();
  void everyColourMapCanBeChosen();
  void theOpacitySliderReachesTheLayer();
  void aStyleTheUserChoseOutlivesTheScene();
  void aRangeInValuesIsNotCarriedToAnotherGene();
  void anOverlayThatIsOffIsNotDrawn();
  void aMapThatIsSwitchedOnReplacesTheOthersUnlessAskedToKeepThem();
  void whatShowsNothingTakesNoMapAway();
  void anOverlayLivesAsLongAsWhatItNeedsIsTheSame();
  void anOverlayThatIsOffIsNotMadeButSaysWhyItCannotBe();
  void aGeneThatIsChosenAgainMakesNothing();
  void genesLookedAtBeforeAreKeptUnderTheLimit();
  void anotherPredictionDropsTheMapsOfTheOneBefore();
  void aRangeInValuesIsThereAgainWithItsGene();
  void hiddenMapsComeBackAsTheyWereOrWithOneThatIsSwitchedOn();
  void theModelsStatementStandsOverMapsAlone();

 private:
  CountingPlugin m_plugin;
};

void OverlayPanelTest::aRefusedFileIsListedWithItsReasonAndCannotBeSwitchedOn() {
  OverlayChoice choice({entryOf("old", nullptr, "'old.so' was built for another version.")});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  QVERIFY(visibleText(panel).contains(QStringLiteral("'old.so' was built for another version.")));
  QVERIFY(!panel.findChild<QCheckBox*>()->isEnabled());
  stack.setScene(sceneWithGene(0));
  QVERIFY(visibleText(panel).contains(QStringLiteral("'old.so' was built for another version.")));
  QVERIFY(stack.shown().empty());
}

void OverlayPanelTest::theReasonWhyAnOverlayHasNothingToDrawIsVisibleAndGoesAway() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(-1));
  QVERIFY(visibleText(panel).contains(QStringLiteral("Choose a gene first.")));
  QVERIFY(!stack.upperHeatmap());
  stack.setScene(sceneWithGene(0));
  QVERIFY(!visibleText(panel).contains(QStringLiteral("Choose a gene first.")));
  QVERIFY(stack.upperHeatmap());
}

void OverlayPanelTest::anOverlayThatThrowsIsRefusedByName() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(13));
  QVERIFY2(visibleText(panel).contains(QStringLiteral("The overlay 'counting' failed: thirteen.")),
           qPrintable(visibleText(panel)));
}

void OverlayPanelTest::changingFromPercentilesToValuesKeepsWhatIsSeen() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  const auto before = stack.upperHeatmap();
  const ValueRange seen = valueRange(*before->overlay->heatmap(), before->style);
  auto* range = panel.findChildren<QComboBox*>().last();
  range->setCurrentIndex(1);
  Q_EMIT range->activated(1);
  const auto after = stack.upperHeatmap();
  QCOMPARE(after->style.range, HeatmapStyle::Range::Absolute);
  const ValueRange now = valueRange(*after->overlay->heatmap(), after->style);
  QVERIFY(std::abs(now.low - seen.low) < 1e-3 && std::abs(now.high - seen.high) < 1e-3);
  range->setCurrentIndex(0);
  Q_EMIT range->activated(0);
  const auto back = stack.upperHeatmap()->style;
  QCOMPARE(back.range, HeatmapStyle::Range::Percentile);
  QVERIFY2(std::abs(back.low - 2) <= 1 && std::abs(back.high - 98) <= 1,
           qPrintable(QStringLiteral("%1 to %2").arg(back.low).arg(back.high)));
}

void OverlayPanelTest::everyColourMapCanBeChosen() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  auto* colours = panel.findChildren<QComboBox*>().first();
  QCOMPARE(size_t(colours->count()), kAllColourMaps.size());
  for (const ColourMap map : kAllColourMaps) {
    colours->setCurrentIndex(int(map));
    QVERIFY(stack.shown()[0].style.colours == map);
  }
  QCOMPARE(colours->currentText(), QStringLiteral("one hue"));
}

void OverlayPanelTest::theOpacitySliderReachesTheLayer() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  const QSignalSpy changed(&stack, &OverlayStack::layersChanged);
  panel.findChild<QSlider*>()->setValue(25);
  QCOMPARE(stack.shown()[0].style.opacity, 0.25);
  QCOMPARE(changed.count(), 1);
}

void OverlayPanelTest::aStyleTheUserChoseOutlivesTheScene() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  stack.setScene(sceneWithGene(0));
  HeatmapStyle style = stack.shown()[0].style;
  style.colours = ColourMap::Cividis;
  choice.setStyle(0, style, stack.shown()[0].overlay->heatmap()->name);
  stack.setScene(sceneWithGene(1));
  QVERIFY(stack.shown()[0].style.colours == ColourMap::Cividis);
}

void OverlayPanelTest::aRangeInValuesIsNotCarriedToAnotherGene() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  stack.setScene(sceneWithGene(0));
  HeatmapStyle style = stack.shown()[0].style;
  style.range = HeatmapStyle::Range::Absolute;
  style.threshold = 1000;
  style.opacity = 0.9;
  choice.setStyle(0, style, stack.shown()[0].overlay->heatmap()->name);
  stack.setScene(sceneWithGene(0));
  QVERIFY(stack.shown()[0].style == style);
  stack.setScene(sceneWithGene(1));
  QVERIFY(stack.shown()[0].style.range == HeatmapStyle::Range::Percentile);
  QCOMPARE(stack.shown()[0].style.threshold, 0.0);
  QCOMPARE(stack.shown()[0].style.opacity, 0.9);
}

void OverlayPanelTest::anOverlayThatIsOffIsNotDrawn() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  QCOMPARE(stack.textAt({10, 10}), QStringLiteral("counting 0"));
  panel.findChild<QCheckBox*>()->setChecked(false);
  QVERIFY(stack.shown().empty());
  QVERIFY(stack.textAt({10, 10}).isEmpty());
}

void OverlayPanelTest::aMapThatIsSwitchedOnReplacesTheOthersUnlessAskedToKeepThem() {
  OverlayChoice choice({entryOf("one", &m_plugin), entryOf("two", &m_plugin), entryOf("three", &m_plugin)});
  OverlayStack stack(choice);
  choice.setOn(1, false);
  choice.setOn(2, false);
  stack.setScene(sceneWithGene(0));
  const OverlayPanel panel(stack);
  QCOMPARE(stack.shown().size(), size_t{1});
  choice.setOn(1, true);
  QVERIFY(!choice.wishes()[0].on && choice.wishes()[1].on);
  choice.setOn(2, true, true);
  QVERIFY(!choice.wishes()[0].on && choice.wishes()[1].on && choice.wishes()[2].on);
  choice.setOn(2, false);
  QVERIFY(choice.wishes()[1].on);
}

void OverlayPanelTest::whatShowsNothingTakesNoMapAway() {
  OverlayEntry blind = entryOf("blind", &m_plugin);
  blind.needs = {};  // so that it never sees a gene, and refuses
  OverlayChoice choice({entryOf("one", &m_plugin), blind});
  choice.setOn(1, false);
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  for (QCheckBox* box : panel.findChildren<QCheckBox*>())
    if (box->text() == QStringLiteral("blind")) box->setChecked(true);
  QVERIFY(choice.wishes()[1].on);
  QVERIFY2(choice.wishes()[0].on && stack.upperHeatmap(), "the map that is shown stays");
}

void OverlayPanelTest::anOverlayLivesAsLongAsWhatItNeedsIsTheSame() {
  const CountingPlugin plugin;
  OverlayChoice choice({entryOf("counting", &plugin)});
  OverlayStack stack(choice);
  OverlayScene scene = sceneWithGene(0);
  stack.setScene(scene);
  const auto before = stack.shown()[0].overlay;
  scene.tissue = std::make_shared<const TissueMask>(testing::madeTissue());
  stack.setScene(scene);
  QCOMPARE(stack.shown()[0].overlay, before);
  scene.gene = 1;
  stack.setScene(scene);
  QVERIFY(stack.shown()[0].overlay != before);
  QCOMPARE(plugin.made.load(), 2);
}

void OverlayPanelTest::anOverlayThatIsOffIsNotMadeButSaysWhyItCannotBe() {
  const CountingPlugin plugin;
  OverlayChoice choice({entryOf("counting", &plugin)});
  choice.setOn(0, false);
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(-1));
  QVERIFY(visibleText(panel).contains(QStringLiteral("Choose a gene first.")));
  stack.setScene(sceneWithGene(2));
  QVERIFY(!visibleText(panel).contains(QStringLiteral("Choose a gene first.")));
  QCOMPARE(plugin.made.load(), 0);
  choice.setOn(0, true);
  QCOMPARE(plugin.made.load(), 1);
  QCOMPARE(stack.upperHeatmap()->overlay->heatmap()->name, QStringLiteral("counting 2"));
}

void OverlayPanelTest::aGeneThatIsChosenAgainMakesNothing() {
  const CountingPlugin plugin;
  OverlayChoice choice({entryOf("counting", &plugin)});
  OverlayStack stack(choice);
  stack.setScene(sceneWithGene(0));
  const auto first = stack.shown()[0].overlay->heatmap();
  stack.setScene(sceneWithGene(1));
  stack.setScene(sceneWithGene(0));
  QCOMPARE(stack.shown()[0].overlay->heatmap(), first);
  QCOMPARE(plugin.made.load(), 2);
}

void OverlayPanelTest::genesLookedAtBeforeAreKeptUnderTheLimit() {
  const CountingPlugin plugin;
  OverlayChoice choice({entryOf("counting", &plugin)});
  OverlayStack stack(choice);
  stack.setMapBytes(2 * 800);  // of 100 values and the same in order, 4 bytes each
  for (const int gene : {0, 1, 2, 3}) stack.setScene(sceneWithGene(gene));
  QCOMPARE(plugin.made.load(), 4);
  for (const int gene : {2, 1, 2, 3}) stack.setScene(sceneWithGene(gene));
  QCOMPARE(plugin.made.load(), 4);
  stack.setScene(sceneWithGene(0));
  QCOMPARE(plugin.made.load(), 5);
}

void OverlayPanelTest::anotherPredictionDropsTheMapsOfTheOneBefore() {
  const CountingPlugin plugin;
  OverlayEntry entry = entryOf("counting", &plugin);
  entry.needs.prediction = true;
  OverlayChoice choice({entry});
  OverlayStack stack(choice);
  OverlayScene scene = sceneWithGene(0);
  scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
  stack.setScene(scene);
  const std::weak_ptr<const Heatmap> map = stack.shown()[0].overlay->heatmap();
  const std::weak_ptr<const Prediction> prediction = scene.prediction;
  scene.gene = 1;
  stack.setScene(scene);
  QVERIFY(!map.expired());
  scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
  stack.setScene(scene);
  QVERIFY(map.expired() && prediction.expired());
}

void OverlayPanelTest::aRangeInValuesIsThereAgainWithItsGene() {
  OverlayChoice choice({entryOf("counting", &m_plugin)});
  OverlayStack stack(choice);
  stack.setScene(sceneWithGene(0));
  HeatmapStyle style = stack.shown()[0].style;
  style.range = HeatmapStyle::Range::Absolute;
  style.threshold = 50;
  choice.setStyle(0, style, QStringLiteral("counting 0"));
  stack.setScene(sceneWithGene(1));
  QCOMPARE(stack.shown()[0].style.threshold, 0.0);
  style = stack.shown()[0].style;
  style.opacity = 0.9;
  style.threshold = 80;  // a percentile, of all genes
  choice.setStyle(0, style, QStringLiteral("counting 1"));
  stack.setScene(sceneWithGene(2));
  QCOMPARE(stack.shown()[0].style.threshold, 80.0);
  OverlayChoice again({entryOf("counting", &m_plugin)});
  bringBack(*overlaySettingsOf(textOf(overlaySettings(choice))), again);
  for (OverlayChoice* each : {&choice, &again}) {
    OverlayStack one(*each);
    one.setScene(sceneWithGene(0));
    QCOMPARE(one.shown()[0].style.threshold, 50.0);
    QCOMPARE(one.shown()[0].style.range, HeatmapStyle::Range::Absolute);
    QCOMPARE(one.shown()[0].style.opacity, 0.9);
  }
}

void OverlayPanelTest::hiddenMapsComeBackAsTheyWereOrWithOneThatIsSwitchedOn() {
  OverlayEntry outline = entryOf("outline", &m_plugin);
  outline.role = OverlayRole::Other;
  OverlayChoice choice({entryOf("map", &m_plugin), outline});
  OverlayStack stack(choice);
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  choice.hideMaps(true);
  QCOMPARE(stack.shown().size(), size_t{1});
  QCOMPARE(stack.fileLayers().size(), size_t{1});
  QVERIFY(choice.wishes()[0].on);
  QVERIFY(visibleText(panel).contains(QStringLiteral("All maps are hidden; M shows them.")));
  choice.hideMaps(false);
  QCOMPARE(stack.shown().size(), size_t{2});
  QVERIFY(!visibleText(panel).contains(QStringLiteral("All maps are hidden")));
  choice.hideMaps(true);
  choice.setOn(1, false);
  QVERIFY(choice.hidesMaps());
  choice.setOn(0, true);
  QVERIFY(!choice.hidesMaps());
  QCOMPARE(stack.shown().size(), size_t{1});
}

void OverlayPanelTest::theModelsStatementStandsOverMapsAlone() {
  OverlayChoice choice({entryOf("map", &m_plugin)});
  OverlayStack stack(choice);
  OverlayScene scene = sceneWithGene(0);
  scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
  stack.setScene(scene);
  QCOMPARE(stack.canvasLayers().size(), size_t{2});
  choice.hideMaps(true);
  QVERIFY(stack.canvasLayers().empty());
}

}  // namespace geneglass::overlay_panel_test

GENEGLASS_WINDOW_TEST(geneglass::overlay_panel_test::OverlayPanelTest)
#include "overlay_panel_test.moc"
