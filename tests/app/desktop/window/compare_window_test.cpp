// SPDX-License-Identifier: GPL-3.0-or-later
// Slides side by side in a whole window: linked views, places, lens.
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::compare_window_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

QAction* actionOf(MainWindow& window, const QString& text) {
  for (QAction* action : window.findChildren<QAction*>())
    if (action->text().remove(QLatin1Char('&')) == text) return action;
  return nullptr;
}

Point middleInMicrometres(SlidePane& pane) {
  const Viewport& view = pane.canvas().viewport();
  const Mpp mpp = *pane.session().opened().slide->mpp;
  return {view.centre.x * mpp.x, view.centre.y * mpp.y};
}

double micrometresAPixel(SlidePane& pane) {
  return pane.canvas().viewport().downsample * pane.session().opened().slide->mpp->mean();
}

void look(SlidePane& pane, Point centre, double downsample) {
  Viewport view = pane.canvas().viewport();
  view.centre = centre;
  view.downsample = downsample;
  pane.canvas().setViewport(view);
}

void openBeside(MainWindow& window, const std::filesystem::path& file) {
  window.openBeside(file);
  QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
  QVERIFY(opened.wait(kPatience));
}

}  // namespace

class CompareWindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void linkedViewsMoveMagnifyAndTurnTogetherInMicrometres();
  void oneSlideAloneHasNothingToLink();
  void aSlideOfUnknownPixelSizeIsNotLinked();
  void threePlacesOnEachLinkTheSections();
  void aSectionLaidUpsideDownIsLinkedAsAMirrorImage();
  void placesOnALineAreRefusedAndNothingIsLinked();
  void aFifthSlideIsRefused();
  void theLensShowsTissueUnderTheMap();
  void panesBesideEachOtherAreAsHigh();

 private:
  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }
  QTemporaryDir m_folder;
};

void CompareWindowTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  QVERIFY(testing::writeRandomPackage(path("model"), 64));
  QVERIFY(testing::writeTissueSlide(path("fine.tif"), {4000, 3000}, 0.25));
  QVERIFY(testing::writeTissueSlide(path("coarse.tif"), {2200, 1500}, 0.5));
  QVERIFY(testing::writeTissueSlide(path("unknown.tif"), {2000, 1500}, 0));
}

void CompareWindowTest::linkedViewsMoveMagnifyAndTurnTogetherInMicrometres() {
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1280, 800);
  window.show();
  openBeside(window, path("fine.tif"));
  openBeside(window, path("coarse.tif"));
  SlidePane &fine = *window.panes()[0], &coarse = *window.panes()[1];
  look(fine, {2000, 1500}, 4);
  look(coarse, {900, 700}, 2);
  QAction* link = actionOf(window, QStringLiteral("Link the Views"));
  QVERIFY(link);
  link->trigger();
  QVERIFY(link->isChecked());
  const Point fineBefore = middleInMicrometres(fine), coarseBefore = middleInMicrometres(coarse);
  look(fine, {2400, 1300}, 2);
  QCOMPARE(micrometresAPixel(coarse), micrometresAPixel(fine));
  const Point fineAfter = middleInMicrometres(fine), coarseAfter = middleInMicrometres(coarse);
  QVERIFY(std::abs((fineAfter.x - fineBefore.x) - (coarseAfter.x - coarseBefore.x)) < 1e-6);
  QVERIFY(std::abs((fineAfter.y - fineBefore.y) - (coarseAfter.y - coarseBefore.y)) < 1e-6);
  QTest::keyClick(&coarse.canvas(), Qt::Key_R);  // the other one leads
  QVERIFY(std::abs(fine.canvas().viewport().rotation - coarse.canvas().viewport().rotation) < 1e-9);
  const bool wasMirrored = fine.canvas().viewport().isMirrored;
  QTest::keyClick(&coarse.canvas(), Qt::Key_F, Qt::ShiftModifier);
  QVERIFY(coarse.canvas().viewport().isMirrored && fine.canvas().viewport().isMirrored != wasMirrored);
  link->trigger();
  QVERIFY(!link->isChecked());
  look(fine, {1000, 1000}, 1);
  QVERIFY(micrometresAPixel(coarse) != micrometresAPixel(fine));
}

