// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QFile>
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/layers/overlay_settings.h"
#include "app/desktop/picture/channel_panel.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::case_window_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

void drawSquare(Case& document, const char* id) {
  document.change(
      document.annotations()->with({{id, rectangleArea({100, 200, 300, 400}), "Tumour", {}, {}, {}, false}}),
      QStringLiteral("Draw Rectangle"));
}

/// A window in which a slide is open, and its case looked for.
struct Opened {
  Opened(Workplace& workplace, const QString& slide, const QString& caseFile = {}) : window(workplace) {
    window.show();
    if (!caseFile.isEmpty()) window.pane().useCase(caseFile.toStdString());
    QSignalSpy opened(&window.pane().keeper(), &CaseKeeper::opened);
    window.session().open(slide.toStdString());
    QVERIFY(opened.wait(kPatience));
    found = opened.first().first().toBool();
  }
  QAction* action(const QString& text) {
    for (QAction* menu : window.menuBar()->actions())
      for (QAction* action : menu->menu()->actions())
        if (action->text() == text) return action;
    return nullptr;
  }
  MainWindow window;
  bool found = false;
};

}  // namespace

/// The case as the window opens and keeps it.
class CaseWindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aSlideOpenedAgainBringsItsCaseAndViewBack();
  void aSlideOpenedAgainHasItsOverlaysAsTheyWere();
  void aSlideOpenedAgainHasItsGenesTogetherAndTheListedSet();
  void aFluorescenceSlideOpenedAgainHasItsChannelsAsTheyWere();
  void theMenuSaysWhatIsUndone();
  void aBookmarkIsAddedAndBringsItsViewBack();
  void anotherPixelSizeKeepsTheCase();
  void theCaseOfTheCallIsOpened();
  void aCaseBesideOpensBesideTheOthers();
  void aSlideOpenedWhileACaseIsLookedForStays();
  void aDamagedCaseIsSaidInTheWindow();

 private:
  QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  QString slide(const char* name) {
    if (!testing::writeTissueSlide(path(name).toStdString(), {2000, 1500})) return {};
    return path(name);
  }
  QTemporaryDir m_folder;
};

void CaseWindowTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  qputenv("GENEGLASS_CASES", path("own").toUtf8());
}

void CaseWindowTest::aSlideOpenedAgainBringsItsCaseAndViewBack() {
  const QString file = slide("again.tif");
  CaseView looked;
  {
    Workplace workplace;
    Opened first(workplace, file);
    QVERIFY(!first.found);
    first.window.pane().goTo({500, 600, 100, 100});
    drawSquare(first.window.pane().document(), "a");
    looked = first.window.pane().keptView().view();
  }
  QVERIFY(QFile::exists(path("again.geneglass")));
  Workplace workplace;
  Opened second(workplace, file);
  QVERIFY(second.found);
  QVERIFY(second.window.pane().document().annotations()->find("a"));
  QVERIFY(second.window.pane().keptView().view() == looked);
}

void CaseWindowTest::aSlideOpenedAgainHasItsOverlaysAsTheyWere() {
  const QString file = slide("overlays.tif");
  std::vector<OverlaySetting> before;
  {
    Workplace workplace;
    Opened first(workplace, file);
    OverlayChoice& choice = first.window.overlayChoice();
    QVERIFY(choice.wishes().size() > 1);
    HeatmapStyle style;
    style.opacity = 0.25;
    choice.setStyle(0, style, QStringLiteral("a map"));
    for (size_t i = 0; i < choice.wishes().size(); ++i) choice.setOn(i, !choice.wishes()[i].on, true);
    drawSquare(first.window.pane().document(), "a");  // looking alone makes no file
    before = overlaySettings(choice);
  }
  Workplace workplace;
  Opened second(workplace, file);
  QVERIFY(second.found);
  QVERIFY(overlaySettings(second.window.overlayChoice()) == before);
}

void CaseWindowTest::aSlideOpenedAgainHasItsGenesTogetherAndTheListedSet() {
  const QString file = slide("genes.tif");
  const GenesWish wish{"", {{"CDX2"}, {"VIM"}}, ColourMix::TwoWay};
  const GeneSet set{"Mine", {"CDX2", "VIM", "NOSUCH"}};
  {
    Workplace workplace;
    Opened first(workplace, file);
    drawSquare(first.window.pane().document(), "a");  // looking alone makes no file
    first.window.pane().together().want(wish);
    first.window.findChild<GenePanelView*>()->listSet(set);
  }
  {
    Workplace workplace;
    Opened second(workplace, file);
    QVERIFY(second.found);
    QVERIFY(second.window.pane().together().wish() == wish);
    QVERIFY(second.window.findChild<GenePanelView*>()->listedSet() == set);
    second.window.pane().together().want({});
    second.window.findChild<GenePanelView*>()->listSet({});
  }
  Workplace workplace;
  Opened third(workplace, file);
  QVERIFY(!third.window.pane().together().wish());
  QVERIFY(!third.window.findChild<GenePanelView*>()->listedSet());
}

void CaseWindowTest::aFluorescenceSlideOpenedAgainHasItsChannelsAsTheyWere() {
  GENEGLASS_NEED(given, "slides/unsupported-vectra.qptiff");
  const QString file = path("channels.qptiff");
  QVERIFY(QFile::copy(QString::fromStdString(given.string()), file));
  std::vector<Channel> shown;
  {
    Workplace workplace;
    Opened first(workplace, file);
    shown = first.window.session().channels();
    QVERIFY(shown.size() > 1);
    drawSquare(first.window.pane().document(), "a");
    shown[0].shown = false;
    shown[1].colour = 0x00ff7f;
    shown[1].high = (shown[1].low + shown[1].high) / 3;
    first.window.session().showChannels(shown);
    QCOMPARE(first.window.findChild<ChannelPanel*>()->channels(), shown);
  }
  Workplace workplace;
  Opened second(workplace, file);
  QVERIFY(second.found);
  QCOMPARE(second.window.session().channels(), shown);
  QCOMPARE(second.window.findChild<ChannelPanel*>()->channels(), shown);
}

