// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/picture_window.h"

#include <QPointer>
#include <QTest>

#include "tests/support/window_test_program.h"

namespace geneglass::picture_window_test {

class PictureWindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thePictureIsTurnedByAKeyAndFillsTheWindow();
  void escapeClosesIt();
};

/// Left half red, right half blue.
static QImage halves() {
  QImage image(400, 200, QImage::Format_RGB32);
  image.fill(Qt::red);
  for (int y = 0; y < image.height(); ++y)
    for (int x = image.width() / 2; x < image.width(); ++x) image.setPixelColor(x, y, Qt::blue);
  return image;
}

void PictureWindowTest::thePictureIsTurnedByAKeyAndFillsTheWindow() {
  const QPointer window = new PictureWindow(QStringLiteral("label"), halves(), nullptr);
  window->show();
  window->activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(window));
  const auto at = [&](double across, double down) {
    auto* shown = window->findChild<QWidget*>(QStringLiteral("picture"));
    return shown->grab().toImage().pixelColor(int(across * shown->width()), int(down * shown->height()));
  };
  QCOMPARE(at(0.25, 0.5), QColor(Qt::red));
  QCOMPARE(at(0.75, 0.5), QColor(Qt::blue));
  QTest::keyClick(window, Qt::Key_R);
  QTRY_COMPARE(at(0.5, 0.25), QColor(Qt::red));
  QCOMPARE(at(0.5, 0.75), QColor(Qt::blue));
  delete window;
}

void PictureWindowTest::escapeClosesIt() {
  const QPointer window = new PictureWindow(QStringLiteral("label"), halves(), nullptr);
  window->show();
  QVERIFY(QTest::qWaitForWindowExposed(window));
  QTest::keyClick(window, Qt::Key_Escape);
  QTRY_VERIFY(window.isNull());
}

}  // namespace geneglass::picture_window_test

GENEGLASS_WINDOW_TEST(geneglass::picture_window_test::PictureWindowTest)
#include "picture_window_test.moc"