void CompareWindowTest::oneSlideAloneHasNothingToLink() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  openBeside(window, path("fine.tif"));
  QAction* link = actionOf(window, QStringLiteral("Link the Views"));
  link->trigger();
  QVERIFY(!link->isChecked());
  QCOMPARE(window.messages().sentence(),
           QStringLiteral("There is nothing to link yet: Slide > Open Beside shows a second slide."));
}

void CompareWindowTest::aSlideOfUnknownPixelSizeIsNotLinked() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  openBeside(window, path("fine.tif"));
  openBeside(window, path("unknown.tif"));
  const QString sentence =
      QStringLiteral("“unknown” cannot be linked, as it does not say how large its pixels are.");
  QAction* link = actionOf(window, QStringLiteral("Link the Views"));
  link->trigger();
  QVERIFY(!link->isChecked());
  QCOMPARE(window.messages().sentence(), sentence);
  window.messages().dismiss();
  actionOf(window, QStringLiteral("Link Sections by Three Places…"))->trigger();
  QCOMPARE(window.messages().sentence(), sentence);
}

void CompareWindowTest::threePlacesOnEachLinkTheSections() {
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1280, 800);
  window.show();
  openBeside(window, path("fine.tif"));
  openBeside(window, path("coarse.tif"));
  SlidePane &fine = *window.panes()[0], &coarse = *window.panes()[1];
  actionOf(window, QStringLiteral("Link Sections by Three Places…"))->trigger();
  QVERIFY(window.messages().isVisible());
  // The coarse section lies 50 um to the right of and 30 um above the fine one, turned by a quarter.
  for (const Point place : {Point{400, 300}, Point{3000, 500}, Point{900, 2500}}) {
    look(fine, place, 1);
    QTest::keyClick(&fine.canvas(), Qt::Key_Return);
    const Point micrometres{place.x * 0.25, place.y * 0.25};
    look(coarse, {(700 - micrometres.y + 50) / 0.5, (micrometres.x - 30) / 0.5}, 1);
    QTest::keyClick(&coarse.canvas(), Qt::Key_Return);
  }
  QAction* link = actionOf(window, QStringLiteral("Link the Views"));
  QTRY_VERIFY(link->isChecked());
  look(fine, {2000, 1000}, 2);
  const Point found = middleInMicrometres(coarse);
  QVERIFY2(std::abs(found.x - (700 - 250 + 50)) < 1 && std::abs(found.y - (500 - 30)) < 1,
           qPrintable(QStringLiteral("%1 %2").arg(found.x).arg(found.y)));
  QVERIFY(std::abs(std::abs(fine.canvas().viewport().rotation - coarse.canvas().viewport().rotation) -
                   1.5708) < 0.01);
}

void CompareWindowTest::aSectionLaidUpsideDownIsLinkedAsAMirrorImage() {
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1280, 800);
  window.show();
  openBeside(window, path("fine.tif"));
  openBeside(window, path("coarse.tif"));
  SlidePane &fine = *window.panes()[0], &coarse = *window.panes()[1];
  actionOf(window, QStringLiteral("Link Sections by Three Places…"))->trigger();
  for (const Point place : {Point{400, 300}, Point{3000, 500}, Point{900, 2500}}) {
    look(fine, place, 1);
    QTest::keyClick(&fine.canvas(), Qt::Key_Return);
    look(coarse, {(1000 - place.x * 0.25) / 0.5, place.y * 0.25 / 0.5}, 1);
    QTest::keyClick(&coarse.canvas(), Qt::Key_Return);
  }
  QTRY_VERIFY(actionOf(window, QStringLiteral("Link the Views"))->isChecked());
  QVERIFY(fine.canvas().viewport().isMirrored != coarse.canvas().viewport().isMirrored);
  look(fine, {2000, 1000}, 2);
  const Point found = middleInMicrometres(coarse);
  QVERIFY(std::abs(found.x - (1000 - 500)) < 1 && std::abs(found.y - 250) < 1);
}

