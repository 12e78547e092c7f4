// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>

#include "app/desktop/layers/caption_overlay.h"
#include "tests/support/painted_texts.h"
#include "tests/support/window_test_program.h"

namespace geneglass::caption_overlay_test {

class CaptionOverlayTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aCaptionWithoutRoomEndsWithItsUse();
};

void CaptionOverlayTest::aCaptionWithoutRoomEndsWithItsUse() {
  const QString whole = QStringLiteral(
      "Demonstration model of three sections of one breast cancer, which says nothing of other tissue and "
      "was "
      "never tried elsewhere. Research use only.");
  const auto saidOn = [&](QSize size, double most) {
    Viewport view;
    view.width = size.width();
    view.height = size.height();
    return testing::paintedTexts(
        size, [&](QPainter& painter) { CaptionOverlay(whole, most).paint(painter, view); });
  };
  QCOMPARE(testing::joined(saidOn({1200, 800}, 0.16)), whole);
  QCOMPARE(testing::joined(saidOn({300, 240}, 1)), whole);  // a file has room for all of it
  for (const QSize size : {QSize(300, 240), QSize(420, 300)}) {
    const auto texts = saidOn(size, 0.16);
    const QString said = testing::joined(texts);
    QVERIFY2(said.startsWith(QStringLiteral("Demonstration")), qPrintable(said));
    QVERIFY2(said.endsWith(QStringLiteral("… Research use only.")), qPrintable(said));
    QVERIFY(said.size() < whole.size());
    double bottom = 0;
    for (const auto& each : texts) bottom = std::max(bottom, each.box.bottom());
    QVERIFY(bottom - texts.front().box.top() <= 0.16 * size.height() + 1);
  }
}

}  // namespace geneglass::caption_overlay_test

GENEGLASS_WINDOW_TEST(geneglass::caption_overlay_test::CaptionOverlayTest)
#include "caption_overlay_test.moc"
