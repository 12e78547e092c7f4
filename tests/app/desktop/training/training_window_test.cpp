// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QMenu>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "app/desktop/training/training_dialog.h"
#include "app/desktop/training/training_menu.h"
#include "app/desktop/training/training_plan.h"
#include "app/desktop/training/training_window.h"
#include "app/progress_line.h"
#include "tests/support/window_test_program.h"

namespace geneglass::training_window_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate
const char* const kHeader = "fold,gene,epoch,training_loss,validation_loss,validation_r\n";

QPushButton* buttonOf(QWidget& window, const QString& text) {
  for (QPushButton* button : window.findChildren<QPushButton*>())
    if (button->text() == text) return button;
  return nullptr;
}

bool offers(QWidget& window, const QString& text) {
  const QPushButton* button = buttonOf(window, text);
  return button && button->isVisibleTo(&window) && button->isEnabled();
}

}  // namespace

class TrainingWindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aStepOfProgressIsReadBackAndNothingElseIs();
  void aTrainingIsCancelledGoesOnAndItsModelIsOffered();
  void aTrainingThatFailsSaysItsLastSentence();
  void aTrainingThatIsKilledIsSaidAndMayGoOn();
  void aProgramThatIsNotThereIsNamed();
  void closingTheWindowLeavesTheTrainingRunning();
  void theWholeWindowClosesOnlyWhenTheTrainingMayBeStopped();
  void aCurveIsFollowedFromBeforeItIsThere();
  void aFileThatIsNoCurveIsRefusedAndACurveInItsPlaceIsShown();
  void oneModelAGeneLetsChooseTheGene();
  void theDialogSaysWhatIsWrongAndBeginsOnlyWhatCanBegin();

 private:
  QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
  void write(const QString& file, const QByteArray& text) const {
    QFile written(file);
    QVERIFY(written.open(QIODevice::WriteOnly | QIODevice::Truncate) && written.write(text) == text.size());
  }
  QString script(const char* name, const QByteArray& lines) const {
    write(path(name), "#!/bin/sh\n" + lines);
    QFile::setPermissions(path(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path(name);
  }
  TrainingJob job(const char* out) const { return jobOf(request(out)); }
  TrainingRequest request(const char* out) const {
    TrainingRequest asked;
    asked.cohort = path("slides/cohort.csv").toStdString();
    asked.options.recipe = "geneglass";
    asked.options.out = path(out).toStdString();
    asked.options.folds = 3;
    asked.options.bags = path("bags").toStdString();
    asked.options.threads = 2;
    return asked;
  }

  QTemporaryDir m_folder;
};

void TrainingWindowTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  qRegisterMetaType<std::filesystem::path>();
  QProcess synth;
  synth.start(
      QStringLiteral(GENEGLASS_PROGRAM),
      {QStringLiteral("synth"), path("slides"), QStringLiteral("--slides"), QStringLiteral("6"),
       QStringLiteral("--seed"), QStringLiteral("3"), QStringLiteral("--size"), QStringLiteral("2048x2048")});
  QVERIFY(synth.waitForFinished(kPatience));
  QVERIFY2(synth.exitCode() == 0, synth.readAllStandardError().constData());
}

void TrainingWindowTest::aStepOfProgressIsReadBackAndNothingElseIs() {
  const Progress step{"fold 1 of 5, loss 0.52, epoch", 12, 60, 93.4};
  const auto read = parseProgress(formatProgress(step));
  QVERIFY(read);
  QCOMPARE(read->stage, step.stage);
  QCOMPARE(read->done, step.done);
  QCOMPARE(read->total, step.total);
  QCOMPARE(read->secondsLeft, step.secondsLeft);
  QCOMPARE(parseProgress(formatProgress({"reading", 0, 0, -1}))->secondsLeft, -1.0);
  for (const char* line : {"", "progress", "progress 1 2", "progress of the training", "Cannot open 'a'."})
    QVERIFY2(!parseProgress(line), line);
}

void TrainingWindowTest::aTrainingIsCancelledGoesOnAndItsModelIsOffered() {
  TrainingWindow window(nullptr, QStringLiteral(GENEGLASS_PROGRAM));
  window.show();
  QSignalSpy ended(&window, &TrainingWindow::ended);
  QSignalSpy wanted(&window, &TrainingWindow::modelWanted);
  window.train(job("model"));
  QVERIFY(window.isTraining());
  QTRY_VERIFY_WITH_TIMEOUT(window.state().contains(QStringLiteral("epoch")) || ended.count() > 0, kPatience);
  QVERIFY2(ended.isEmpty(), qPrintable(window.state()));
  QElapsedTimer cancelling;
  cancelling.start();
  buttonOf(window, QStringLiteral("Cancel"))->click();
  QVERIFY(cancelling.elapsed() < 1000);
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
  QCOMPARE(window.state(),
           QStringLiteral("Cancelled. It goes on where it stopped when it is started again."));
  QVERIFY(!QFile::exists(path("model")));
  QVERIFY(QFile::exists(path("model.training")));
  QVERIFY(!offers(window, QStringLiteral("Use This Model")));
  buttonOf(window, QStringLiteral("Go On"))->click();
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, kPatience);
  QTRY_VERIFY2_WITH_TIMEOUT(window.state().startsWith(QStringLiteral("Finished: ")),
                            qPrintable(window.state()), kPatience);
  QVERIFY(!offers(window, QStringLiteral("Go On")));
  QVERIFY(offers(window, QStringLiteral("Use This Model")));
  buttonOf(window, QStringLiteral("Use This Model"))->click();
  QCOMPARE(wanted.count(), 1);
  QCOMPARE(wanted[0][0].value<std::filesystem::path>(), std::filesystem::path(path("model").toStdString()));
}

