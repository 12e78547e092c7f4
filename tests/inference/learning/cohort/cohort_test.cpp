// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/cohort.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

#include "tests/support/test_program.h"

namespace geneglass::cohort_test {

class CohortTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  std::filesystem::path write(const QByteArray& text) const {
    std::ofstream(path("cohort.csv")) << text.constData();
    return path("cohort.csv");
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* name : {"a.tif", "b.tif", "c.tif", "d.tif"}) std::ofstream(path(name)) << "slide";
  }

  void refusesWithTheRowAndTheReason_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    const QByteArray header = "slide,case,split,MUC2\n";
    const auto row = [](const char* name, const QByteArray& text, const QString& reason) {
      QTest::newRow(name) << text << reason;
    };
    row("empty", "", QStringLiteral("the file is empty."));
    row("no rows", header, QStringLiteral("it has a header and no rows."));
    row("semicolons", "slide;case;split;MUC2\n", QStringLiteral("it has a header and no rows."));
    row("tabs", "slide\tcase\tsplit\tMUC2\n", QStringLiteral("it has a header and no rows."));
    row("bars", "slide|case|split|MUC2\n",
        QStringLiteral("row 1: the columns are separated by bars; separate them with commas."));
    row("other header", "file,case,split,MUC2\n",
        QStringLiteral("row 1: the header must begin with slide,case,split."));
    row("no genes", "slide,case,split\na.tif,A,train\n",
        QStringLiteral("row 1: there is no column for a gene after slide,case,split."));
    row("gene twice", "slide,case,split,MUC2,MUC2\n",
        QStringLiteral("row 1: the gene MUC2 has two columns."));
    row("missing file", header + "a.tif,A,train,1\nnone.tif,B,train,2\n",
        QStringLiteral("row 3: there is no slide 'none.tif'."));
    row("not a number", header + "a.tif,A,train,NaN\n",
        QStringLiteral(
            "row 2: 'NaN' for MUC2 is not a number; leave the cell empty where a value is missing."));
    row("decimal comma", header + "a.tif,A,train,1,5\n",
        QStringLiteral("row 2: 5 cells where the header has 4."));
    row("slide twice", header + "a.tif,A,train,1\n./a.tif,B,train,2\n",
        QStringLiteral("row 3: the slide './a.tif' was given in row 2 already."));
    row("both splits", header + "a.tif,A,train,1\nb.tif,A,test,1\n",
        QStringLiteral("row 3: the case 'A' is in both splits (see row 2)."));
    row("other split", header + "a.tif,A,holdout,1\n",
        QStringLiteral("row 2: the split is 'holdout'; it must be train or test."));
    row("case differs", header + "a.tif,A,train,1\nb.tif,A,train,2\n",
        QStringLiteral("row 3: the values of case 'A' differ from row 2."));
    row("one patient, two cases", header + "a.tif,TCGA-AA-3511-01A,train,1\nb.tif,TCGA-AA-3511-11A,train,2\n",
        QStringLiteral(
            "row 3: the case 'TCGA-AA-3511-11A' is of the same patient as 'TCGA-AA-3511-01A' in row "
            "2, and the two could come into different folds; give both one name."));
    row("no case", header + "a.tif,,train,1\n", QStringLiteral("row 2: the case has no name."));
  }
  void refusesWithTheRowAndTheReason() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    const std::filesystem::path file = write(text);
    const Result<Cohort> cohort = readCohort(file);
    QVERIFY(!cohort);
    QCOMPARE(
        QString::fromStdString(cohort.error().sentence),
        QStringLiteral("Cannot use the cohort '%1': %2").arg(QString::fromStdString(file.string()), reason));
  }

  void aMissingCohortIsNamed() {
    const Result<Cohort> cohort = readCohort(path("none.csv"));
    QVERIFY(!cohort);
    QVERIFY(cohort.error().sentence.find("none.csv") != std::string::npos);
  }

  void slidesOfOneCaseMakeOneBag() {
    const Result<Cohort> cohort = readCohort(
        write("\xef\xbb\xbfslide,case,split,MUC2,TFF3\r\na.tif,\"A, one\",train,1.5,\r\nb.tif,B,test,2,3\r\n"
              "\r\nc.tif,\"A, one\",train,1.5,\r\n"));
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(cohort->cases.size(), size_t{2});
    QCOMPARE(cohort->slideCount(), size_t{3});
    QCOMPARE(cohort->cases[0].name, std::string("A, one"));
    QCOMPARE(cohort->cases[0].slides.size(), size_t{2});
    QCOMPARE(cohort->genes, (std::vector<std::string>{"MUC2", "TFF3"}));
    QCOMPARE(cohort->labels().at(0, 0), 1.5f);
    QVERIFY(std::isnan(cohort->labels().at(0, 1)));
    QCOMPARE(cohort->cases[1].split, Split::Test);
  }

  void fewerCasesThanFoldsAreRefused() {
    const Result<Cohort> cohort =
        readCohort(write("slide,case,split,MUC2\na.tif,A,train,1\nb.tif,B,train,2\nc.tif,C,test,3\n"));
    const Result<Cohort> chosen = chooseCases(*cohort, Split::Train, 3);
    QVERIFY(!chosen);
    QVERIFY(chosen.error().sentence.ends_with("2 cases are in the split train, at least 3 are needed."));
  }
  void aConstantGeneIsRefused() {
    const Result<Cohort> cohort =
        readCohort(write("slide,case,split,MUC2,LYZ\na.tif,A,train,1,4\nb.tif,B,train,2,4\nc.tif,C,train,2,"
                         "\nd.tif,D,test,2,7\n"));
    const Result<Cohort> chosen = chooseCases(*cohort, Split::Train, 3);
    QVERIFY(!chosen);
    QVERIFY(chosen.error().sentence.ends_with(
        "the gene LYZ has one and the same value in every case of the split train."));
  }
  void evaluationPrefersTheTestSplit() {
    const char* rows =
        "slide,case,split,MUC2\na.tif,A,train,1\nb.tif,B,test,2\nc.tif,C,test,3\nd.tif,D,test,4\n";
    QCOMPARE(chooseCasesToEvaluate(*readCohort(write(rows)))->cases.size(), size_t{3});
    const QByteArray allTrain = QByteArray(rows).replace("test", "train");
    QCOMPARE(chooseCasesToEvaluate(*readCohort(write(allTrain)))->cases.size(), size_t{4});
  }
};

}  // namespace geneglass::cohort_test

GENEGLASS_TEST(geneglass::cohort_test::CohortTest)
#include "cohort_test.moc"
