// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "app/desktop/layers/overlay_stack.h"
#include "tests/app/desktop/layers/counting_plugin.h"
#include "tests/support/window_test_program.h"

namespace geneglass::overlays_ahead_test {

using testing::CountingPlugin;
using testing::entryOf;
using testing::sceneWithGene;

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

static OverlayEntry ofPrediction(const char* name, const CountingPlugin* plugin) {
  OverlayEntry entry = entryOf(name, plugin);
  entry.needs.prediction = true;
  return entry;
}

class OverlaysAheadTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aGeneThatWasPreparedIsNotMadeAgainWhenItIsChosen();
  void whatWasPreparedOfAnotherPredictionIsNotShown();
};

void OverlaysAheadTest::aGeneThatWasPreparedIsNotMadeAgainWhenItIsChosen() {
  const CountingPlugin plugin;
  OverlayChoice choice({ofPrediction("counting", &plugin), ofPrediction("off", &plugin)});
  choice.setOn(1, false);
  OverlayStack stack(choice);
  OverlayScene scene = sceneWithGene(0);
  scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
  stack.setScene(scene);
  stack.prepare({1, 0, 13, 2});  // one that is shown, and one that fails
  QTRY_COMPARE_WITH_TIMEOUT(plugin.made.load(), 3, kPatience);
  for (const int gene : {1, 2}) {
    scene.gene = gene;
    stack.setScene(scene);
    QCOMPARE(stack.textAt({10, 10}), QStringLiteral("counting %1").arg(gene));
  }
  QCOMPARE(plugin.made.load(), 3);
  scene.gene = 13;
  stack.setScene(scene);
  QCOMPARE(stack.overlays()[0].refusal, QStringLiteral("The overlay 'counting' failed: thirteen."));
}

void OverlaysAheadTest::whatWasPreparedOfAnotherPredictionIsNotShown() {
  const CountingPlugin plugin;
  OverlayChoice choice({ofPrediction("counting", &plugin)});
  OverlayStack stack(choice);
  OverlayScene scene = sceneWithGene(0);
  scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
  stack.setScene(scene);
  stack.prepare({1});
  QTRY_COMPARE_WITH_TIMEOUT(plugin.made.load(), 2, kPatience);
  const std::weak_ptr<const Prediction> before = scene.prediction;
  scene.prediction = std::make_shared<const Prediction>(testing::madePrediction());
  stack.setScene(scene);
  QTRY_VERIFY_WITH_TIMEOUT(before.expired(), kPatience);  // nothing holds it for what may come
  scene.gene = 1;
  stack.setScene(scene);
  QCOMPARE(plugin.made.load(), 4);
}

}  // namespace geneglass::overlays_ahead_test

GENEGLASS_WINDOW_TEST(geneglass::overlays_ahead_test::OverlaysAheadTest)
#include "overlays_ahead_test.moc"
