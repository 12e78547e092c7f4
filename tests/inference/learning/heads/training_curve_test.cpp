// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

#include "inference/learning/heads/training_curve.h"
#include "inference/learning/heads/training_curve_reader.h"
#include "inference/learning/packages/training_preparation.h"
#include "tests/support/test_program.h"

namespace geneglass::training_curve_test {

static const QByteArray kHeader = "fold,gene,epoch,training_loss,validation_loss,validation_r\n";

/// The training curve while it is written and by who must not have written it; what a training asks first.
class TrainingCurveTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  std::filesystem::path write(const char* name, const QByteArray& text) const {
    std::ofstream(path(name), std::ios::binary | std::ios::trunc).write(text.constData(), text.size());
    return path(name);
  }
  TrainingRequest question(const QByteArray& cohort) const {
    for (const char* name : {"a.h5", "b.h5", "c.h5", "d.h5", "e.h5", "f.h5", "g.h5", "h.h5"})
      write(name, "slide");
    TrainingRequest asked;
    asked.cohort = write("cohort.csv", cohort);
    asked.options.recipe = "geneglass";
    asked.options.out = path("model");
    asked.options.folds = 3;
    return asked;
  }

 private Q_SLOTS:
  void whatATrainingWritesIsReadBack() {
    Result<TrainingCurve> curve = TrainingCurve::begin(path("written.csv"));
    QVERIFY(curve);
    curve->add("0", "", {1, 60, 0.9, 1.25, 0.1});
    curve->add("0", "", {2, 60, 0.8, 1.0, 0.25});
    curve->add("final", "", {1, 30, 0.7, std::nan(""), std::nan("")});
    const auto read = readTrainingCurve(path("written.csv"));
    QVERIFY(read);
    QVERIFY(read->begun);
    QCOMPARE(read->runs.size(), size_t(2));
    QCOMPARE(read->latest, size_t(1));
    const CurveRun& fold = read->runs[0];
    QCOMPARE(fold.epochs.size(), size_t(2));
    QCOMPARE(fold.epochs[1].trainingLoss, double(0.8f));
    QCOMPARE(fold.epochs[1].validationR, 0.25);
    QCOMPARE(bestEpochOf(fold), 1);
    QCOMPARE(read->runs[1].fold, std::string("final"));
    QVERIFY(std::isnan(read->runs[1].epochs[0].validationLoss));
    QCOMPARE(bestEpochOf(read->runs[1]), -1);
  }

