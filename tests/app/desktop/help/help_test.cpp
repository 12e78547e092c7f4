// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QtTest>
#include <memory>

#include "app/desktop/help/action_list.h"
#include "app/desktop/help/command_palette.h"
#include "app/desktop/help/glossary.h"
#include "app/desktop/help/manual.h"
#include "app/desktop/preferences/language.h"
#include "tests/support/window_test_program.h"

namespace geneglass::help_test {

class HelpTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { m_window.reset(); }
  void theListIsMadeOfTheActionsThemselves();
  void aMenuThatIsFilledWhenItOpensIsListed();
  void theManualHasGlossaryAndKeysInBothLanguages();
  void theManualIsSearchedByItsHeadings();
  void thePaletteFiltersByPartsInAnyOrder();
  void aCommandWhoseMenuIsFilledAnewIsLeftOut();
  void aSwitchShowsWhetherItIsOn();
  void enterRunsTheFirstThatCanBeDone();
  void whatCannotBeDoneIsNotRun();
  void everyWordHasATitleAndSentences();

 private:
  std::unique_ptr<QMainWindow> m_window;
  QAction* m_save = nullptr;
  QAction* m_report = nullptr;
};

void HelpTest::init() {
  m_window = std::make_unique<QMainWindow>();
  QMenu* file = m_window->menuBar()->addMenu(QStringLiteral("&File"));
  m_save = file->addAction(QStringLiteral("&Save…"));
  m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_S));
  file->addSeparator();
  m_report = file->addAction(QStringLiteral("Save &Report…"));
  QMenu* view = m_window->menuBar()->addMenu(QStringLiteral("&View"));
  view->addAction(QStringLiteral("&Fit\tF"));
  QMenu* recent = view->addMenu(QStringLiteral("&Recent"));
  connect(recent, &QMenu::aboutToShow, recent, [recent] {
    recent->clear();
    recent->addAction(QStringLiteral("slide.tif"));
  });
}

void HelpTest::theListIsMadeOfTheActionsThemselves() {
  QStringList lines;
  for (const ListedAction& listed : listedActions(*m_window))
    lines << listed.path + QLatin1Char('|') + listed.keys;
  QCOMPARE(lines,
           QStringList({QStringLiteral("File › Save|Ctrl+S"), QStringLiteral("File › Save Report|"),
                        QStringLiteral("View › Fit|F"), QStringLiteral("View › Recent › slide.tif|")}));
}

void HelpTest::aMenuThatIsFilledWhenItOpensIsListed() {
  const auto listed = listedActions(*m_window);
  QCOMPARE(listed.back().path, QStringLiteral("View › Recent › slide.tif"));
}

void HelpTest::theManualHasGlossaryAndKeysInBothLanguages() {
  for (const Language language : {Language::English, Language::German}) {
    const SpokenLanguage spoken(language, QLocale::c());
    const QString html = manualHtml(*m_window);
    QVERIFY(html.contains(language == Language::German ? QStringLiteral("Nur für die Forschung")
                                                       : QStringLiteral("For research use only")));
    QVERIFY(html.contains(QStringLiteral("Ctrl+S")) || html.contains(QStringLiteral("Strg+S")));
    QVERIFY(html.contains(titleOf(QStringLiteral("attention"))));
    QVERIFY(!html.contains(QStringLiteral("<!--")));
  }
}

void HelpTest::theManualIsSearchedByItsHeadings() {
  Manual manual(*m_window);
  QVERIFY(manual.headings().contains(QStringLiteral("Keys")));
  QVERIFY(manual.headings().contains(QStringLiteral("Hotspot")));
  manual.findChild<QLineEdit*>()->setText(QStringLiteral("pixel size"));
  QCOMPARE(manual.headings(), QStringList(QStringLiteral("A slide without a pixel size")));
  manual.findChild<QLineEdit*>()->setText(QStringLiteral("no such heading"));
  QVERIFY(manual.headings().isEmpty());
}