void TrainingWindowTest::aTrainingThatFailsSaysItsLastSentence() {
  TrainingWindow window(nullptr, QStringLiteral(GENEGLASS_PROGRAM));
  QSignalSpy ended(&window, &TrainingWindow::ended);
  TrainingRequest wrong = request("nothing");
  wrong.cohort = "/nowhere/cohort.csv";
  window.train(jobOf(wrong));
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
  QCOMPARE(window.state(), QStringLiteral("Cannot open the cohort '/nowhere/cohort.csv'."));
  QVERIFY(offers(window, QStringLiteral("Go On")));
}

void TrainingWindowTest::aTrainingThatIsKilledIsSaidAndMayGoOn() {
  TrainingWindow window(
      nullptr,
      script("killed", "echo 'progress 1 2 3.0 features of slides' >&2\necho 'no memory' >&2\nkill -9 $$\n"));
  QSignalSpy ended(&window, &TrainingWindow::ended);
  window.train(job("killed-model"));
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
  QCOMPARE(window.state(), QStringLiteral("The training ended before its time (signal 9). Started again, it "
                                          "goes on where it stopped. Its last words: no memory"));
  QVERIFY(offers(window, QStringLiteral("Go On")));
}

void TrainingWindowTest::aProgramThatIsNotThereIsNamed() {
  TrainingWindow window(nullptr, QStringLiteral("/nowhere/geneglass-cli"));
  QSignalSpy ended(&window, &TrainingWindow::ended);
  window.train(job("none"));
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
  QVERIFY2(window.state().startsWith(QStringLiteral("Cannot start '/nowhere/geneglass-cli': ")),
           qPrintable(window.state()));
  QVERIFY(!window.isTraining());
}

void TrainingWindowTest::closingTheWindowLeavesTheTrainingRunning() {
  auto window = std::make_unique<TrainingWindow>(nullptr, script("long", "exec sleep 600\n"));
  QSignalSpy hidden(window.get(), &TrainingWindow::hiddenWhileTraining);
  window->show();
  window->train(job("long-model"));
  QTRY_VERIFY(window->isTraining());
  window->close();
  QCOMPARE(hidden.count(), 1);
  QVERIFY(window->isTraining());
  QElapsedTimer ending;
  ending.start();
  window.reset();  // and the end of the program ends it
  QVERIFY(ending.elapsed() < 5000);
}

void TrainingWindowTest::theWholeWindowClosesOnlyWhenTheTrainingMayBeStopped() {
  QWidget window;
  QMenu menu;
  const QString trapIsSet = path("trap-is-set");
  TrainingMenu trainings(menu, window,
                         script("endless", "trap 'kill $!; exit 1' TERM\nsleep 600 &\ntouch '" +
                                               trapIsSet.toUtf8() + "'\nwait\n"));
  QSignalSpy stopped(&trainings, &TrainingMenu::stopped);
  window.show();
  trainings.train(job("endless-model"));
  QTRY_VERIFY(trainings.isTraining());
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(trapIsSet), kPatience);
  trainings.askToStop();
  auto* question = window.findChild<QMessageBox*>();
  QVERIFY(question);
  question->button(QMessageBox::Cancel)->click();
  QVERIFY(trainings.isTraining() && stopped.isEmpty());
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  trainings.askToStop();
  buttonOf(*window.findChild<QMessageBox*>(), QStringLiteral("Stop and Quit"))->click();
  QTRY_COMPARE_WITH_TIMEOUT(stopped.count(), 1, kPatience);
  QVERIFY(!trainings.isTraining());
}

void TrainingWindowTest::aCurveIsFollowedFromBeforeItIsThere() {
  const QString file = path("later.curve.csv");
  TrainingWindow window;
  window.show();
  window.watch(file.toStdString());
  QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("The file is not there yet, or empty."),
                            kPatience);
  write(file, kHeader);
  QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("No epoch has ended yet."), kPatience);
  write(file, QByteArray(kHeader) + "0,,1,1,1.1,0.1\n0,,2,0.9,1.0,0.2\n0,,3,0.8,0.9");
  QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("Latest: fold 1, epoch 2."), kPatience);
  write(file, QByteArray(kHeader) + "final,,1,1,,\n");
  QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("Latest: all cases, epoch 1."), kPatience);
  QFile::remove(file);
  QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("The file is not there yet, or empty."),
                            kPatience);
  QVERIFY(!offers(window, QStringLiteral("Cancel")) && !offers(window, QStringLiteral("Go On")));
}

