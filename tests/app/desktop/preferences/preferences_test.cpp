// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/preferences/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/preferences/language.h"
#include "app/desktop/preferences/preferences_dialog.h"
#include "app/desktop/workplace/workplace.h"
#include "tests/support/window_test_program.h"
#include "viewer/foundation/parallel.h"
#include "viewer/wording/number_text.h"

namespace geneglass::preferences_test {
namespace {

template <typename Field>
Field* field(const PreferencesDialog& dialog, const char* name) {
  for (Field* each : dialog.findChildren<Field*>())
    if (each->accessibleName() == QLatin1String(name)) return each;
  return nullptr;
}

QPushButton* okOf(const PreferencesDialog& dialog) {
  return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

}  // namespace

class PreferencesTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init() { QSettings().clear(); }
  void whatWasNeverChosenIsAsUsual();
  void whatWasChosenIsKept();
  void keptRubbishIsAsUsual();
  void wrongValuesAreRefusedByASentence_data();
  void wrongValuesAreRefusedByASentence();
  void theDialogRefusesAndSaysWhy();
  void theDialogKeepsAndTellsWhatWasChosen();
  void anotherLanguageWaitsForARestart();
  void theWorkplaceTakesThemAtOnce();
  void theLanguageIsThatOfTheSystemWhereItIsSpoken_data();
  void theLanguageIsThatOfTheSystemWhereItIsSpoken();

