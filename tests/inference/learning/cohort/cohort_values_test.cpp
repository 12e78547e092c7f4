// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <random>
#include <set>

#include "inference/learning/cohort/expression_table.h"
#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/cohort/label_rule.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::cohort_values_test {
namespace {

QString sentence(const Error& error) {
  return QString::fromStdString(error.sentence);
}

/// Cases A, B, ... with the values of one gene, in rows from 2.
Cohort cohortOf(const std::vector<float>& values) {
  Cohort cohort{"cohort.csv", {"MUC2"}, {}};
  for (size_t i = 0; i < values.size(); ++i)
    cohort.cases.push_back({std::string(1, char('A' + i)), Split::Train, {}, {values[i]}, i + 2});
  return cohort;
}

std::string withFirstRowOfEachCase(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string text;
  std::set<std::string> seen;
  for (std::string line; std::getline(stream, line);)
    if (seen.insert(line.substr(0, line.find(','))).second) text += line + '\n';
  return text;
}

}  // namespace

class CohortValuesTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  QString foldsRefused(const std::string& text, const Cohort& cohort) const {
    const Result<Folds> folds = readFolds(write("folds.csv", text), cohort);
    return folds ? QStringLiteral("taken")
                 : sentence(folds.error()).section(QStringLiteral("folds.csv': "), 1);
  }
  QString tableRefused(const std::string& text) const {
    const Result<ExpressionTable> table = readExpressionTable(write("table.csv", text));
    return table ? QStringLiteral("taken")
                 : sentence(table.error()).section(QStringLiteral("table.csv': "), 1);
  }

 private Q_SLOTS:
  void rawCountsAreRefusedWithTheWayOut() {
    const Result<Cohort> labels = makeLabels(cohortOf({0, 812, 15}), LabelRule::Checked);
    QVERIFY(!labels);
    QCOMPARE(
        sentence(labels.error()),
        QStringLiteral("Cannot use the cohort 'cohort.csv': row 3: the value 812 of MUC2 looks like a raw "
                       "count, as all values of this gene do; give log2(TPM + 1), or say --labels log2 to "
                       "have log2(x + 1) taken, or --labels as-is to keep the values."));
  }
  void unloggedExpressionIsRefused() {
    const Result<Cohort> labels = makeLabels(cohortOf({0.5f, 3, 151.25f}), LabelRule::Checked);
    QVERIFY(!labels);
    QVERIFY(sentence(labels.error())
                .contains(QStringLiteral(
                    "row 4: the value 151.25 of MUC2 looks like expression that is not on a logarithmic")));
  }
  void logarithmsAreTakenAsTheyAre() {
    for (const std::vector<float>& values :
         {std::vector<float>{3, 7, 12}, {-9.97f, 15.7f, 2}, {std::nanf(""), 0, 1}}) {
      const Result<Cohort> labels = makeLabels(cohortOf(values), LabelRule::Checked);
      QVERIFY(labels);
      QCOMPARE(labels->cases[1].labels[0], values[1]);
    }
    QCOMPARE(makeLabels(cohortOf({0, 812, 15}), LabelRule::AsIs)->cases[1].labels[0], 812.0f);
  }
  void logarithmsAreMadeWhereAskedFor() {
    const Result<Cohort> labels = makeLabels(cohortOf({0, 7, std::nanf("")}), LabelRule::Log2);
    QCOMPARE(labels->cases[0].labels[0], 0.0f);
    QCOMPARE(labels->cases[1].labels[0], 3.0f);
    QVERIFY(std::isnan(labels->cases[2].labels[0]));
    const Result<Cohort> twice = makeLabels(cohortOf({2, -1.5f}), LabelRule::Log2);
    QVERIFY(!twice);
    QVERIFY(sentence(twice.error()).contains(QStringLiteral("row 3: the value -1.5 of MUC2 is below 0")));
    QVERIFY(describe(LabelRule::Log2) != describe(LabelRule::AsIs));
  }

  void foldsAreReadAndWrittenAgain() {
    const Cohort cohort = cohortOf({1, 2, 3, 4});
    const Result<Folds> folds =
        readFolds(write("folds.csv", "case,fold\nD,1\nA,3\nB,2\nC,1\nelsewhere,3\n"), cohort);
    QVERIFY2(folds, folds ? "" : folds.error().sentence.c_str());
    QCOMPARE(folds->count, 3);
    QCOMPARE(folds->ofCase, (std::vector<int>{2, 1, 0, 0}));
    const Result<Folds> again = readFolds(write("again.csv", foldsAsCsv(cohort, folds->ofCase)), cohort);
    QCOMPARE(again->ofCase, folds->ofCase);
  }
  void foldsThatCannotBeAreRefused() {
    const Cohort cohort = cohortOf({1, 2, 3, 4});
    const std::string head = "case,fold\n", three = "A,0\nB,1\nC,2\n";
    QCOMPARE(foldsRefused("case;fold\n", cohort), QStringLiteral("the case 'A' of the cohort has no fold."));
    QCOMPARE(foldsRefused("case,split\n", cohort), QStringLiteral("row 1: the header must be case,fold."));
    QCOMPARE(foldsRefused(head + three + "D,0\nA,1\n", cohort),
             QStringLiteral("row 6: the case 'A' is in another fold than in row 2."));
    QCOMPARE(foldsRefused(head + three + "D,one\n", cohort),
             QStringLiteral("row 5: 'one' is not the number of a fold."));
    QCOMPARE(foldsRefused(head + three, cohort), QStringLiteral("the case 'D' of the cohort has no fold."));
    QCOMPARE(foldsRefused(head + "A,0\nB,1\nC,1\nD,0\n", cohort),
             QStringLiteral("the cohort's cases are in 2 folds, at least 3 are needed."));
    QCOMPARE(foldsRefused(head + "A,0\nB,1\nC,1\nD,3\nE,2\n", cohort),
             QStringLiteral("none of the cohort's cases is in the fold 2."));
  }
  void aGeneWithoutValuesInAFoldIsRefused() {
    const float none = std::nanf("");
    const Result<void> own = checkFolds(cohortOf({none, none, 1, 2, 3, 4}), {3, {0, 0, 1, 1, 2, 2}});
    QVERIFY(!own &&
            sentence(own.error()).contains(QStringLiteral("the gene MUC2 has no value in the fold 0")));
    const Result<void> others = checkFolds(cohortOf({1, 2, 5, 6, 3, 3}), {3, {0, 0, 1, 1, 2, 2}});
    QVERIFY(!others &&
            sentence(others.error())
                .contains(QStringLiteral("less than two different values outside the folds 0 and 1")));
    QVERIFY(checkFolds(cohortOf({1, none, 5, 6, 3, 4}), {3, {0, 0, 1, 1, 2, 2}}).has_value() == false);
    QVERIFY(checkFolds(cohortOf({1, 2, 5, 6, 3, 4}), {3, {0, 0, 1, 1, 2, 2}}));
  }

  void tablesAreRefusedWithTheRow() {
    QCOMPARE(tableRefused("case\tMUC2\n"), QStringLiteral("it has no rows of values."));
    QCOMPARE(tableRefused("case|MUC2\n"),
             QStringLiteral("row 1: the columns are separated by bars; separate them with commas."));
    QCOMPARE(tableRefused("case,MUC2\nA,1\nB,2\nA,3\n"),
             QStringLiteral("row 4: the case 'A' is in row 2 already."));
    QCOMPARE(tableRefused("case,MUC2\nA,nan\n"),
             QStringLiteral("row 2: 'nan' for MUC2 is not a number; leave the cell empty where a value is "
                            "missing."));
    QCOMPARE(tableRefused("case,MUC2\nA,1,2\n"), QStringLiteral("row 2: 3 cells where the header has 2."));
    QCOMPARE(tableRefused("case,MUC2\n"), QStringLiteral("it has no rows of values."));
  }
  void whatIsNoTableIsRefusedInASentence_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& text, const char* reason) {
      QTest::newRow(name) << text << QString::fromUtf8(reason);
    };
    const std::string million(1'000'000, 'x'), shown = std::string(60, 'x') + "...";
    row("empty", "", "the file is empty.");
    row("blank lines", "\n\r\n  \n", "the file is empty.");
    row("a mark of bytes alone", "\xef\xbb\xbf", "the file is empty.");
    row("one column", "case\nA\nB\n", "row 1: there is no column for a gene after the case.");
    row("a line of a million letters", "case,MUC2\n" + million + "\n",
        "row 2: 1 cells where the header has 2.");
    row("a cell of a million letters", "case,MUC2\nA," + million + "\n",
        ("row 2: '" + shown + "' for MUC2 is not a number; leave the cell empty where a value is missing.")
            .c_str());
    row("zero bytes", std::string("case,MUC2\nA,\0001\n", 15),
        "row 2: it holds bytes of 0, so it is no plain text.");
    row("UTF-16",
        std::string("\xff\xfe"
                    "c\0a\0s\0e\0,\0M\0",
                    14),
        "row 1: it holds bytes of 0, so it is no plain text.");
    row("carriage returns alone", "case,MUC2\rA,1\rB,2\r",
        "row 1: its lines end with carriage returns alone; save it with line feeds.");
    row("an open quotation mark", "case,MUC2\n\"A,1\nB\",2\n", "row 2: a quotation mark is not closed.");
    row("no gene has a name", "case,,\nA,1,2\n", "row 1: there is no column for a gene after the case.");
    row("a case without a name", "case,MUC2\n,1\n", "row 2: the case has no name.");
    for (const char* value : {"NaN", "inf", "-inf", "1e39", "0x10", "1 2", "+1", "12.5%"})
      row(value, "case,MUC2\nA," + std::string(value) + "\n",
          ("row 2: '" + std::string(value) +
           "' for MUC2 is not a number; leave the cell empty where a value is missing.")
              .c_str());
    row("a short row", "case,MUC2,VIM\nA,1\n", "row 2: 2 cells where the header has 3.");
  }
  void whatIsNoTableIsRefusedInASentence() {
    QFETCH(std::string, text);
    QFETCH(QString, reason);
    QCOMPARE(tableRefused(text), reason);
  }
  void quotedNamesMarksOfBytesAndCarriageReturnsAreRead() {
    const Result<ExpressionTable> table = readExpressionTable(write(
        "table.csv", "\xef\xbb\xbfid,\"HLA, A\",MUC2\r\n\r\n\"A, \"\"one\"\"\",-1.5,NA\r\nB, 2 ,3e0\r\n"));
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->genes, (std::vector<std::string>{"HLA, A", "MUC2"}));
    QCOMPARE(table->cases, (std::vector<std::string>{"A, \"one\"", "B"}));
    QCOMPARE(table->rows, (std::vector<size_t>{3, 4}));
    QCOMPARE(table->values.at(0, 0), -1.5f);  // a logarithm may be below 0; fold changes refuse it
    QVERIFY(std::isnan(table->values.at(0, 1)));
    QCOMPARE(table->values.at(1, 1), 3.0f);
  }
  /// Beginnings and single changed bytes of a good table: taken or refused with the file's name, never more.
  void brokenTablesAreSentences() {
    const std::string good =
        "\xef\xbb\xbf"
        "case,MUC2,\"VIM, 2\"\r\nA,1.5,2\r\nB,NA,-3e-2\r\n";
    std::mt19937 random(4);
    for (int run = 0; run < 600; ++run) {
      std::string text = good.substr(0, run < int(good.size()) ? size_t(run) : good.size());
      if (run >= int(good.size())) text[random() % text.size()] = char(random() % 256);
      const Result<ExpressionTable> table = readExpressionTable(write("table.csv", text));
      if (!table) QVERIFY2(sentence(table.error()).contains(QStringLiteral("table.csv'")), text.c_str());
      if (table) QCOMPARE(table->values.values.size(), table->cases.size() * table->genes.size());
    }
  }
  void valuesComeToTheirCases() {
    Cohort cohort = cohortOf({0, 0, 0});
    cohort.genes.clear();
    for (CohortCase& one : cohort.cases) one.labels.clear();
    const ExpressionTable table =
        *readExpressionTable(write("table.csv", ",MUC2,VIM\nC,1,2\nZ,0,0\nA,NA,4\n"));
    const Result<JoinedCohort> joined = joinExpression(cohort, table, {"VIM"});
    QVERIFY(joined);
    QCOMPARE(joined->leftOut, std::vector<std::string>{"B"});
    QCOMPARE(joined->cohort.cases.size(), size_t{2});
    QCOMPARE(joined->cohort.cases[0].labels, std::vector<float>{4});
    QCOMPARE(joined->cohort.cases[0].row, size_t{4});
    QVERIFY(sentence(joinExpression(cohort, table, {"LYZ"}).error())
                .endsWith(QStringLiteral("there is no column for the gene LYZ.")));
    cohort.cases[0].name = cohort.cases[1].name = cohort.cases[2].name = "elsewhere";
    QVERIFY(sentence(joinExpression(cohort, table, {}).error())
                .contains(QStringLiteral("it has none of the cases of 'cohort.csv'")));
  }
  void aGeneOfTwoColumnsIsRefusedOnlyWhereItIsAskedFor() {
    const Cohort cohort = cohortOf({0});
    const ExpressionTable table =
        *readExpressionTable(write("table.csv", "case,VIM,SNORA70,,SNORA70,\nA,1,2,9,3,7\n"));
    QCOMPARE(table.genes, (std::vector<std::string>{"VIM", "SNORA70", "SNORA70"}));
    QCOMPARE(joinExpression(cohort, table, {"VIM"})->cohort.cases[0].labels, std::vector<float>{1});
    for (const auto& genes : {std::vector<std::string>{"SNORA70"}, std::vector<std::string>{}})
      QVERIFY(sentence(joinExpression(cohort, table, genes).error())
                  .endsWith(QStringLiteral("the gene SNORA70 has two columns.")));
  }
  void allMissingGenesAreNamedAtOnce() {
    const ExpressionTable table = *readExpressionTable(write("table.csv", "case,VIM\nA,1\n"));
    QVERIFY(sentence(joinExpression(cohortOf({0}), table, {"LYZ", "VIM", "CD8A"}).error())
                .endsWith(QStringLiteral("there is no column for the genes LYZ, CD8A.")));
  }
  void aPatientGetsTheRowOfItsTumourSample() {
    Cohort cohort = cohortOf({0, 0, 0, 0});
    const char* names[]{"TCGA-A6-2671", "TCGA-A6-2672", "TCGA-A6-2673", "TCGA-A6-2674"};
    for (size_t i = 0; i < 4; ++i) cohort.cases[i].name = names[i];
    const ExpressionTable table = *readExpressionTable(
        write("table.csv",
              "sample,VIM\nTCGA-A6-2671-11A-01R-A32Z-07,1\nTCGA-A6-2671-01B-11R-0905-07,2\n"
              "TCGA-A6-2671-01A-11R-0905-07,3\nTCGA-A6-2672-06A-11R-0905-07,4\n"
              "TCGA-A6-2673-11A-11R-0905-07,5\nTCGA-A6-2674,6\nTCGA-A6-2674-01A,7\n"));
    const Result<JoinedCohort> joined = joinExpression(cohort, table, {});
    QVERIFY(joined);
    QCOMPARE(joined->leftOut, std::vector<std::string>{"TCGA-A6-2673"});
    QCOMPARE(joined->byPatient, size_t{2});
    QCOMPARE(joined->otherSamples, size_t{2});
    QCOMPARE(joined->cohort.labels().values, (std::vector<float>{3, 4, 6}));
    QCOMPARE(joined->cohort.cases[0].row, size_t{4});
  }

  /// Plumbing: real tables and splits, with files standing in for the slides.
  void realTablesAreReadCheckedAndSplit() {
    const std::filesystem::path bulk = testing::dataFolder() / "bulk";
    if (!std::filesystem::exists(bulk / "splits")) QSKIP("the shared data are not here");
    const std::filesystem::path file = bulk / "tcga_coadread_rna_1577.csv";
    const Result<ExpressionTable> asItIs = readExpressionTable(file);
    QVERIFY(!asItIs);  // three patients have two rows
    QVERIFY(sentence(asItIs.error())
                .endsWith(QStringLiteral("row 64: the case 'TCGA-G4-6317' is in row 63 already.")));
    const Result<ExpressionTable> table =
        readExpressionTable(write("first_rows.csv", withFirstRowOfEachCase(file)));
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->cases.size(), size_t{317});
    QCOMPARE(table->genes.size(), size_t{1577});
    std::set<std::string> split;
    for (int fold = 0; fold < 5; ++fold) {
      std::ifstream stream(bulk / "splits" / ("splits_" + std::to_string(fold) + ".csv"));
      for (std::string line; std::getline(stream, line);)
        if (const size_t last = line.rfind(','); line.find("TCGA", last) != std::string::npos)
          split.insert(line.substr(last + 1, 12));
    }
    QCOMPARE(split.size(), size_t{298});
    std::string rows = "slide,case,split\n";
    for (const std::string& name : split) {
      std::ofstream(path(name + ".tif")) << "stands in for a slide";
      rows += name + ".tif," + name + ",train\n";
    }
    const Result<Cohort> cohort = readCohort(write("tcga.csv", rows), LabelsAre::Elsewhere);
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    const Result<JoinedCohort> joined = joinExpression(*cohort, *table, {});
    QVERIFY(joined);
    QCOMPARE(joined->leftOut.size(), size_t{2});
    const Result<Cohort> labels = makeLabels(joined->cohort, LabelRule::Checked);
    QVERIFY2(labels, labels ? "" : labels.error().sentence.c_str());
    QVERIFY(
        sentence(chooseCases(*labels, Split::Train, 5).error())
            .endsWith(QStringLiteral("the gene VAMP7 has one and the same value in every case of the split "
                                     "train.")));
    const Result<Folds> folds = readFolds(bulk / "splits", *labels);
    QVERIFY2(folds, folds ? "" : folds.error().sentence.c_str());
    QCOMPARE(folds->count, 5);
    const Cohort chosen = joinExpression(*cohort, *table, {"FMO2", "APIP"})->cohort;
    QVERIFY(checkFolds(chosen, *folds) && chooseCases(chosen, Split::Train, 5));
  }
};

}  // namespace geneglass::cohort_values_test

GENEGLASS_TEST(geneglass::cohort_values_test::CohortValuesTest)
#include "cohort_values_test.moc"