void HelpTest::thePaletteFiltersByPartsInAnyOrder() {
  CommandPalette palette(*m_window);
  QCOMPARE(palette.shown().size(), 4);
  palette.findChild<QLineEdit*>()->setText(QStringLiteral("rep sav"));
  QCOMPARE(palette.shown(), QStringList(QStringLiteral("File › Save Report")));
  palette.findChild<QLineEdit*>()->setText(QStringLiteral("nothing of the kind"));
  QVERIFY(palette.shown().isEmpty());
  QCOMPARE(palette.saidOfNothing(),
           QStringLiteral("No command has “nothing of the kind” in its name. Genes are searched in the panel "
                          "Genes (Ctrl+F)."));
  palette.findChild<QLineEdit*>()->setText(QStringLiteral("rep"));
  QVERIFY(palette.saidOfNothing().isEmpty());
}

void HelpTest::aCommandWhoseMenuIsFilledAnewIsLeftOut() {
  CommandPalette palette(*m_window);
  QCOMPARE(palette.shown().back(), QStringLiteral("View › Recent › slide.tif"));
  for (QMenu* menu : m_window->findChildren<QMenu*>())
    if (menu->title() == QStringLiteral("&Recent")) menu->clear();
  palette.findChild<QListWidget*>()->setCurrentRow(3);
  QTest::keyClick(palette.findChild<QLineEdit*>(), Qt::Key_Return);
  QCoreApplication::processEvents();
  palette.findChild<QLineEdit*>()->setText(QStringLiteral("e"));
  QCOMPARE(palette.shown(), QStringList({QStringLiteral("File › Save"), QStringLiteral("File › Save Report"),
                                         QStringLiteral("View › Fit")}));
}

void HelpTest::aSwitchShowsWhetherItIsOn() {
  m_report->setCheckable(true);
  for (const bool on : {true, false}) {
    m_report->setChecked(on);
    CommandPalette palette(*m_window);
    const auto& list = *palette.findChild<QListWidget*>();
    QCOMPARE(list.item(1)->data(Qt::CheckStateRole), QVariant(on ? Qt::Checked : Qt::Unchecked));
    QVERIFY2(!list.item(0)->data(Qt::CheckStateRole).isValid(), "what is no switch has no box");
    QVERIFY2(!(list.item(1)->flags() & Qt::ItemIsUserCheckable), "a click runs it");
  }
}

void HelpTest::enterRunsTheFirstThatCanBeDone() {
  QSignalSpy saved(m_save, &QAction::triggered), reported(m_report, &QAction::triggered);
  m_save->setEnabled(false);
  CommandPalette palette(*m_window);
  auto* line = palette.findChild<QLineEdit*>();
  QTest::keyClicks(line, QStringLiteral("save"));
  QTest::keyClick(line, Qt::Key_Return);
  QTRY_COMPARE(reported.count(), 1);
  QCOMPARE(saved.count(), 0);
}

void HelpTest::whatCannotBeDoneIsNotRun() {
  QSignalSpy saved(m_save, &QAction::triggered);
  m_save->setEnabled(false);
  CommandPalette palette(*m_window);
  auto* line = palette.findChild<QLineEdit*>();
  line->setText(QStringLiteral("file › save"));
  m_report->setEnabled(false);
  QTest::keyClick(line, Qt::Key_Down);
  QTest::keyClick(line, Qt::Key_Up);
  QTest::qWait(20);
  QCOMPARE(saved.count(), 0);
}

void HelpTest::everyWordHasATitleAndSentences() {
  for (const Word& word : glossary()) {
    const QString meaning = QString::fromUtf8(word.meaning);
    QVERIFY2(meaning.endsWith(QLatin1Char('.')) && QLatin1String(word.title).size() > 0, word.id);
  }
}

}  // namespace geneglass::help_test

GENEGLASS_WINDOW_TEST(geneglass::help_test::HelpTest)

#include "help_test.moc"
