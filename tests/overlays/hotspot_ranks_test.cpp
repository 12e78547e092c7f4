// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "overlays/overlay_registry.h"
#include "tests/support/made_prediction.h"
#include "tests/support/painted_texts.h"
#include "tests/support/window_test_program.h"

namespace geneglass::hotspot_ranks_test {

class HotspotRanksTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void platesOfRanksNeverLieOnEachOther();
};

void HotspotRanksTest::platesOfRanksNeverLieOnEachOther() {
  std::shared_ptr<const Overlay> overlay;
  OverlayScene scene;
  scene.slide = std::make_shared<Slide>(testing::madeSlide());
  scene.prediction = std::make_shared<Prediction>(testing::madePrediction());
  scene.gene = 0;
  for (const OverlayEntry& entry : loadOverlays(overlayFolder()))
    if (entry.identifier == QStringLiteral("gene_expression"))
      overlay = makeOverlay(entry, scene).value_or(nullptr);
  QVERIFY(overlay);
  for (const double turn : {0.0, 0.5, 2.5})
    for (const double downsample : {2.0, 8.0, 40.0, 150.0, 600.0}) {
      const QSize size(800, 600);
      const Viewport view{{2200, 1300}, downsample, turn, 800, 600};
      const auto ranks =
          testing::paintedTexts(size, [&](QPainter& painter) { overlay->paint(painter, view); });
      QVERIFY(!ranks.empty());
      QCOMPARE(ranks.front().text, QStringLiteral("1"));  // the largest hotspot's stays
      if (downsample == 8) QCOMPARE(ranks.size(), size_t{2});
      for (size_t one = 0; one < ranks.size(); ++one)
        for (size_t other = 0; other < one; ++other) {
          const auto plateOf = [](const QRectF& text) {  // 10 wider than the text, 18 high
            return QRectF(text.center() - QPointF(text.width() / 2 + 5, 9), QSizeF(text.width() + 10, 18));
          };
          QVERIFY(!plateOf(ranks[one].box).adjusted(1, 1, -1, -1).intersects(plateOf(ranks[other].box)));
        }
    }
}

}  // namespace geneglass::hotspot_ranks_test

GENEGLASS_WINDOW_TEST(geneglass::hotspot_ranks_test::HotspotRanksTest)
#include "hotspot_ranks_test.moc"
