// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QSignalSpy>
#include <QVBoxLayout>
#include <QtTest>

#include "app/desktop/window/parts/peek_key.h"
#include "tests/support/window_test_program.h"

namespace geneglass::peek_key_test {

class PeekKeyTest final : public QObject {
  Q_OBJECT

  QWidget m_window;
  QWidget* m_canvas = new QWidget;
  QLineEdit* m_field = new QLineEdit;
  PeekKey m_key{Qt::Key_M, m_window};

 private Q_SLOTS:
  void initTestCase() {
    auto* layout = new QVBoxLayout(&m_window);
    layout->addWidget(m_canvas);
    layout->addWidget(m_field);
    m_canvas->setFocusPolicy(Qt::StrongFocus);
    m_window.show();
    m_window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_window));
  }

  void aTapTurnsOnceHoldingTurnsBack() {
    m_canvas->setFocus();
    QSignalSpy turned(&m_key, &PeekKey::turned);
    QTest::keyClick(m_canvas, Qt::Key_M);
    QCOMPARE(turned.count(), 1);
    QTest::keyPress(m_canvas, Qt::Key_M);
    QCOMPARE(turned.count(), 2);
    QTest::qWait(PeekKey::kTapMilliseconds + 50);
    QCOMPARE(turned.count(), 2);
    QTest::keyRelease(m_canvas, Qt::Key_M);
    QCOMPARE(turned.count(), 3);
  }

  void repetitionsOfAHeldKeyAreNoTaps() {
    m_canvas->setFocus();
    QSignalSpy turned(&m_key, &PeekKey::turned);
    QTest::keyPress(m_canvas, Qt::Key_M);
    for (int i = 0; i < 3; ++i) {
      QKeyEvent again(QEvent::KeyPress, Qt::Key_M, Qt::NoModifier, QStringLiteral("m"), true);
      QCoreApplication::sendEvent(m_canvas, &again);
    }
    QCOMPARE(turned.count(), 1);
    QTest::keyRelease(m_canvas, Qt::Key_M);
    QCOMPARE(turned.count(), 1);
  }

  void whatIsTypedAndOtherKeysTurnNothing() {
    QSignalSpy turned(&m_key, &PeekKey::turned);
    m_field->setFocus();
    QTest::keyClick(m_field, Qt::Key_M);
    QCOMPARE(m_field->text(), QStringLiteral("m"));
    m_canvas->setFocus();
    QTest::keyClick(m_canvas, Qt::Key_M, Qt::ControlModifier);
    QTest::keyClick(m_canvas, Qt::Key_N);
    QCOMPARE(turned.count(), 0);
  }
};

}  // namespace geneglass::peek_key_test

GENEGLASS_WINDOW_TEST(geneglass::peek_key_test::PeekKeyTest)
#include "peek_key_test.moc"