  void whatIsNotWrittenYetIsNoError_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("begun");
    QTest::addColumn<int>("epochs");
    QTest::newRow("nothing") << QByteArray() << false << 0;
    QTest::newRow("half a header") << kHeader.left(12) << false << 0;
    QTest::newRow("a header without its end") << kHeader.chopped(1) << false << 0;
    QTest::newRow("a header") << kHeader << true << 0;
    QTest::newRow("half a row") << kHeader + "0,,1,0.9,1.2,0.1\n0,,2,0.8,1.1" << true << 1;
    QTest::newRow("a row without its end") << kHeader + "0,,1,0.9,1.2,0.1\n0,,2,0.8,1.1,0.2" << true << 1;
    QTest::newRow("a row twice") << kHeader + "0,,1,0.9,1.2,0.1\n0,,1,0.9,1.2,0.1\n" << true << 1;
    QTest::newRow("rows in another order") << kHeader + "0,,2,0.8,1.1,0.2\n0,,1,0.9,1.2,0.1\n" << true << 2;
  }
  void whatIsNotWrittenYetIsNoError() {
    QFETCH(QByteArray, text);
    QFETCH(bool, begun);
    QFETCH(int, epochs);
    const auto read = readTrainingCurve(write("growing.csv", text));
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->begun, begun);
    QCOMPARE(read->runs.empty() ? 0 : int(read->runs[0].epochs.size()), epochs);
    if (epochs == 2) QCOMPARE(read->runs[0].epochs[0].epoch, 1);
  }

  void aFileThatIsNotThereIsNotBegun() {
    const auto read = readTrainingCurve(path("absent.csv"));
    QVERIFY(read);
    QVERIFY(!read->begun);
  }

  void anotherFileIsRefusedWithTheRowAndTheReason_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    const QString head = QStringLiteral(
        "row 1: the header must be fold,gene,epoch,training_loss,validation_loss,validation_r.");
    QTest::newRow("a cohort") << QByteArray("slide,case,split,MUC2\na.h5,A,train,1\n") << head;
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11) << head;
    QTest::newRow("a word") << kHeader + "0,,1,0.9,good,0.1\n"
                            << QStringLiteral("row 2: '0,,1,0.9,good,0.1' is no epoch.");
    QTest::newRow("cells missing") << kHeader + "0,,1,0.9,1.2,0.1\n0,,2\n"
                                   << QStringLiteral("row 3: '0,,2' is no epoch.");
    QTest::newRow("half an epoch") << kHeader + "0,,1.5,0.9,1,0.1\n"
                                   << QStringLiteral("row 2: '0,,1.5,0.9,1,0.1' is no epoch.");
  }
  void anotherFileIsRefusedWithTheRowAndTheReason() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    const auto read = readTrainingCurve(write("wrong.csv", text));
    QVERIFY(!read);
    QCOMPARE(QString::fromStdString(read.error().sentence),
             QStringLiteral("Cannot show the training curve '%1': %2")
                 .arg(QString::fromStdString(path("wrong.csv").string()), reason));
  }

  void theMeanOverGenesTakesTheLastEpochOfOneThatStoppedEarlier() {
    const std::vector<CurveRun> runs{{"0", "MUC2", {{1, 0, 1, 2, 0.2}, {2, 0, 0.5, 1, 0.4}}},
                                     {"0", "CDX2", {{1, 0, 3, 4, 0.6}}},
                                     {"1", "MUC2", {{1, 0, 1, 1, std::nan("")}}}};
    const std::vector<CurveRun> means = meanOverGenes(runs);
    QCOMPARE(means.size(), size_t(2));
    QCOMPARE(means[0].epochs.size(), size_t(2));
    QCOMPARE(means[0].epochs[0].trainingLoss, 2.0);
    QCOMPARE(means[0].epochs[1].validationLoss, 2.5);
    QCOMPARE(means[0].epochs[1].validationR, 0.5);
    QVERIFY(std::isnan(means[1].epochs[0].validationR));
  }

  void aTrainingIsRefusedBeforeItBegins_data() {
    QTest::addColumn<QByteArray>("cohort");
    QTest::addColumn<QString>("reason");
    const QByteArray rows = "slide,case,split,MUC2\na.h5,A,train,1.5\nb.h5,B,train,2.5\n";
    const QString cohort = QStringLiteral("Cannot use the cohort '%1': ")
                               .arg(QString::fromStdString(path("cohort.csv").string()));
    QTest::newRow("missing slide") << rows + "none.tif,C,train,3\n"
                                   << cohort + QStringLiteral("row 4: there is no slide 'none.tif'.");
    QTest::newRow("few cases") << rows
                               << cohort + QStringLiteral(
                                               "2 cases are in the split train, at least 3 are needed.");
    QTest::newRow("constant gene")
        << QByteArray("slide,case,split,MUC2\na.h5,A,train,1.5\nb.h5,B,train,1.5\nc.h5,C,train,1.5\n")
        << cohort + QStringLiteral(
                        "the gene MUC2 has one and the same value in every case of the split "
                        "train.");
    QTest::newRow("a fold without a value")
        << rows + "c.h5,C,train,\nd.h5,D,train,\ne.h5,E,train,\nf.h5,F,train,\n"
        << cohort + QStringLiteral("the gene MUC2 has no value in the fold");
  }
  void aTrainingIsRefusedBeforeItBegins() {
    QFETCH(QByteArray, cohort);
    QFETCH(QString, reason);
    const auto prepared = prepareTraining(question(cohort));
    QVERIFY(!prepared);
    const QString sentence = QString::fromStdString(prepared.error().sentence);
    QVERIFY2(sentence.startsWith(reason), qPrintable(sentence));
  }

  void aSlideThatCannotBeOpenedIsRefusedBeforeItBegins() {
    const QByteArray cohort =
        "slide,case,split,MUC2\na.h5,A,train,1.5\nb.h5,B,train,2.5\nc.h5,C,train,3.5\nd.h5,D,train,3\n"
        "e.h5,E,train,2\nbroken.tif,F,train,4\n";
    const std::filesystem::path broken = write("broken.tif", "no slide");
    const auto prepared = prepareTraining(question(cohort));
    QVERIFY(!prepared);
    QVERIFY2(prepared.error().sentence.starts_with("Cannot open '" + broken.string() + "': "),
             prepared.error().sentence.c_str());
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(QString::fromStdString(prepareTraining(question(cohort), stop.get_token()).error().sentence),
             QStringLiteral("The check was cancelled."));
  }

  void aTrainingThatCanBeginSaysWhatItLearnsFrom() {
    TrainingRequest asked = question(
        "slide,case,split,MUC2,CDX2\na.h5,A,train,1.5,1\nb.h5,B,train,2.5,2.5\nc.h5,C,train,3.5,3\n"
        "d.h5,D,train,3,3.5\ne.h5,E,train,2,4.5\nf.h5,F,train,4,1.5\ng.h5,F,train,4,1.5\n"
        "h.h5,H,test,2.5,1\n");
    const auto prepared = prepareTraining(asked);
    QVERIFY2(prepared, prepared ? "" : prepared.error().sentence.c_str());
    const TrainingFacts facts = factsOf(*prepared);
    QCOMPARE(facts.genes, size_t(2));
    QCOMPARE(facts.cases, size_t(6));
    QCOMPARE(facts.slides, size_t(7));
    QCOMPARE(facts.testCases, size_t(1));
    QVERIFY(!facts.goesOn);
    std::filesystem::create_directory(path("model.training"));
    QVERIFY(factsOf(*prepareTraining(asked)).goesOn);
    asked.options.recipe = "graziani2022";
    QVERIFY(!prepareTraining(asked));
    asked.options.recipe = "geneglass";
    asked.options.out = m_folder.path().toStdString();
    QCOMPARE(QString::fromStdString(prepareTraining(asked).error().sentence),
             QStringLiteral("Cannot write '%1': it exists already; remove it or choose another name.")
                 .arg(m_folder.path()));
  }
};

}  // namespace geneglass::training_curve_test

GENEGLASS_TEST(geneglass::training_curve_test::TrainingCurveTest)
#include "training_curve_test.moc"
