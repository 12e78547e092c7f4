// SPDX-License-Identifier: GPL-3.0-or-later
// Finding one's way, by keys and clicks in a whole window.
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>
#include <numbers>

#include "app/desktop/browsing/go_to_dialog.h"
#include "app/desktop/browsing/magnification_box.h"
#include "app/desktop/browsing/pixel_size_dialog.h"
#include "app/desktop/browsing/slide_list_panel.h"
#include "app/desktop/browsing/welcome_page.h"
#include "app/desktop/session/slide_facts.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/recent_files.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::browsing_window_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

/// A window with a slide, as the keyboard sees it.
struct Shown {
  explicit Shown(const std::filesystem::path& slide) : window(workplace) {
    window.resize(1280, 800);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) return;
    window.activateWindow();
    QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
    window.openHere(slide);
    isOpen = opened.wait(kPatience);
    window.canvas().setFocus();
  }
  SlideCanvas& canvas() { return window.canvas(); }
  const Viewport& view() { return window.canvas().viewport(); }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(&window.canvas(), key, modifiers);
  }
  void look(Point centre, double downsample) {
    Viewport wanted = view();
    wanted.centre = centre;
    wanted.downsample = downsample;
    canvas().setViewport(wanted);
  }
  template <typename T>
  T* part(const char* name = nullptr) {
    return window.findChild<T*>(name ? QString::fromLatin1(name) : QString());
  }
  MagnificationBox& box() { return *part<MagnificationBox>(); }

  Workplace workplace;
  MainWindow window;
  bool isOpen = false;
};

}  // namespace

class BrowsingWindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aMagnificationIsTypedAndBeyondTheScanIsSaid();
  void aTypedNonsenseIsRefusedAndTheViewStays();
  void theAngleIsShownAndTurnedUprightInPlace();
  void aPlaceIsTypedAndWrongOnesAreSaidInTheDialog();
  void viewsLookedAtAreGoneBackToAndForward();
  void theKeyHidesAllPanelsAndBringsBackThoseThatWereThere();
  void theKeyFillsTheScreen();
  void theRightButtonOffersWhatCanBeDoneHere();
  void pageDownOpensTheNextSlideOfTheFolder();
  void aClosedSlideLeavesAnEmptyPaneThatOffersTheRecentOnes();
  void aTypedPixelSizeIsNotAskedForAgain();

 private:
  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }
  QTemporaryDir m_folder;
};

void BrowsingWindowTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  std::filesystem::create_directory(path("slides"));
  QVERIFY(testing::writeTissueSlide(path("slides/s1.tif"), {8000, 6000}));
  QVERIFY(testing::writeTissueSlide(path("slides/s2.tif"), {2000, 1500}, 0));
}

void BrowsingWindowTest::aMagnificationIsTypedAndBeyondTheScanIsSaid() {
  Shown shown(path("slides/s1.tif"));
  QVERIFY(shown.isOpen);
  auto* box = shown.box().findChild<QComboBox*>();
  auto* beyond = shown.part<QLabel>("beyondScan");
  box->lineEdit()->setFocus();
  box->lineEdit()->selectAll();
  QTest::keyClicks(box->lineEdit(), QStringLiteral("10"));
  QTest::keyClick(box->lineEdit(), Qt::Key_Return);
  QCOMPARE(shown.view().downsample, 2.0);
  QCOMPARE(box->currentText(), QStringLiteral("10.0×"));
  QCOMPARE(shown.canvas().window()->focusWidget(), &shown.canvas());
  QVERIFY(!beyond->isVisible());
  box->lineEdit()->setFocus();
  box->lineEdit()->selectAll();
  QTest::keyClicks(box->lineEdit(), QStringLiteral("40x"));
  QTest::keyClick(box->lineEdit(), Qt::Key_Return);
  QCOMPARE(shown.view().downsample, 0.5);
  QVERIFY(beyond->isVisible());
  QCOMPARE(beyond->text(), QStringLiteral("beyond the scan"));
}

void BrowsingWindowTest::aTypedNonsenseIsRefusedAndTheViewStays() {
  Shown shown(path("slides/s1.tif"));
  shown.look({3000, 2500}, 2);
  auto* box = shown.box().findChild<QComboBox*>();
  box->lineEdit()->setFocus();
  box->lineEdit()->selectAll();
  QTest::keyClicks(box->lineEdit(), QStringLiteral("near"));
  QTest::keyClick(box->lineEdit(), Qt::Key_Return);
  QCOMPARE(shown.window.messages().sentence(),
           QStringLiteral("“near” is no magnification: write 20, 20× or 1 : 4."));
  QCOMPARE(shown.view().downsample, 2.0);
  QCOMPARE(shown.view().centre, (Point{3000, 2500}));
}

