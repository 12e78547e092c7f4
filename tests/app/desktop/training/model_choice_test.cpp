// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/model_choice.h"

#include <QFile>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QWidget>
#include <QtTest>

#include "app/desktop/training/example_cohort.h"
#include "app/desktop/workplace/workplace.h"
#include "inference/package/installed_models.h"
#include "tests/support/window_test_program.h"

namespace geneglass::model_choice_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

ModelPackage made() {
  ModelPackage package;
  package.folder = "/models/mine";
  package.name = "mine";
  package.statement = "breast, 40 sections";
  package.domain = DomainFacts{40, 900};
  package.genes.resize(3);
  for (const double r : {0.1, 0.5, 0.3}) package.genes[r > 0.4 ? 1 : r > 0.2 ? 2 : 0].heldOutR = r;
  package.genes[1].wellPredicted = true;
  return package;
}

}  // namespace

class ModelChoiceTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aModelIsToldByTissueSlidesAndMedianR();
  void aSyntheticModelSaysThatItSaysNothingOfRealTissue();
  void aFolderWithoutAModelSaysWhy();
  void allInstalledModelsAreListedAndOneIsAClickAway();
  void theExampleIsACohortAndIsWrittenWhereAsked();

 private:
  QTemporaryDir m_folder;
};

void ModelChoiceTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void ModelChoiceTest::aModelIsToldByTissueSlidesAndMedianR() {
  const ModelSummary model = summaryOf(made());
  QCOMPARE(shortText(model), QStringLiteral("mine: 40 slides, median r 0.30"));
  QCOMPARE(longText(model),
           QStringLiteral(
               "mine: breast, 40 sections. Learnt from 40 slides. 1 of 3 genes are well predicted; median "
               "r on held-out cases 0.30.\n/models/mine"));
}

void ModelChoiceTest::aSyntheticModelSaysThatItSaysNothingOfRealTissue() {
  ModelPackage package = made();
  package.statement = "demonstration model, trained on synthetic tissue";
  const ModelSummary model = summaryOf(package);
  QVERIFY(model.isSynthetic);
  QCOMPARE(shortText(model), QStringLiteral("mine: 40 synthetic slides, median r 0.30"));
  QVERIFY(longText(model).contains(QStringLiteral("It says nothing of real tissue.")));
}

void ModelChoiceTest::aFolderWithoutAModelSaysWhy() {
  const ModelSummary model = summaryIn(m_folder.path().toStdString());
  QVERIFY(!model.refusal.isEmpty());
  QVERIFY2(model.refusal.contains(m_folder.path()), qPrintable(model.refusal));
  QCOMPARE(longText(model), model.refusal);
}

void ModelChoiceTest::allInstalledModelsAreListedAndOneIsAClickAway() {
  const auto installed = installedModels();
  if (installed.size() < 2) QSKIP("fewer than two models are installed");
  Workplace workplace;
  QWidget window;
  QMenu menu;
  ModelChoice choice(menu, workplace, window);
  QCOMPARE(choice.button()->text(), QStringLiteral("no model"));
  workplace.useModel();
  QMenu* list = choice.button()->menu();
  QTRY_COMPARE_WITH_TIMEOUT(size_t(list->actions().size()), installed.size(), kPatience);
  QVERIFY(choice.button()->text().contains(QStringLiteral("median r 0.")));
  QVERIFY(choice.button()->accessibleName().endsWith(choice.button()->text()));
  QSignalSpy wanted(&choice, &ModelChoice::modelWanted);
  int inUse = 0;
  for (QAction* action : list->actions()) {
    inUse += action->isChecked();
    if (!action->isChecked()) action->trigger();
  }
  QCOMPARE(inUse, 1);
  QCOMPARE(size_t(wanted.count()), installed.size() - 1);
}

void ModelChoiceTest::theExampleIsACohortAndIsWrittenWhereAsked() {
  const std::filesystem::path file = m_folder.filePath(QStringLiteral("example.csv")).toStdString();
  for (const bool ofDiagnosis : {false, true}) {
    QVERIFY(writeExampleCohort(file, ofDiagnosis));
    QFile written(QString::fromStdString(file.string()));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().toStdString(), exampleCohort(ofDiagnosis));
    QVERIFY(exampleCohort(ofDiagnosis).starts_with("slide,case,split,"));
  }
  const auto refused = writeExampleCohort("/no/such/folder/example.csv", false);
  QVERIFY(!refused);
  QCOMPARE(refused.error().sentence,
           std::string("Cannot write '/no/such/folder/example.csv': No such file or directory."));
}

}  // namespace geneglass::model_choice_test

GENEGLASS_WINDOW_TEST(geneglass::model_choice_test::ModelChoiceTest)
#include "model_choice_test.moc"
