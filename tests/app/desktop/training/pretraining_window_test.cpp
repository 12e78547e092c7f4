// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

#include "app/desktop/charts/plot_library.h"
#include "app/desktop/training/pretraining_chart.h"
#include "app/desktop/training/training_chart.h"
#include "app/desktop/training/training_window.h"
#include "tests/support/window_test_program.h"

namespace geneglass::pretraining_window_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate
const char* const kHeader = "step,epoch,tiles,loss,neighbour_accuracy\n";

QPushButton* buttonOf(QWidget& window, const QString& text) {
  for (QPushButton* button : window.findChildren<QPushButton*>())
    if (button->text() == text && button->isVisibleTo(&window) && button->isEnabled()) return button;
  return nullptr;
}

int rowsIn(const QString& file) {
  QFile opened(file);
  return opened.open(QIODevice::ReadOnly) ? int(opened.readAll().count('\n')) - 1 : -1;
}

}  // namespace

class PretrainingWindowTest final : public QObject {
  Q_OBJECT

  QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
  void write(const QString& file, const QByteArray& text) const {
    QFile written(file);
    QVERIFY(written.open(QIODevice::WriteOnly | QIODevice::Truncate) && written.write(text) == text.size());
  }
  static TrainingJob job(const QStringList& words, const QString& out, TrainingJob::Kind kind, bool goesOn) {
    return {
        words + QStringList{QStringLiteral("--out"), out, QStringLiteral("--threads"), QStringLiteral("2")},
        QStringLiteral("title"), out.toStdString(), kind, goesOn};
  }
  TrainingJob pretraining(const char* out) const {
    return job(QStringLiteral("pretrain %1 --recipe contrast --epochs 3 --batch 8 --negatives 64")
                   .arg(path("slides"))
                   .split(QLatin1Char(' ')),
               path(out), TrainingJob::Kind::Encoder, true);
  }
  QString script(const char* name, const QByteArray& lines) const {
    write(path(name), "#!/bin/sh\n" + lines);
    QFile::setPermissions(path(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path(name);
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    qRegisterMetaType<std::filesystem::path>();
    QProcess synth;
    synth.start(QStringLiteral(GENEGLASS_PROGRAM),
                QStringLiteral("synth %1 --slides 4 --normal 1 --seed 3 --size 2048x2048")
                    .arg(path("slides"))
                    .split(QLatin1Char(' ')));
    QVERIFY(synth.waitForFinished(kPatience));
    QVERIFY2(synth.exitCode() == 0, synth.readAllStandardError().constData());
  }

  void aPretrainingIsCancelledGoesOnAndAModelIsTrainedOnIt() {
    TrainingWindow window(nullptr, QStringLiteral(GENEGLASS_PROGRAM));
    window.show();
    QSignalSpy ended(&window, &TrainingWindow::ended);
    QSignalSpy wanted(&window, &TrainingWindow::encoderWanted);
    window.train(pretraining("encoder"));
    QVERIFY(window.findChild<PretrainingChart*>()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(window.state().contains(QStringLiteral(" step ")) || ended.count() > 0,
                             kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(rowsIn(path("encoder.curve.csv")) > 0, kPatience);
    QVERIFY2(ended.isEmpty(), qPrintable(window.state()));
    buttonOf(window, QStringLiteral("Cancel"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    QCOMPARE(window.state(),
             QStringLiteral("Cancelled. It goes on where it stopped when it is started again."));
    QVERIFY(QFile::exists(path("encoder.state")) && !QFile::exists(path("encoder")));
    const int rows = rowsIn(path("encoder.curve.csv"));
    QVERIFY(!buttonOf(window, QStringLiteral("Train a Model on It")));
    buttonOf(window, QStringLiteral("Go On"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(
        window.state(),
        QStringLiteral("Finished: an encoder of 128 features a tile. It is %1.").arg(path("encoder")),
        kPatience);
    QVERIFY(rowsIn(path("encoder.curve.csv")) > rows);
    QVERIFY(!QFile::exists(path("encoder.state")));
    QVERIFY(!buttonOf(window, QStringLiteral("Use This Model")));
    buttonOf(window, QStringLiteral("Train a Model on It"))->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].value<std::filesystem::path>(),
             std::filesystem::path(path("encoder").toStdString()));
  }

  void aDiagnosisIsCancelledGoesOnAndSaysThatItsSlidesAreSynthetic() {
    TrainingWindow window(nullptr, QStringLiteral(GENEGLASS_PROGRAM));
    window.show();
    QSignalSpy ended(&window, &TrainingWindow::ended);
    window.train(job(QStringLiteral("train %1 --recipe geneglass --task diagnosis --folds 3")
                         .arg(path("slides/diagnosis.csv"))
                         .split(QLatin1Char(' ')),
                     path("diagnosis"), TrainingJob::Kind::Diagnosis, true));
    QTRY_VERIFY_WITH_TIMEOUT(rowsIn(path("diagnosis.curve.csv")) > 0 || ended.count() > 0, kPatience);
    QVERIFY2(ended.isEmpty(), qPrintable(window.state()));
    QVERIFY(window.findChild<TrainingChart*>()->isVisible());
    buttonOf(window, QStringLiteral("Cancel"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    QVERIFY2(window.state().startsWith(QStringLiteral("Cancelled.")), qPrintable(window.state()));
    QVERIFY(QFile::exists(path("diagnosis.training")));
    buttonOf(window, QStringLiteral("Go On"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, kPatience);
    QTRY_VERIFY2_WITH_TIMEOUT(window.state().startsWith(QStringLiteral(
                                  "Finished: tells tumour from normal slides, held-out AUC ")) &&
                                  window.state().contains(QStringLiteral("8 synthetic slides of 4 patients")),
                              qPrintable(window.state()), kPatience);
    QVERIFY(buttonOf(window, QStringLiteral("Use This Model")));
  }

  void threadsThatWaitSleepUnlessTheCallerSaysOtherwise_data() {
    QTest::addColumn<QString>("given");
    QTest::addColumn<QByteArray>("found");
    QTest::newRow("not said") << QString() << QByteArray("OMP_WAIT_POLICY=PASSIVE");
    QTest::newRow("said") << QStringLiteral("ACTIVE") << QByteArray("OMP_WAIT_POLICY=ACTIVE");
  }
  void threadsThatWaitSleepUnlessTheCallerSaysOtherwise() {
    QFETCH(QString, given);
    QFETCH(QByteArray, found);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GENEGLASS_PROGRESS_LINES"), QStringLiteral("1"));
    environment.remove(QStringLiteral("OMP_WAIT_POLICY"));
    if (!given.isEmpty()) environment.insert(QStringLiteral("OMP_WAIT_POLICY"), given);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setReadChannel(QProcess::StandardError);
    program.start(QStringLiteral(GENEGLASS_PROGRAM), pretraining("quiet").arguments);
    QVERIFY(program.waitForReadyRead(kPatience));
    const QString process = QStringLiteral("/proc/%1/").arg(program.processId());
    QFile variables(process + QStringLiteral("environ")), name(process + QStringLiteral("comm"));
    QVERIFY(variables.open(QIODevice::ReadOnly) && name.open(QIODevice::ReadOnly));
    QVERIFY2(variables.readAll().split('\0').contains(found), found.constData());
    QCOMPARE(name.readAll(), QByteArray("geneglass-cli\n"));
    program.kill();
    QVERIFY(program.waitForFinished(kPatience));
  }

  void aPretrainingThatIsNotKeptSaysThatItBeginsAnew() {
    TrainingWindow window(nullptr, script("endless", "exec sleep 600\n"));
    window.show();
    QSignalSpy ended(&window, &TrainingWindow::ended);
    window.train(job({}, path("composition"), TrainingJob::Kind::Encoder, false));
    QTRY_VERIFY(window.isTraining());
    buttonOf(window, QStringLiteral("Cancel"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    QCOMPARE(window.state(), QStringLiteral("Cancelled. Started again, it begins anew."));
    QVERIFY(buttonOf(window, QStringLiteral("Start Again")));
  }

  void aStopThatTakesLongerSaysWhatItWaitsFor() {
    TrainingWindow window(
        nullptr,
        script("deaf", "trap '' TERM\necho 'progress 1 2 3.0 features of slides' >&2\nsleep 3\nexit 1\n"));
    window.show();
    QSignalSpy ended(&window, &TrainingWindow::ended);
    window.train(job({}, path("deaf-model"), TrainingJob::Kind::Expression, true));
    QTRY_VERIFY(window.state().startsWith(QStringLiteral("Features of slides 1 of 2")));
    buttonOf(window, QStringLiteral("Cancel"))->click();
    QCOMPARE(window.state(), QStringLiteral("Stopping. What is done is kept."));
    QTRY_COMPARE_WITH_TIMEOUT(window.state(),
                              QStringLiteral("Still stopping: it ends the piece of work at hand (features of "
                                             "slides). What does not end within 15 s is ended at once."),
                              kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    QVERIFY(window.state().startsWith(QStringLiteral("Cancelled.")));
  }

  void aChartSaysWhyThereIsNoAccuracyUntilThereIsOne() {
    PretrainingChart chart;
    const auto* plot = chart.findChild<QCustomPlot*>();
    const auto said = [&] {
      QStringList texts;
      for (int i = 0; i < plot->itemCount(); ++i) texts << qobject_cast<QCPItemText*>(plot->item(i))->text();
      return texts;
    };
    const QStringList none{QStringLiteral("No step has been told yet.")};
    const QStringList why{
        QStringLiteral("Measured at the end of an epoch, where tiles of known class are there.")};
    QCOMPARE(said(), none);
    PretrainingCurve curve;
    curve.rows = {{1, 1, 128, 8.0, NAN}, {2, 1, 256, 7.5, NAN}};
    chart.showCurve(curve);
    QCOMPARE(said(), why);
    curve.rows.push_back({3, 1, 384, 7.25, NAN});
    chart.showCurve(curve);
    QCOMPARE(said(), why);
    curve.rows.push_back({3, 1, 384, 7.0, 0.5});
    chart.showCurve(curve);
    QCOMPARE(said(), QStringList());
    chart.showCurve({});
    QCOMPARE(said(), none);
  }

  void theCurveOfAPretrainingIsFollowed() {
    const QString file = path("later.curve.csv");
    TrainingWindow window;
    window.show();
    window.watch(file.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("The file is not there yet, or empty."),
                              kPatience);
    write(file, kHeader);
    QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("No step has been told yet."), kPatience);
    QVERIFY(window.findChild<PretrainingChart*>()->isVisible());
    write(file, QByteArray(kHeader) + "10,1,80,3.25,\n20,1,160,3.125,0.7");
    QTRY_COMPARE_WITH_TIMEOUT(window.state(), QStringLiteral("Latest: step 10, epoch 1, loss 3.250."),
                              kPatience);
    write(file, QByteArray(kHeader) + "10,1,80,3.25,\n20,1,160,3.125,0.75\n30,2,240,3,\n");
    QTRY_COMPARE_WITH_TIMEOUT(window.state(),
                              QStringLiteral("Latest: step 30, epoch 2, loss 3.000, 75.0 % of neighbours are "
                                             "of the class."),
                              kPatience);
    write(file, QByteArray(kHeader) + "10,one,80,3.25,\n");
    QTRY_COMPARE_WITH_TIMEOUT(
        window.state(),
        QStringLiteral("Cannot show the training curve '%1': row 2: '10,one,80,3.25,' is no step.").arg(file),
        kPatience);
  }

 private:
  QTemporaryDir m_folder;
};

}  // namespace geneglass::pretraining_window_test

GENEGLASS_WINDOW_TEST(geneglass::pretraining_window_test::PretrainingWindowTest)
#include "pretraining_window_test.moc"