void BrowsingWindowTest::theAngleIsShownAndTurnedUprightInPlace() {
  Shown shown(path("slides/s1.tif"));
  auto* angle = shown.part<QToolButton>("angle");
  shown.look({3000, 2500}, 2);
  QVERIFY(!angle->isVisible());
  shown.key(Qt::Key_R);
  QVERIFY(angle->isVisible());
  QCOMPARE(angle->text(), QStringLiteral("90°"));
  shown.key(Qt::Key_R, Qt::ShiftModifier);
  QCOMPARE(angle->text(), QStringLiteral("105°"));
  angle->click();
  QCOMPARE(shown.view().rotation, 0.0);
  QVERIFY(std::abs(shown.view().centre.x - 3000) < 1e-6 && std::abs(shown.view().centre.y - 2500) < 1e-6);
  QVERIFY(!angle->isVisible());
  shown.key(Qt::Key_R);
  shown.key(Qt::Key_0);
  QCOMPARE(shown.view().rotation, 0.0);
}

void BrowsingWindowTest::aPlaceIsTypedAndWrongOnesAreSaidInTheDialog() {
  Shown shown(path("slides/s1.tif"));
  shown.key(Qt::Key_G, Qt::ControlModifier);
  auto* dialog = shown.part<GoToDialog>();
  QVERIFY(dialog && dialog->isVisible());
  auto* place = dialog->findChild<QLineEdit*>();
  auto* refusal = dialog->findChild<QLabel*>(QStringLiteral("placeRefusal"));
  place->setText(QStringLiteral("9000, 100"));
  QTest::keyClick(place, Qt::Key_Return);
  QVERIFY(dialog->isVisible());
  QCOMPARE(refusal->text(),
           QStringLiteral("The place 9000, 100 lies outside the slide, which is 8000 × 6000 pixels."));
  place->setText(QStringLiteral("1000, 500 um"));
  QTest::keyClick(place, Qt::Key_Return);
  QCOMPARE(shown.view().centre.x, 2000.0);
  QCOMPARE(shown.view().centre.y, 1000.0);
}

void BrowsingWindowTest::viewsLookedAtAreGoneBackToAndForward() {
  Shown shown(path("slides/s1.tif"));
  QTest::qWait(900);
  const Viewport whole = shown.view();
  shown.look({1000, 1000}, 1);
  QTest::qWait(900);
  shown.look({6000, 4000}, 1);
  shown.key(Qt::Key_Left, Qt::AltModifier);
  QCOMPARE(shown.view().centre.x, 1000.0);
  shown.key(Qt::Key_Left, Qt::AltModifier);
  QCOMPARE(shown.view(), whole);
  shown.key(Qt::Key_Right, Qt::AltModifier);
  shown.key(Qt::Key_Right, Qt::AltModifier);
  QCOMPARE(shown.view().centre.x, 6000.0);
}

void BrowsingWindowTest::theKeyHidesAllPanelsAndBringsBackThoseThatWereThere() {
  Shown shown(path("slides/s1.tif"));
  auto* gallery = shown.part<QDockWidget>("gallery");
  gallery->hide();
  const int width = shown.canvas().width();
  shown.key(Qt::Key_F9);
  for (const QDockWidget* dock : shown.window.findChildren<QDockWidget*>()) QVERIFY(!dock->isVisible());
  QTRY_VERIFY(shown.canvas().width() > width + 200);
  shown.key(Qt::Key_F9);
  QVERIFY(!shown.part<QDockWidget>("genes")->isHidden());
  QVERIFY(
      !shown.part<QDockWidget>("genes")->visibleRegion().isEmpty());  // in front of its neighbours, as before
  QVERIFY(!shown.part<QDockWidget>("overlays")->isHidden());
  QVERIFY(gallery->isHidden());
}

void BrowsingWindowTest::theKeyFillsTheScreen() {
  Shown shown(path("slides/s1.tif"));
  shown.key(Qt::Key_F11);
  QTRY_VERIFY(shown.window.isFullScreen());
  shown.key(Qt::Key_F11);
  QTRY_VERIFY(!shown.window.isFullScreen());
}

