// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/help/action_list.h"
#include "app/desktop/preferences/language.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/spoken_widgets.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/app/desktop/window/accessible_tree.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::accessibility_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

QString spokenName(QWidget& widget) {
  return QAccessible::queryAccessibleInterface(&widget)->text(QAccessible::Name);
}

/// The dialogs that a window has open.
QList<QDialog*> openDialogs(const QWidget& window) {
  QList<QDialog*> open;
  for (QDialog* dialog : window.findChildren<QDialog*>())
    if (dialog->isVisible()) open << dialog;
  return open;
}

}  // namespace

class AccessibilityTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void theWalkFindsWhatIsMissed();
  void aNamedLabelIsHeardWithWhatItSays();
  void aBoxOfChoicesIsCalledByWhatItIsFor();
  void theWindowAndItsDialogsMissNothing_data();
  void theWindowAndItsDialogsMissNothing();
  void aLetterReachesAFieldThatIsMadeOfSeveral();
  void everyActionIsReachedByKeys();

 private:
  QTemporaryDir m_folder;
};

void AccessibilityTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  QVERIFY(testing::writeRandomPackage(m_folder.filePath(QStringLiteral("model")).toStdString(), 64));
  QVERIFY(
      testing::writeTissueSlide(m_folder.filePath(QStringLiteral("small.tif")).toStdString(), {2000, 1500}));
  speakValues();
}

void AccessibilityTest::theWalkFindsWhatIsMissed() {
  QDialog dialog;
  auto* form = new QFormLayout(&dialog);
  form->addRow(new QLineEdit);
  auto* holder = new QWidget;
  form->addRow(QStringLiteral("&Field"), holder);
  form->addRow(QStringLiteral("&Fold"), new QLineEdit);
  auto* box = new QComboBox;
  box->addItem(QStringLiteral("viridis"));
  form->addRow(box);
  dialog.show();
  const QString missed = testing::missedIn(dialog).join(QLatin1Char('\n'));
  QVERIFY2(missed.contains(QStringLiteral("no name: QLineEdit")), qPrintable(missed));
  QVERIFY2(missed.contains(QStringLiteral("no name: QComboBox")), qPrintable(missed));
  QVERIFY2(missed.contains(QStringLiteral("its letter reaches nothing: &Field")), qPrintable(missed));
  QVERIFY2(missed.contains(QStringLiteral("Alt+F is shared: &Field, &Fold")), qPrintable(missed));
}

void AccessibilityTest::aNamedLabelIsHeardWithWhatItSays() {
  QLabel label;
  label.setAccessibleName(QStringLiteral("Probability"));
  QCOMPARE(spokenName(label), QStringLiteral("Probability"));
  label.setText(QStringLiteral("P(tumour) <b>0.93</b>"));
  QCOMPARE(spokenName(label), QStringLiteral("Probability: P(tumour) 0.93"));
  QCOMPARE(QAccessible::queryAccessibleInterface(&label)->text(QAccessible::Value),
           QStringLiteral("P(tumour) 0.93"));
  QLabel plain(QStringLiteral("Colours"));
  QCOMPARE(spokenName(plain), QStringLiteral("Colours"));
}

void AccessibilityTest::aBoxOfChoicesIsCalledByWhatItIsFor() {
  QComboBox box;
  box.addItems({QStringLiteral("viridis"), QStringLiteral("cividis")});
  box.setAccessibleName(QStringLiteral("Colours of Attention"));
  auto* spoken = QAccessible::queryAccessibleInterface(&box);
  QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("Colours of Attention"));
  QCOMPARE(spoken->text(QAccessible::Value), QStringLiteral("viridis"));
  QCOMPARE(spoken->role(), QAccessible::ComboBox);
  QVERIFY(spoken->child(0) && spoken->indexOfChild(spoken->child(0)) == 0);
}

void AccessibilityTest::theWindowAndItsDialogsMissNothing_data() {
  QTest::addColumn<int>("language");
  QTest::newRow("English") << int(Language::English);
  QTest::newRow("German") << int(Language::German);
}

void AccessibilityTest::theWindowAndItsDialogsMissNothing() {
  QFETCH(int, language);
  const SpokenLanguage spoken(Language(language), QLocale::c());
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1280, 800);
  window.show();
  QSignalSpy predicted(&window.session(), &SlideSession::predictionFinished);
  workplace.useModel(m_folder.filePath(QStringLiteral("model")).toStdString());
  window.openHere(m_folder.filePath(QStringLiteral("small.tif")).toStdString());
  QVERIFY(predicted.wait(kPatience));
  window.session().chooseGene(0);
  QStringList missed = testing::missedIn(window);
  int dialogs = 0;
  for (const ListedAction& listed : listedActions(window)) {
    if (!listed.action || !listed.action->text().contains(QChar(0x2026)) || !listed.action->isEnabled())
      continue;
    listed.action->trigger();
    QTest::qWait(20);
    for (QDialog* dialog : openDialogs(window)) {
      ++dialogs;
      for (const QString& line : testing::missedIn(*dialog))
        missed << listed.path + QStringLiteral(": ") + line;
      dialog->close();
    }
  }
  QVERIFY2(dialogs > 8, qPrintable(QString::number(dialogs)));
  for (const QString& line : missed) qWarning("%s", qPrintable(line));
  QCOMPARE(missed.size(), 0);
}

void AccessibilityTest::aLetterReachesAFieldThatIsMadeOfSeveral() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  for (const ListedAction& listed : listedActions(window))
    if (listed.path.endsWith(QStringLiteral("Train a Model"))) listed.action->trigger();
  QCOMPARE(openDialogs(window).size(), 1);
  QDialog& dialog = *openDialogs(window).front();
  dialog.activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&dialog));
  for (const auto& [key, name] :
       {std::pair(Qt::Key_C, "Cohort"), std::pair(Qt::Key_E, "Encoder"), std::pair(Qt::Key_N, "New model")}) {
    QTest::keyClick(&dialog, key, Qt::AltModifier);
    const QWidget* focus = dialog.focusWidget();
    QVERIFY2(qobject_cast<const QLineEdit*>(focus), name);
    QCOMPARE(focus->accessibleName(), QLatin1String(name));
  }
}

void AccessibilityTest::everyActionIsReachedByKeys() {
  Workplace workplace;
  MainWindow window(workplace);
  QSet<const QAction*> listed;
  for (const ListedAction& each : listedActions(window)) listed.insert(each.action);
  QStringList missed;
  for (const QAction* action : window.findChildren<QAction*>()) {
    const bool ofQt = action->parent() &&
                      (action->parent()->inherits("QLineEdit") || action->parent()->inherits("QToolButton") ||
                       action->parent()->inherits("QMenu") || action->menu());
    if (!ofQt && !action->isSeparator() && !action->text().isEmpty() && !listed.contains(action) &&
        action->shortcut().isEmpty())
      missed << action->text();
  }
  QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QStringLiteral(", "))));
}

}  // namespace geneglass::accessibility_test

GENEGLASS_WINDOW_TEST(geneglass::accessibility_test::AccessibilityTest)

#include "accessibility_test.moc"