void CaseWindowTest::theMenuSaysWhatIsUndone() {
  Workplace workplace;
  Opened opened(workplace, slide("undo.tif"));
  Case& document = opened.window.pane().document();
  QVERIFY(!opened.action(QStringLiteral("&Undo"))->isEnabled());
  drawSquare(document, "a");
  QAction* undo = opened.action(QStringLiteral("&Undo Draw Rectangle"));
  QVERIFY(undo && undo->isEnabled());
  undo->trigger();
  QVERIFY(document.annotations()->all().empty());
  opened.action(QStringLiteral("&Redo Draw Rectangle"))->trigger();
  QCOMPARE(document.annotations()->all().size(), size_t(1));
}

void CaseWindowTest::aBookmarkIsAddedAndBringsItsViewBack() {
  Workplace workplace;
  Opened opened(workplace, slide("bookmark.tif"));
  SlidePane& pane = opened.window.pane();
  pane.goTo({500, 600, 100, 100});
  const CaseView there = pane.keptView().view();
  opened.action(QStringLiteral("Add &Bookmark…"))->trigger();
  auto* dialog = opened.window.findChild<QInputDialog*>();
  QCOMPARE(dialog->textValue(), QStringLiteral("View 1"));
  dialog->setTextValue(QStringLiteral("Here"));
  dialog->accept();
  pane.goTo({1500, 200, 50, 50});
  QVERIFY(!(pane.keptView().view() == there));
  QMenu* bookmarks = opened.action(QStringLiteral("Book&marks"))->menu();
  Q_EMIT bookmarks->aboutToShow();
  QCOMPARE(bookmarks->actions().first()->text(), QStringLiteral("Here"));
  bookmarks->actions().first()->trigger();
  QVERIFY(pane.keptView().view() == there);
  bookmarks->actions().last()->menu()->actions().first()->trigger();
  QVERIFY(pane.document().bookmarks().empty());
  pane.document().undo();
  QCOMPARE(pane.document().bookmarks().size(), size_t(1));
}

void CaseWindowTest::anotherPixelSizeKeepsTheCase() {
  Workplace workplace;
  const QString file = slide("size.tif");
  Opened opened(workplace, file);
  SlidePane& pane = opened.window.pane();
  drawSquare(pane.document(), "a");
  QSignalSpy again(&pane.keeper(), &CaseKeeper::opened);
  pane.session().open(file.toStdString(), 0.25);
  QVERIFY(again.wait(kPatience));
  QVERIFY(pane.document().annotations()->find("a") && pane.document().canUndo());
  QVERIFY(opened.window.messages().sentence().isEmpty());
}

void CaseWindowTest::theCaseOfTheCallIsOpened() {
  const QString file = slide("named.tif");
  {
    Workplace workplace;
    Opened first(workplace, file, path("other.geneglass"));
    drawSquare(first.window.pane().document(), "a");
  }
  QVERIFY(QFile::exists(path("other.geneglass")) && !QFile::exists(path("named.geneglass")));
  Workplace workplace;
  Opened second(workplace, file, path("other.geneglass"));
  QVERIFY(second.found && second.window.pane().document().annotations()->find("a"));
}

void CaseWindowTest::aCaseBesideOpensBesideTheOthers() {
  const QString file = slide("beside.tif"), other = slide("other.tif");
  {
    Workplace workplace;
    Opened first(workplace, file);
    drawSquare(first.window.pane().document(), "a");
  }
  Workplace workplace;
  Opened second(workplace, other);
  second.window.openBeside(path("beside.geneglass").toStdString());
  QTRY_COMPARE_WITH_TIMEOUT(second.window.panes().size(), 2u, kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(second.window.pane().document().annotations()->find("a"), kPatience);
  QCOMPARE(second.window.panes()[0]->title(), QStringLiteral("other.tif"));
  QCOMPARE(second.window.panes()[1]->title(), QStringLiteral("beside.tif"));
}

void CaseWindowTest::aSlideOpenedWhileACaseIsLookedForStays() {
  const QString file = slide("looked.tif"), other = slide("stays.tif");
  {
    Workplace workplace;
    Opened first(workplace, file);
    drawSquare(first.window.pane().document(), "a");
  }
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
  window.openHere(path("looked.geneglass").toStdString());
  window.openHere(other.toStdString());
  QVERIFY(opened.wait(kPatience));
  QTest::qWait(500);
  QCOMPARE(opened.count(), 1);
  QCOMPARE(window.pane().title(), QStringLiteral("stays.tif"));
}

void CaseWindowTest::aDamagedCaseIsSaidInTheWindow() {
  const QString file = slide("damaged.tif");
  QFile damaged(path("damaged.geneglass"));
  QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(QByteArray(5000, 'x')) == 5000);
  damaged.close();
  Workplace workplace;
  Opened opened(workplace, file);
  QVERIFY2(opened.window.messages().sentence().startsWith(
               QStringLiteral("Cannot open the case '%1': it is damaged").arg(path("damaged.geneglass"))),
           qPrintable(opened.window.messages().sentence()));
}

}  // namespace geneglass::case_window_test

GENEGLASS_WINDOW_TEST(geneglass::case_window_test::CaseWindowTest)
#include "case_window_test.moc"
