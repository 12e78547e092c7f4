// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/fold_change.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <sstream>

#include "inference/learning/cohort/gene_list.h"
#include "inference/learning/cohort/tcga_barcode.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/csv_line.h"

namespace geneglass::fold_change_test {

using namespace geneglass::testing;

namespace {

Cohort cohortOf(const std::vector<std::string>& names) {
  Cohort cohort{"cohort.csv", {}, {}};
  for (const std::string& name : names) cohort.cases.push_back({name, Split::Train, {"slide.tif"}, {}, 2});
  return cohort;
}

QString text(const std::string& sentence) {
  return QString::fromStdString(sentence);
}

}  // namespace

class FoldChangeTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string write(const char* name, const std::string& lines) const {
    const std::string file = m_folder.path().toStdString() + "/" + name;
    std::ofstream(file, std::ios::binary) << lines;
    return file;
  }
  ExpressionTable table(const char* name, const std::string& lines) const {
    const Result<ExpressionTable> read = readExpressionTable(write(name, lines));
    if (!read) qFatal("%s", read.error().sentence.c_str());
    return *read;
  }
  Result<FoldChanges> made(const std::string& tumour, const std::string& normal,
                           const std::vector<std::string>& cases,
                           LabelRule rule = LabelRule::FoldChangeLog10) const {
    return foldChanges(cohortOf(cases), table("t.csv", tumour), table("n.csv", normal), {}, rule);
  }

 private Q_SLOTS:
  void bothLabelsAreTheirFormulas() {
    const auto ten = made("case,A,B\np1,300,0\n", "case,A,B\np1,100,40\n", {"p1"});
    QVERIFY(ten && ten->notes.size() == 0);
    QVERIFY(std::abs(ten->cohort.cases[0].labels[0] - std::log10(4.0)) < 1e-6);
    QCOMPARE(ten->cohort.cases[0].labels[1], 0.0f);
    const auto two = made("case,A,B\np1,1023,0\n", "case,A,B\np1,0,255\n", {"p1"}, LabelRule::FoldChangeLog2);
    QVERIFY(two && two->notes.empty());
    QCOMPARE(two->cohort.cases[0].labels[0], 10.0f);
    QCOMPARE(two->cohort.cases[0].labels[1], -8.0f);
    QCOMPARE(two->cohort.cases[0].row, size_t{2});
  }

  void samplesOfAPatientAreFoundByTheirBarcodes() {
    const std::string both =
        "sample,A\nTCGA-AA-0001-11A-01R,100\nTCGA-AA-0002-01A-11R,40\nTCGA-AA-0001-01A-11R,300\n"
        "TCGA-AA-0001-06A-11R,900\nTCGA-AA-0002-11A-01R,80\n";
    const ExpressionTable one = table("both.csv", both);
    const auto found = foldChanges(cohortOf({"TCGA-AA-0002", "TCGA-AA-0001-01A"}), one, one, {"A"},
                                   LabelRule::FoldChangeLog10);
    QVERIFY2(found, found ? "" : found.error().sentence.c_str());
    QCOMPARE(found->cohort.cases.size(), 2u);
    QVERIFY(std::abs(found->cohort.cases[0].labels[0] - std::log10(1.5)) < 1e-6);
    QVERIFY(std::abs(found->cohort.cases[1].labels[0] - std::log10(4.0)) < 1e-6);
    QCOMPARE(found->notes.size(), 1u);
    QVERIFY(text(found->notes[0])
                .endsWith(QStringLiteral("'TCGA-AA-0001-06A-11R' is neither a primary tumour (01) nor normal "
                                         "tissue (11) and is left out.")));
    QVERIFY(text(found->notes[0]).startsWith(QStringLiteral("Row 5 of '")));
  }

  void whatIsMissingIsLeftOutAndSaid() {
    const auto some =
        made("case,A,B\np1,300,10\np2,100,10\n", "case,A,B\np1,0,100\np3,100,10\n", {"p1", "p2", "p3"});
    QVERIFY(some);
    QCOMPARE(some->cohort.cases.size(), 1u);
    QVERIFY(std::isnan(some->cohort.cases[0].labels[0]));
    QVERIFY(std::abs(some->cohort.cases[0].labels[1] - std::log10(1.1)) < 1e-6);
    QCOMPARE(some->notes.size(), 3u);
    QVERIFY(text(some->notes[0])
                .endsWith(QStringLiteral("n.csv': the count of A is 0, so the fold change of 'p1' is not "
                                         "defined there and is left out.")));
    QVERIFY(text(some->notes[0]).startsWith(QStringLiteral("Row 2 of '")));
    QVERIFY(text(some->notes[1]).startsWith(QStringLiteral("The case 'p2' has no normal sample in '")));
    QVERIFY(text(some->notes[2]).startsWith(QStringLiteral("The case 'p3' has no tumour sample in '")));
  }

  void aMissingValueIsAMissingLabel() {
    const auto some = made("case,A,B\np1,,300\n", "case,A,B\np1,100,NA\n", {"p1"});
    QVERIFY(some && some->notes.empty());
    QVERIFY(std::isnan(some->cohort.cases[0].labels[0]) && std::isnan(some->cohort.cases[0].labels[1]));
  }

  void tablesOfLogarithmsAreSaidToLookSo() {
    const auto some = made("case,A\np1,12.5\n", "case,A\np1,120\n", {"p1"});
    QVERIFY(some);
    QCOMPARE(some->notes.size(), 1u);
    QVERIFY(text(some->notes[0])
                .endsWith(QStringLiteral(
                    "t.csv' is above 12.5, as in a table of logarithms; fold changes need counts or TPM.")));
  }

