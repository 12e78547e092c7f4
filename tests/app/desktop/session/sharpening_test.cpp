// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/sharpening.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::sharpening_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

/// A workplace with one slide's session that is being sharpened.
struct Sharpened {
  Workplace workplace;
  SlideSession session{workplace};
  Sharpening sharpening{session};
  QSignalSpy predicted{&session, &SlideSession::predictionFinished};
  QSignalSpy changed{&sharpening, &Sharpening::changed};
  QSignalSpy finished{&sharpening, &Sharpening::finished};
  QSignalSpy refused{&sharpening, &Sharpening::refused};
};

Point middleOf(const Prediction& prediction, size_t tile) {
  const Rect area = prediction.grid.area(prediction.grid.cells[tile]);
  return {area.x + area.width / 2, area.y + area.height / 2};
}

}  // namespace

class SharpeningTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  void open(Sharpened& one) const {
    one.workplace.useModel(path("model"));
    one.session.open(path("slide.tif"));
    QVERIFY(one.predicted.wait(kPatience));
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(testing::writeRandomPackage(path("model"), 64));
    QVERIFY(testing::writeRandomPackage(path("other"), 32));
    QVERIFY(testing::writeTissueSlide(path("slide.tif"), {2000, 1500}));
  }

  void theTilesOfTheViewAlonePredictedAQuarterOfATileApart() {
    Sharpened one;
    QVERIFY(!one.sharpening.isPossible());
    one.sharpening.sharpen({0, 0, 100, 100});  // nothing to refine: nothing happens
    QVERIFY(!one.sharpening.isRunning());
    open(one);
    QVERIFY(one.sharpening.isPossible());
    const auto whole = one.session.scene().prediction;
    const Point middle = middleOf(*whole, whole->grid.count() / 2);
    const Rect view{middle.x - 200, middle.y - 150, 400, 300};
    one.sharpening.sharpen(view);
    QVERIFY(one.finished.wait(kPatience));
    QCOMPARE(one.sharpening.maps()->parts.size(), size_t(1));
    const Prediction& part = *one.sharpening.maps()->parts[0];
    QCOMPARE(part.grid.tile, whole->grid.tile);
    QCOMPARE(4 * part.grid.stride, whole->grid.tile);
    QVERIFY(part.grid.count() > 20);
    for (size_t tile = 0; tile < part.grid.count(); ++tile) QVERIFY(view.contains(middleOf(part, tile)));
    QVERIFY(one.session.scene().prediction == whole);
    // Where both have the same tile they say the same of it.
    const auto fine = *part.maps.of(0), coarse = *whole->maps.of(0);
    int compared = 0;
    for (size_t i = 0; i < part.grid.count(); ++i)
      for (size_t k = 0; k < whole->grid.count(); ++k)
        if (part.grid.cells[i].column == 4 * whole->grid.cells[k].column &&
            part.grid.cells[i].row == 4 * whole->grid.cells[k].row) {
          QVERIFY(std::abs(fine->expression[i] - coarse->expression[k]) < 1e-5f);
          ++compared;
        }
    QVERIFY(compared > 0);
  }

  void theNewestWishReplacesTheOneThatRunsAndWhatIsSharpIsKept() {
    Sharpened one;
    open(one);
    const auto whole = one.session.scene().prediction;
    const Point first = middleOf(*whole, 0), last = middleOf(*whole, whole->grid.count() - 1);
    one.sharpening.sharpen({0, 0, 2000, 1500});
    one.sharpening.sharpen({first.x - 40, first.y - 40, 80, 80});
    QVERIFY(one.finished.wait(kPatience));
    QVERIFY(!one.sharpening.isRunning());
    one.sharpening.sharpen({last.x - 40, last.y - 40, 80, 80});
    QVERIFY(one.finished.wait(kPatience));
    QCOMPARE(one.finished.count(), 2);
    QCOMPARE(one.sharpening.maps()->parts.size(), size_t(2));
    for (const auto& part : one.sharpening.maps()->parts) QVERIFY(part->grid.count() <= 100);
  }

  void aCancelEndsItAndLeavesNothingRunning() {
    Sharpened one;
    open(one);
    one.sharpening.cancel();  // nothing runs: nothing is said
    QCOMPARE(one.finished.count(), 0);
    one.sharpening.sharpen({0, 0, 2000, 1500});
    QVERIFY(one.sharpening.isRunning());
    one.sharpening.cancel();
    QVERIFY(!one.sharpening.isRunning());
    QCOMPARE(one.finished.count(), 1);
    one.workplace.predictFiner(true);  // whatever the cancelled one still posts has come by then
    QVERIFY(one.predicted.wait(kPatience));
    QVERIFY(!one.sharpening.maps());
  }

  void aViewWithoutTissueIsSaidAndChangesNothing() {
    Sharpened one;
    open(one);
    one.sharpening.sharpen({1990, 1490, 5, 5});
    QVERIFY(one.refused.wait(kPatience));
    QVERIFY2(one.refused[0][0].toString().endsWith(
                 QStringLiteral("no tissue that fills a tile lies in this area.")),
             qPrintable(one.refused[0][0].toString()));
    QVERIFY(!one.sharpening.maps());
    QCOMPARE(one.changed.count(), 0);
  }

  void anotherModelEndsIt() {
    Sharpened one;
    open(one);
    const Point middle = middleOf(*one.session.scene().prediction, 0);
    one.sharpening.sharpen({middle.x - 40, middle.y - 40, 80, 80});
    QVERIFY(one.finished.wait(kPatience));
    QVERIFY(one.sharpening.maps());
    one.workplace.useModel(path("other"));
    QVERIFY(one.predicted.wait(kPatience));
    QVERIFY(!one.sharpening.maps());
  }
};

}  // namespace geneglass::sharpening_test

GENEGLASS_WINDOW_TEST(geneglass::sharpening_test::SharpeningTest)
#include "sharpening_test.moc"
