// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTest>
#include <cmath>
#include <numbers>

#include "tests/support/window_test_program.h"
#include "viewer/canvas/ring_painter.h"

namespace geneglass::ring_painter_test {
namespace {

constexpr int kSide = 100;

/// A square of 20 to 70 level-0 pixels, white on black, over green; `turn` in radians.
QImage painted(double turn, bool smoothed = true) {
  QImage picture(kSide, kSide, QImage::Format_RGB32);
  picture.fill(Qt::green);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing, smoothed);
  const Viewport viewport{{kSide / 2.0, kSide / 2.0}, 1, turn, kSide, kSide};
  paintRing(painter, viewport, {{20, 20}, {70, 20}, {70, 70}, {20, 70}}, {Qt::white, 2, Qt::black, 4});
  return picture;
}

}  // namespace

class RingPainterTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sidesAlongTheScreenAreWholePixels();
  void theHintsOfThePainterStayAsTheyWere();
  void aTurnedRingIsDrawnWithLines();
};

void RingPainterTest::sidesAlongTheScreenAreWholePixels() {
  for (const int quarter : {0, 1, 2, 3}) {
    const QImage picture = painted(quarter * std::numbers::pi / 2);
    // The square turns about the middle of the screen: its edges lie at 20 and 70, or at 30 and 80.
    const int left = quarter == 1 || quarter == 2 ? 30 : 20, middle = 50;
    const auto at = [&](int x) { return QColor(picture.pixel(x, middle)); };
    QCOMPARE(at(left - 3), QColor(Qt::green));
    QCOMPARE(at(left - 2), QColor(Qt::black));
    for (const int x : {left - 1, left}) QCOMPARE(at(x), QColor(Qt::white));
    QCOMPARE(at(left + 1), QColor(Qt::black));
    QCOMPARE(at(left + 2), QColor(Qt::green));
    QCOMPARE(at(left + 49), QColor(Qt::white));
    QCOMPARE(at(left + 52), QColor(Qt::green));
  }
  const QImage picture = painted(0);
  QCOMPARE(QColor(picture.pixel(18, 18)), QColor(Qt::black));  // corners are closed
  QCOMPARE(QColor(picture.pixel(19, 19)), QColor(Qt::white));
  QCOMPARE(QColor(picture.pixel(70, 70)), QColor(Qt::white));
}

void RingPainterTest::theHintsOfThePainterStayAsTheyWere() {
  QImage picture(kSide, kSide, QImage::Format_RGB32);
  QPainter painter(&picture);
  for (const bool smoothed : {false, true}) {
    painter.setRenderHint(QPainter::Antialiasing, smoothed);
    paintRing(painter, {{50, 50}, 1, 0, kSide, kSide}, {{20, 20}, {70, 20}, {70, 70}},
              {Qt::white, 2, Qt::black, 4});
    QCOMPARE(painter.testRenderHint(QPainter::Antialiasing), smoothed);
    QCOMPARE(painter.brush().style(), Qt::NoBrush);
  }
}

void RingPainterTest::aTurnedRingIsDrawnWithLines() {
  const QImage picture = painted(std::numbers::pi / 4);
  // The corner (20, 20) lies above the middle of the screen now.
  const int top = static_cast<int>(50 - 30 * std::numbers::sqrt2);
  int drawn = 0;
  for (int y = 0; y < kSide; ++y) drawn += QColor(picture.pixel(50, y)) != QColor(Qt::green);
  QVERIFY(drawn > 2);
  QCOMPARE(QColor(picture.pixel(50, 50)), QColor(Qt::green));
  QCOMPARE(QColor(picture.pixel(50, top - 6)), QColor(Qt::green));
}

}  // namespace geneglass::ring_painter_test

GENEGLASS_WINDOW_TEST(geneglass::ring_painter_test::RingPainterTest)
#include "ring_painter_test.moc"