void CompareWindowTest::placesOnALineAreRefusedAndNothingIsLinked() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  openBeside(window, path("fine.tif"));
  openBeside(window, path("coarse.tif"));
  actionOf(window, QStringLiteral("Link Sections by Three Places…"))->trigger();
  for (SlidePane* pane : window.panes())
    for (const double x : {400.0, 800.0, 1200.0}) {
      look(*pane, {x, x}, 1);
      QTest::keyClick(&pane->canvas(), Qt::Key_Return);
    }
  QTRY_VERIFY(window.messages().sentence().startsWith(QStringLiteral("The places lie on a line")));
  QVERIFY(!actionOf(window, QStringLiteral("Link the Views"))->isChecked());
}

void CompareWindowTest::aFifthSlideIsRefused() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  for (int i = 0; i < 4; ++i) openBeside(window, path("fine.tif"));
  window.openBeside(path("coarse.tif"));
  QCOMPARE(window.panes().size(), 4u);
  QCOMPARE(window.messages().sentence(),
           QStringLiteral("Four slides are shown side by side already: close one of them first."));
}

void CompareWindowTest::theLensShowsTissueUnderTheMap() {
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1280, 800);
  window.show();
  QSignalSpy finished(&window.session(), &SlideSession::predictionFinished);
  workplace.useModel(path("model"));
  window.openHere(path("fine.tif"));
  QVERIFY(finished.wait(kPatience));
  window.overlayChoice().setOn(OverlayRole::Expression, true);
  window.session().chooseGene(0);
  if (!window.overlays().upperHeatmap()) QSKIP("no overlay plugins are built");
  QTRY_VERIFY_WITH_TIMEOUT(window.canvas().lastFrame().plan.sharp, kPatience);
  const QImage with = window.canvas().grabPicture();
  window.overlayChoice().setOn(OverlayRole::Expression, false);
  const QImage without = window.canvas().grabPicture();
  window.overlayChoice().setOn(OverlayRole::Expression, true);
  actionOf(window, QStringLiteral("Lens"))->trigger();
  const QImage lens = window.canvas().grabPicture();
  const QPoint middle = lens.rect().center();
  const int radius = int(0.22 * std::min(lens.width(), lens.height()));
  int changed = 0;
  for (int y = -radius / 2; y < radius / 2; y += 3)
    for (int x = -radius / 2; x < radius / 2; x += 3) {
      const QPoint at = middle + QPoint(x, y);
      QCOMPARE(lens.pixel(at), without.pixel(at));
      changed += with.pixel(at) != without.pixel(at);
    }
  QVERIFY(changed > 0);
  const QPoint beside = middle + QPoint(radius + 30, 0);
  QCOMPARE(lens.pixel(beside), with.pixel(beside));
  actionOf(window, QStringLiteral("Swipe"))->trigger();
  const QImage swipe = window.canvas().grabPicture();
  QCOMPARE(swipe.pixel(middle - QPoint(60, 0)), with.pixel(middle - QPoint(60, 0)));
  QCOMPARE(swipe.pixel(middle + QPoint(60, 0)), without.pixel(middle + QPoint(60, 0)));
  actionOf(window, QStringLiteral("Swipe"))->trigger();
  QCOMPARE(window.canvas().grabPicture(), with);
}

void CompareWindowTest::panesBesideEachOtherAreAsHigh() {
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1280, 800);
  window.show();
  const auto height = [&](size_t pane) { return window.panes()[pane]->height(); };
  for (const char* name : {"fine.tif", "coarse.tif", "unknown.tif"}) openBeside(window, path(name));
  constexpr int kRounding = 2;  // pixels
  QTRY_VERIFY2(std::abs(height(0) - height(2)) <= kRounding && height(0) == height(1),
               qPrintable(QStringLiteral("%1 %2 %3").arg(height(0)).arg(height(1)).arg(height(2))));
  QVERIFY(height(0) > 200);
}

}  // namespace geneglass::compare_window_test

GENEGLASS_WINDOW_TEST(geneglass::compare_window_test::CompareWindowTest)
#include "compare_window_test.moc"