 private:
  QTemporaryDir m_folder;
};

void PreferencesTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void PreferencesTest::whatWasNeverChosenIsAsUsual() {
  QVERIFY(keptPreferences() == Preferences{});
}

void PreferencesTest::whatWasChosenIsKept() {
  const Preferences chosen{512,         1, false, QStringLiteral("CD8A"), Units::Pixels, Language::German,
                           Theme::Light};
  keep(chosen);
  QVERIFY(keptPreferences() == chosen);
}

void PreferencesTest::keptRubbishIsAsUsual() {
  QSettings settings;
  settings.setValue(QStringLiteral("preferences/memory"), QStringLiteral("much"));
  settings.setValue(QStringLiteral("preferences/threads"), -4);
  settings.setValue(QStringLiteral("preferences/gene"), QStringLiteral("two genes"));
  settings.setValue(QStringLiteral("preferences/language"), 17);
  settings.setValue(QStringLiteral("preferences/theme"), -1);
  QVERIFY(keptPreferences() == Preferences{});
}

void PreferencesTest::wrongValuesAreRefusedByASentence_data() {
  QTest::addColumn<int>("memory");
  QTest::addColumn<int>("threads");
  QTest::addColumn<QString>("gene");
  QTest::addColumn<QString>("sentence");
  const int most = machineMemoryMiB(), processors = threadCount(0);
  QTest::newRow("usual") << 0 << 0 << QString() << QString();
  QTest::newRow("the least") << 256 << 1 << QStringLiteral("HLA-A") << QString();
  QTest::newRow("too little memory") << 255 << 0 << QString()
                                     << QStringLiteral(
                                            "Cannot work with 255 MiB of memory: 256 MiB are the least.");
  QTest::newRow("too much memory") << most + 1 << 0 << QString()
                                   << QStringLiteral("Cannot take %1 MiB of memory: this machine has %2 MiB.")
                                          .arg(countText(most + 1), countText(most));
  QTest::newRow("too many threads")
      << 0 << 4 * processors + 1 << QString()
      << QStringLiteral(
             "Cannot use %1 threads: this machine has %2 processors, and more than %3 threads would wait for "
             "each other.")
             .arg(4 * processors + 1)
             .arg(processors)
             .arg(4 * processors);
  QTest::newRow("two genes") << 0 << 0 << QStringLiteral("CD8A CD3E")
                             << QStringLiteral("“CD8A CD3E” is not the name of one gene.");
  QTest::newRow("a long name") << 0 << 0 << QString(65, QLatin1Char('A'))
                               << QStringLiteral("The name of the gene is too long.");
}

void PreferencesTest::wrongValuesAreRefusedByASentence() {
  QFETCH(int, memory);
  QFETCH(int, threads);
  QFETCH(QString, gene);
  Preferences wanted;
  wanted.memoryMiB = memory;
  wanted.threads = threads;
  wanted.gene = gene;
  QTEST(refusalOf(wanted), "sentence");
}

void PreferencesTest::theDialogRefusesAndSaysWhy() {
  const auto refuse = [](const QString& gene) {
    return gene == QStringLiteral("CD8A") ? QString() : QStringLiteral("No such gene.");
  };
  PreferencesDialog dialog({}, {}, refuse);
  QVERIFY(okOf(dialog)->isEnabled());
  field<QSpinBox>(dialog, "Memory")->setValue(12);
  QCOMPARE(dialog.said(), QStringLiteral("Cannot work with 12 MiB of memory: 256 MiB are the least."));
  QVERIFY(!okOf(dialog)->isEnabled());
  field<QSpinBox>(dialog, "Memory")->setValue(0);
  field<QLineEdit>(dialog, "Gene shown first")->setText(QStringLiteral("NOTAGENE"));
  QCOMPARE(dialog.said(), QStringLiteral("No such gene."));
  field<QLineEdit>(dialog, "Gene shown first")->setText(QStringLiteral(" CD8A "));
  QCOMPARE(dialog.said(), QString());
  QVERIFY(okOf(dialog)->isEnabled());
  QCOMPARE(dialog.entered().gene, QStringLiteral("CD8A"));
}

void PreferencesTest::theDialogKeepsAndTellsWhatWasChosen() {
  PreferencesDialog dialog({}, {}, {});
  QSignalSpy chosen(&dialog, &PreferencesDialog::chosen);
  field<QComboBox>(dialog, "Theme")->setCurrentIndex(int(Theme::Light));
  dialog.findChild<QCheckBox*>()->setChecked(false);
  QVERIFY(keptPreferences() == Preferences{});
  okOf(dialog)->click();
  QCOMPARE(chosen.count(), 1);
  QCOMPARE(keptPreferences().theme, Theme::Light);
  QVERIFY(!keptPreferences().predicts);
}

void PreferencesTest::anotherLanguageWaitsForARestart() {
  PreferencesDialog dialog({}, {}, {});
  field<QComboBox>(dialog, "Language")->setCurrentIndex(int(Language::German));
  QCOMPARE(dialog.said(), QStringLiteral("The language changes after a restart."));
  QVERIFY(okOf(dialog)->isEnabled());
}

void PreferencesTest::theWorkplaceTakesThemAtOnce() {
  Workplace workplace;
  QSignalSpy shares(&workplace, &Workplace::sharesChanged);
  apply({300, 3, false, QStringLiteral("CDX2"), Units::Pixels, Language::System, Theme::System}, workplace);
  QCOMPARE(shares.count(), 1);
  QCOMPARE(workplace.memoryBudget(), size_t(300) << 20);
  QCOMPARE(workplace.threads(), 3);
  QVERIFY(!workplace.predictsAtOnce());
  QCOMPARE(workplace.firstGene(), std::string("CDX2"));
  QCOMPARE(shownUnits(), Units::Pixels);
  apply({}, workplace);
  QCOMPARE(workplace.memoryBudget(), usualMemoryBudget());
  QCOMPARE(shownUnits(), Units::Metric);
}

void PreferencesTest::theLanguageIsThatOfTheSystemWhereItIsSpoken_data() {
  QTest::addColumn<int>("chosen");
  QTest::addColumn<QString>("system");
  QTest::addColumn<QString>("numbers");
  const auto row = [](Language chosen, const char* system, const char* numbers) {
    QTest::addRow("%d %s", int(chosen), system)
        << int(chosen) << QString::fromLatin1(system) << QString::fromLatin1(numbers);
  };
  row(Language::System, "de_AT", "de_AT");
  row(Language::System, "fr_FR", "en_US");
  row(Language::System, "en_GB", "en_GB");
  row(Language::System, "C", "C");
  row(Language::German, "en_GB", "de_DE");
  row(Language::German, "de_CH", "de_CH");
  row(Language::English, "de_DE", "en_US");
}

void PreferencesTest::theLanguageIsThatOfTheSystemWhereItIsSpoken() {
  QFETCH(int, chosen);
  QFETCH(QString, system);
  QTEST(numberLocale(Language(chosen), QLocale(system)).name(), "numbers");
}

}  // namespace geneglass::preferences_test

GENEGLASS_WINDOW_TEST(geneglass::preferences_test::PreferencesTest)

#include "preferences_test.moc"
