// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/view_history.h"

#include <QtTest>

#include "tests/support/test_program.h"

namespace geneglass::view_history_test {
namespace {

Viewport at(double x, double downsample = 4) {
  return {{x, 500}, downsample, 0, 800, 600};
}

}  // namespace

class ViewHistoryTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void backAndForwardLeadToWhatWasLookedAt();
  void smallStepsAreNoViewsOfTheirOwn();
  void anotherWayForgetsWhatWasAhead();
  void atTheEndsThereIsNothing();
};

void ViewHistoryTest::backAndForwardLeadToWhatWasLookedAt() {
  ViewHistory history;
  history.rest(at(1000));
  history.rest(at(5000));
  QCOMPARE(*history.back(at(9000)), at(5000));  // the view left is kept, though it was not rested at
  QCOMPARE(*history.back(at(5000)), at(1000));
  QCOMPARE(*history.forward(at(1000)), at(5000));
  QCOMPARE(*history.forward(at(5000)), at(9000));
  QVERIFY(!history.canGoForward() && history.canGoBack());
}

void ViewHistoryTest::smallStepsAreNoViewsOfTheirOwn() {
  ViewHistory history;
  history.rest(at(1000));
  history.rest(at(1100));
  history.rest(at(1000, 5));
  QVERIFY(!history.canGoBack());
  history.rest(at(1000, 8));
  QVERIFY(history.canGoBack());
}

void ViewHistoryTest::anotherWayForgetsWhatWasAhead() {
  ViewHistory history;
  for (const double x : {1000.0, 5000.0, 9000.0}) history.rest(at(x));
  QCOMPARE(*history.back(at(9000)), at(5000));
  history.rest(at(20000));
  QVERIFY(!history.canGoForward());
  QCOMPARE(*history.back(at(20000)), at(5000));
}

void ViewHistoryTest::atTheEndsThereIsNothing() {
  ViewHistory history;
  QVERIFY(!history.back(at(1000)));
  QVERIFY(!history.forward(at(1000)));
  for (int i = 0; i < 500; ++i) history.rest(at(5000.0 * i));
  int steps = 0;
  for (Viewport now = at(5000.0 * 499); const auto before = history.back(now); ++steps) now = *before;
  QCOMPARE(steps, 199);
}

}  // namespace geneglass::view_history_test

GENEGLASS_TEST(geneglass::view_history_test::ViewHistoryTest)
#include "view_history_test.moc"