  void tablesThatCannotBeUsedAreRefused_data() {
    QTest::addColumn<QString>("tumour");
    QTest::addColumn<QString>("normal");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* tumour, const char* normal, const char* reason) {
      QTest::newRow(name) << QString::fromUtf8(tumour) << QString::fromUtf8(normal)
                          << QString::fromUtf8(reason);
    };
    const char* fine = "case,A\nTCGA-AA-0001,50\n";
    row("two samples", "case,A\nTCGA-AA-0001-01A,50\nTCGA-AA-0001-01B,60\n", fine,
        "t.csv': row 3: 'TCGA-AA-0001' has a tumour sample in row 2 already; leave one of them.");
    row("normal among tumours", "case,A\nTCGA-AA-0001-11A,50\n", fine,
        "t.csv': row 2: 'TCGA-AA-0001-11A' is a normal sample by its barcode, in the table of tumour "
        "samples.");
    row("tumour among normals", fine, "case,A\nTCGA-AA-0001-01A,50\n",
        "n.csv': row 2: 'TCGA-AA-0001-01A' is a tumour sample by its barcode, in the table of normal "
        "samples.");
    row("below 0", fine, "case,A\nTCGA-AA-0001,-1\n",
        "n.csv': row 2: the value -1 of A is below 0; fold changes need counts or TPM, not their "
        "logarithms.");
    row("no such gene", fine, "case,B\nTCGA-AA-0001,50\n", "n.csv': there is no column for the gene A.");
    row("nobody", fine, "case,A\nTCGA-AA-0002,50\n", "n.csv'.");
  }
  void tablesThatCannotBeUsedAreRefused() {
    QFETCH(QString, tumour);
    QFETCH(QString, normal);
    QFETCH(QString, reason);
    const auto some = made(tumour.toStdString(), normal.toStdString(), {"TCGA-AA-0001"});
    QVERIFY(!some);
    QVERIFY2(text(some.error().sentence).endsWith(reason), some.error().sentence.c_str());
  }

  void aListOfGenesIsReadAndChecked() {
    const auto genes = readGeneList(write("fine.txt", "\xef\xbb\xbf# drivers\nTP53\n\n  KRAS \r\nHLA-A\n"));
    QVERIFY2(genes, genes ? "" : genes.error().sentence.c_str());
    QCOMPARE(*genes, (std::vector<std::string>{"TP53", "KRAS", "HLA-A"}));
    const std::pair<std::string, const char*> cases[] = {
        {"TP53\nKRAS\nTP53\n", "row 3: TP53 is in row 1 already."},
        {"TP53,KRAS\n", "row 1: 'TP53,KRAS' is not one symbol; give one a line."},
        {"TP53\nKRAS APC\n", "row 2: 'KRAS APC' is not one symbol; give one a line."},
        {"# none\n\n", "it holds no symbol."},
        {"", "it holds no symbol."},
        {"TP53\rKRAS\r", "row 1: its lines end with carriage returns alone; save it with line feeds."},
        {std::string("\xff\xfeT\0P\0", 6), "row 1: it holds bytes of 0, so it is no plain text."},
        {"TP53;KRAS\n", "row 1: 'TP53;KRAS' is not one symbol; give one a line."},
        {"a symbol that is a whole sentence and goes on and on and on and on and on\n",
         "row 1: 'a symbol that is a whole sentence and goes on and on and on ...' is not one symbol; give "
         "one a "
         "line."}};
    for (const auto& [lines, reason] : cases) {
      const auto broken = readGeneList(write("broken.txt", lines));
      QVERIFY(!broken);
      QVERIFY2(text(broken.error().sentence).endsWith(QString::fromUtf8(reason)),
               broken.error().sentence.c_str());
    }
    QVERIFY(text(readGeneList("/none.txt").error().sentence)
                .startsWith(QStringLiteral("Cannot open the list of genes '/none.txt'")));
  }

  /// Its ratios of counts, given back from tables of 1,000 normal counts a gene.
  void theThreeCasesOfThePaperComeBack() {
    GENEGLASS_NEED(symbols, "bulk/driver_genes_200.txt");
    GENEGLASS_NEED(sample, "bulk/driver_fold_change_3_cases.csv");
    const auto panel = readGeneList(symbols);
    QVERIFY(panel);
    QCOMPARE(panel->size(), 200u);
    const auto ratios = readExpressionTable(sample);
    QVERIFY(ratios);
    QCOMPARE(ratios->cases.size(), 3u);
    ExpressionTable tumour = *ratios, normal = *ratios;
    normal.file = "normal.csv";
    for (float& value : tumour.values.values) value *= 1000;
    for (float& value : normal.values.values) value = 1000;
    for (std::string& name : normal.cases) name = patientOf(name) + "-11A";
    const auto changes = foldChanges(cohortOf({patientOf(ratios->cases[2])}), tumour, normal, *panel,
                                     LabelRule::FoldChangeLog10);
    QVERIFY2(changes, changes ? "" : changes.error().sentence.c_str());
    QVERIFY(changes->notes.empty());
    for (size_t gene = 0; gene < 200; ++gene) {
      const auto column = std::find(ratios->genes.begin(), ratios->genes.end(), (*panel)[gene]);
      const float ratio = ratios->values.at(2, size_t(column - ratios->genes.begin()));
      QVERIFY(std::abs(changes->cohort.cases[0].labels[gene] - std::log10(1 + ratio)) < 1e-5);
    }
  }
};

}  // namespace geneglass::fold_change_test

GENEGLASS_TEST(geneglass::fold_change_test::FoldChangeTest)
#include "fold_change_test.moc"