void TrainingWindowTest::aFileThatIsNoCurveIsRefusedAndACurveInItsPlaceIsShown() {
  const QString file = path("slides/cohort.csv");
  TrainingWindow window;
  window.watch(file.toStdString());
  QTRY_COMPARE_WITH_TIMEOUT(window.state(),
                            QStringLiteral("Cannot show the training curve '%1': row 1: the header must be "
                                           "fold,gene,epoch,training_loss,validation_loss,validation_r.")
                                .arg(file),
                            kPatience);
  const QString replaced = path("replaced.curve.csv");
  write(replaced, "another file\n");
  window.watch(replaced.toStdString());
  QTRY_VERIFY_WITH_TIMEOUT(window.state().contains(QStringLiteral("replaced.curve.csv")), kPatience);
  write(path("new"), QByteArray(kHeader) + "1,,4,1,1.1,0.1\n");
  std::filesystem::rename(path("new").toStdString(), replaced.toStdString());
  QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("Latest: fold 2, epoch 4."), kPatience);
}

void TrainingWindowTest::oneModelAGeneLetsChooseTheGene() {
  const QString file = path("genes.curve.csv");
  write(file, QByteArray(kHeader) + "0,MUC2,1,1,1.1,0.1\n0,CDX2,1,0.9,1.0,0.2\n1,MUC2,1,0.9,1.0,0.2\n");
  TrainingWindow window;
  window.show();
  window.watch(file.toStdString());
  auto* genes = window.findChild<QComboBox*>();
  QTRY_COMPARE_WITH_TIMEOUT(genes->count(), 3, kPatience);
  QVERIFY(genes->isVisible());
  QCOMPARE(genes->currentText(), QStringLiteral("Mean over 2 genes"));
  genes->setCurrentIndex(2);
  write(file, QByteArray(kHeader) + "0,MUC2,1,1,1.1,0.1\n0,CDX2,1,0.9,1.0,0.2\n0,APC,1,0.9,1.0,0.2\n");
  QTRY_COMPARE_WITH_TIMEOUT(genes->count(), 4, kPatience);
  QCOMPARE(genes->currentText(), QStringLiteral("MUC2"));
}

void TrainingWindowTest::theDialogSaysWhatIsWrongAndBeginsOnlyWhatCanBegin() {
  TrainingDialog dialog;
  dialog.show();
  QSignalSpy wanted(&dialog, &TrainingDialog::wanted);
  QPushButton* begin = buttonOf(dialog, QStringLiteral("Train"));
  QVERIFY(dialog.verdict().startsWith(QStringLiteral("Choose a cohort")));
  QVERIFY(!begin->isEnabled());
  write(path("semicolons.csv"), "slide;case;split;MUC2\n");
  dialog.chooseCohort(path("semicolons.csv"));
  QTRY_COMPARE_WITH_TIMEOUT(
      dialog.verdict(),
      QStringLiteral("Cannot use the cohort '%1': it has a header and no rows.").arg(path("semicolons.csv")),
      kPatience);
  QVERIFY(!begin->isEnabled());
  dialog.chooseCohort(path("slides/cohort.csv"));
  QTRY_VERIFY2_WITH_TIMEOUT(begin->isEnabled(), qPrintable(dialog.verdict()), kPatience);
  QVERIFY2(dialog.verdict().startsWith(QStringLiteral("6 cases with 6 slides to train on, ")),
           qPrintable(dialog.verdict()));
  dialog.findChild<QSpinBox*>()->setValue(7);
  QVERIFY2(!begin->isEnabled(), "what is not checked yet must not begin");
  QTRY_VERIFY2_WITH_TIMEOUT(
      dialog.verdict().endsWith(QStringLiteral("6 cases are in the split train, at least 7 are needed.")),
      qPrintable(dialog.verdict()), kPatience);
  dialog.findChild<QSpinBox*>()->setValue(3);
  QTRY_VERIFY_WITH_TIMEOUT(begin->isEnabled(), kPatience);
  begin->click();
  QCOMPARE(wanted.count(), 1);
  const auto job = wanted[0][0].value<TrainingJob>();
  QCOMPARE(job.arguments.at(job.arguments.indexOf(QStringLiteral("--folds")) + 1), QStringLiteral("3"));
  QCOMPARE(QString::fromStdString(job.out.string()), path("slides/cohort-model"));
}

}  // namespace geneglass::training_window_test

GENEGLASS_WINDOW_TEST(geneglass::training_window_test::TrainingWindowTest)
#include "training_window_test.moc"
