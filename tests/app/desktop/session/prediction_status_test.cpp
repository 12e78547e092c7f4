// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QtTest>

#include "app/desktop/session/prediction_status.h"
#include "tests/support/window_test_program.h"

namespace geneglass::prediction_status_test {

class PredictionStatusTest final : public QObject {
  Q_OBJECT

 private:
  static QString text(const PredictionStatus& status) { return status.findChild<QLabel*>()->text(); }

 private Q_SLOTS:
  void anotherStageIsCountedFromItsOwnBegin() {
    PredictionStatus status;
    status.begin();
    status.showProgress({"encoding tiles", 90000, 100000, 5});
    QCOMPARE(text(status), QStringLiteral("Predicting: encoding tiles, 90000 of 100000, about 5 s left"));
    status.showProgress({"predicting genes", 100, 20000, 90});
    const auto later = [&] {
      status.showProgress({"predicting genes", 3000, 20000, 90});
      return text(status);
    };
    QTRY_VERIFY2(later().contains(QStringLiteral("/s")), "a rate, once there is one");
    QVERIFY2(!text(status).contains(u'-'), qPrintable(text(status)));
    QVERIFY(text(status).startsWith(QStringLiteral("Predicting: predicting genes, 3000 of 20000, ")));
    QVERIFY(text(status).endsWith(QStringLiteral("about 2 min left")));
  }
};

}  // namespace geneglass::prediction_status_test

GENEGLASS_WINDOW_TEST(geneglass::prediction_status_test::PredictionStatusTest)
#include "prediction_status_test.moc"