void BrowsingWindowTest::theRightButtonOffersWhatCanBeDoneHere() {
  Shown shown(path("slides/s1.tif"));
  shown.look({4000, 3000}, 2);
  const QPoint middle(shown.canvas().width() / 2, shown.canvas().height() / 2);
  QTest::mouseClick(&shown.canvas(), Qt::RightButton, {}, middle);
  auto* menu = shown.part<QMenu>("slideMenu");
  QVERIFY(menu);
  const auto trigger = [menu](const QString& begin) {
    for (QAction* action : menu->actions())
      if (action->text().remove(QLatin1Char('&')).startsWith(begin)) {
        action->trigger();
        return true;
      }
    return false;
  };
  QVERIFY(trigger(QStringLiteral("Copy the Place: ")));
  QVERIFY2(QGuiApplication::clipboard()->text().endsWith(QStringLiteral(" px")),
           qPrintable(QGuiApplication::clipboard()->text()));
  QVERIFY(trigger(QStringLiteral("Put a Point Here")));
  QCOMPARE(shown.window.pane().document().annotations()->all().size(), 1u);
  shown.window.pane().document().undo();
  QCOMPARE(shown.window.pane().document().annotations()->all().size(), 0u);
  menu->close();
  QContextMenuEvent byKey(QContextMenuEvent::Keyboard, middle, shown.canvas().mapToGlobal(middle));
  QCoreApplication::sendEvent(&shown.canvas(), &byKey);
  int menus = 0;
  for (const QMenu* each : shown.window.findChildren<QMenu*>(QStringLiteral("slideMenu")))
    menus += each->isVisible();
  QCOMPARE(menus, 1);
}

void BrowsingWindowTest::pageDownOpensTheNextSlideOfTheFolder() {
  Shown shown(path("slides/s1.tif"));
  auto* panel = shown.part<SlideListPanel>();
  QTRY_COMPARE_WITH_TIMEOUT(panel->slides().rowCount(), 2, kPatience);
  QSignalSpy opened(&shown.window.session(), &SlideSession::slideOpened);
  shown.key(Qt::Key_PageDown);
  QVERIFY(opened.wait(kPatience));
  QCOMPARE(shown.window.pane().title(), QStringLiteral("s2.tif"));
  shown.key(Qt::Key_PageUp);
  QVERIFY(opened.wait(kPatience));
  QCOMPARE(shown.window.pane().title(), QStringLiteral("s1.tif"));
}

void BrowsingWindowTest::aClosedSlideLeavesAnEmptyPaneThatOffersTheRecentOnes() {
  Shown shown(path("slides/s1.tif"));
  shown.key(Qt::Key_W, Qt::ControlModifier);
  QVERIFY(shown.window.pane().isEmpty());
  QCOMPARE(shown.window.panes().size(), 1u);
  QCOMPARE(shown.window.windowTitle(), QStringLiteral("Geneglass"));
  QVERIFY(!shown.box().isEnabled());
  auto* page = shown.part<WelcomePage>();
  QVERIFY(page && page->isVisible());
  QPushButton* again = nullptr;
  for (QPushButton* button : page->findChildren<QPushButton*>())
    if (button->accessibleName().contains(QStringLiteral("s1.tif"))) again = button;
  QVERIFY(again);
  QSignalSpy opened(&shown.window.session(), &SlideSession::slideOpened);
  again->click();
  QVERIFY(opened.wait(kPatience));
  QCOMPARE(shown.window.pane().title(), QStringLiteral("s1.tif"));
}

void BrowsingWindowTest::aTypedPixelSizeIsNotAskedForAgain() {
  {
    Shown shown(path("slides/s2.tif"));
    for (QAction* action : shown.window.findChildren<QAction*>())
      if (action->text() == QStringLiteral("Pixel &Size…")) action->trigger();
    auto* dialog = shown.part<PixelSizeDialog>();
    QVERIFY(dialog);
    QSignalSpy opened(&shown.window.session(), &SlideSession::slideOpened);
    dialog->findChild<QDoubleSpinBox*>()->setValue(0.4);
    dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    QVERIFY(opened.wait(kPatience));
  }
  Shown again(path("slides/s2.tif"));
  const auto& slide = again.window.session().opened().slide;
  QVERIFY(slide->mpp);
  QCOMPARE(slide->mpp->x, 0.4);
  bool isSaid = false;
  for (const auto& [name, value] : factsOf(*slide))
    isSaid |= value.contains(QStringLiteral("typed by the user"));
  QVERIFY(isSaid);
}

}  // namespace geneglass::browsing_window_test

GENEGLASS_WINDOW_TEST(geneglass::browsing_window_test::BrowsingWindowTest)
#include "browsing_window_test.moc"
