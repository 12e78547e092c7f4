// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest>

#include "app/desktop/layers/layer_controls.h"
#include "app/desktop/layers/overlay_panel.h"
#include "tests/support/made_prediction.h"

namespace geneglass {
namespace {

class MapOnly final : public Overlay {
 public:
  explicit MapOnly(std::shared_ptr<const Heatmap> map) : m_map(std::move(map)) {}
  std::shared_ptr<const Heatmap> heatmap() const override { return m_map; }
  QString textAt(Point) const override { return m_map->name; }

 private:
  std::shared_ptr<const Heatmap> m_map;
};

/// A map of 0..99 where a gene is chosen.
class CountingPlugin final : public OverlayPlugin {
 public:
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    if (scene.gene == 13) throw std::runtime_error("thirteen");
    if (scene.gene < 0) return fail("Choose a gene first.");
    Heatmap map;
    map.name = QStringLiteral("counting %1").arg(scene.gene);
    map.slideHash = scene.slide->hash;
    map.slideSize = scene.slide->size();
    map.columns = map.rows = 10;
    map.step = 100;
    for (int value = 0; value < 100; ++value) map.values.push_back(float(value));
    return placeHeatmap(std::move(map), *scene.slide).map([](std::shared_ptr<const Heatmap> placed) {
      return std::unique_ptr<Overlay>(std::make_unique<MapOnly>(std::move(placed)));
    });
  }
};

OverlayEntry entryOf(const char* name, const OverlayPlugin* plugin, const char* refusal = "") {
  OverlayEntry entry;
  entry.identifier = entry.name = QString::fromLatin1(name);
  entry.onAtStart = true;
  entry.plugin = plugin;
  entry.refusal = QString::fromLatin1(refusal);
  return entry;
}

OverlayScene sceneWithGene(int gene) {
  OverlayScene scene;
  scene.slide = std::make_shared<const Slide>(testing::madeSlide());
  scene.gene = gene;
  return scene;
}

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
  void theOpacitySliderReachesTheLayer();
  void aStyleTheUserChoseOutlivesTheScene();
  void aRangeInValuesIsNotCarriedToAnotherGene();
  void anOverlayThatIsOffIsNotDrawn();
  void aMapThatIsSwitchedOnReplacesTheOthersUnlessAskedToKeepThem();

 private:
  CountingPlugin m_plugin;
};

void OverlayPanelTest::aRefusedFileIsListedWithItsReasonAndCannotBeSwitchedOn() {
  OverlayStack stack({entryOf("old", nullptr, "'old.so' was built for another version.")});
  const OverlayPanel panel(stack);
  QVERIFY(visibleText(panel).contains(QStringLiteral("'old.so' was built for another version.")));
  QVERIFY(!panel.findChild<QCheckBox*>()->isEnabled());
  stack.setScene(sceneWithGene(0));
  QVERIFY(visibleText(panel).contains(QStringLiteral("'old.so' was built for another version.")));
  QVERIFY(stack.shown().empty());
}

void OverlayPanelTest::theReasonWhyAnOverlayHasNothingToDrawIsVisibleAndGoesAway() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(-1));
  QVERIFY(visibleText(panel).contains(QStringLiteral("Choose a gene first.")));
  QVERIFY(!stack.upperHeatmap());
  stack.setScene(sceneWithGene(0));
  QVERIFY(!visibleText(panel).contains(QStringLiteral("Choose a gene first.")));
  QVERIFY(stack.upperHeatmap());
}

void OverlayPanelTest::anOverlayThatThrowsIsRefusedByName() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(13));
  QVERIFY2(visibleText(panel).contains(QStringLiteral("The overlay 'counting' failed: thirteen.")),
           qPrintable(visibleText(panel)));
}

void OverlayPanelTest::changingFromPercentilesToValuesKeepsWhatIsSeen() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
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

void OverlayPanelTest::theOpacitySliderReachesTheLayer() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  const QSignalSpy changed(&stack, &OverlayStack::layersChanged);
  panel.findChild<QSlider*>()->setValue(25);
  QCOMPARE(stack.shown()[0].style.opacity, 0.25);
  QCOMPARE(changed.count(), 1);
}

void OverlayPanelTest::aStyleTheUserChoseOutlivesTheScene() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
  stack.setScene(sceneWithGene(0));
  HeatmapStyle style = stack.shown()[0].style;
  style.colours = ColourMap::Cividis;
  stack.setStyle(0, style);
  stack.setScene(sceneWithGene(1));
  QVERIFY(stack.shown()[0].style.colours == ColourMap::Cividis);
}

void OverlayPanelTest::aRangeInValuesIsNotCarriedToAnotherGene() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
  stack.setScene(sceneWithGene(0));
  HeatmapStyle style = stack.shown()[0].style;
  style.range = HeatmapStyle::Range::Absolute;
  style.threshold = 1000;
  style.opacity = 0.9;
  stack.setStyle(0, style);
  stack.setScene(sceneWithGene(0));
  QVERIFY(stack.shown()[0].style == style);
  stack.setScene(sceneWithGene(1));
  QVERIFY(stack.shown()[0].style.range == HeatmapStyle::Range::Percentile);
  QCOMPARE(stack.shown()[0].style.threshold, 0.0);
  QCOMPARE(stack.shown()[0].style.opacity, 0.9);
}

void OverlayPanelTest::anOverlayThatIsOffIsNotDrawn() {
  OverlayStack stack({entryOf("counting", &m_plugin)});
  const OverlayPanel panel(stack);
  stack.setScene(sceneWithGene(0));
  QCOMPARE(stack.textAt({10, 10}), QStringLiteral("counting 0"));
  panel.findChild<QCheckBox*>()->setChecked(false);
  QVERIFY(stack.shown().empty());
  QVERIFY(stack.textAt({10, 10}).isEmpty());
}

void OverlayPanelTest::aMapThatIsSwitchedOnReplacesTheOthersUnlessAskedToKeepThem() {
  OverlayStack stack({entryOf("one", &m_plugin), entryOf("two", &m_plugin), entryOf("three", &m_plugin)});
  stack.setOn(1, false);
  stack.setOn(2, false);
  stack.setScene(sceneWithGene(0));
  const OverlayPanel panel(stack);
  QCOMPARE(stack.shown().size(), size_t{1});
  stack.setOn(1, true);
  QVERIFY(!stack.overlays()[0].on && stack.overlays()[1].on);
  stack.setOn(2, true, true);
  QVERIFY(!stack.overlays()[0].on && stack.overlays()[1].on && stack.overlays()[2].on);
  stack.setOn(2, false);
  QVERIFY(stack.overlays()[1].on);
}

}  // namespace geneglass

QTEST_MAIN(geneglass::OverlayPanelTest)
#include "overlay_panel_test.moc"
