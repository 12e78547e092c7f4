// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/few_tiles_text.h"

#include <QTest>

#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::few_tiles_text_test {

class FewTilesTextTest final : public QObject {
  Q_OBJECT

  static QString textOf(size_t computed, size_t waiting) {
    Prediction prediction = testing::madePrediction();
    prediction.grid.cells.resize(computed);
    prediction.waiting.assign(waiting, {0, 0});
    return fewTilesText(prediction);
  }

 private Q_SLOTS:
  void ofFewTilesItIsSaidThatNumbersOfTheSlideAreNotToBeReliedOn() {
    QCOMPARE(textOf(7, 0),
             QStringLiteral("Only 7 tiles of tissue: of fewer than 30, what is said of the whole "
                            "slide is not to be relied on."));
    QVERIFY(textOf(1, 0).startsWith(QStringLiteral("Only 1 tile of tissue: of fewer than 30, ")));
    QVERIFY(!textOf(29, 0).isEmpty());
    QCOMPARE(textOf(30, 0), QString());
  }

  void tilesThatWaitCountToo() {
    QCOMPARE(textOf(7, 23), QString());
    QVERIFY(textOf(7, 22).startsWith(QStringLiteral("Only 29 tiles ")));
  }
};

}  // namespace geneglass::few_tiles_text_test

GENEGLASS_WINDOW_TEST(geneglass::few_tiles_text_test::FewTilesTextTest)
#include "few_tiles_text_test.moc"
