// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>

#include "inference/learning/cohort/expression_table.h"
#include "inference/learning/cohort/fold_file.h"
#include "inference/learning/cohort/gene_names.h"
#include "inference/learning/cohort/label_source.h"
#include "tests/support/test_program.h"

namespace geneglass::table_forms_test {
namespace {

const GeneNames& someNames() {
  static const GeneNames names({{"MARCH1", "MARCHF1"},
                                {"SEPT2", "SEPTIN2"},
                                {"SEPT2", "SEPTIN6"},
                                {"p53", "TP53"},
                                {"OLD1", "NEW"},
                                {"OLD2", "NEW"},
                                {"CD8", "CD8A"}},
                               {{"ENSG00000141510", "TP53"},
                                {"ENSG00000145416", "MARCH1"},
                                {"ENSG00000000001", "CD8"},
                                {"ENSG00000153563", "CD8A"}});
  return names;
}

std::string described(const std::vector<std::string>& asked, const std::vector<std::string>& there) {
  const MatchedGenes matched = matchGenes(asked, there, someNames());
  std::vector<std::string> places;
  for (const auto& place : matched.places) places.push_back(place ? there[*place] : "-");
  return fmt::format("{}{}{}{}{}", fmt::join(places, " "), matched.notes.empty() ? "" : " | ",
                     fmt::join(matched.notes, "; "), matched.unclear.empty() ? "" : " ? ",
                     fmt::join(matched.unclear, "; "));
}

}  // namespace

class TableFormsTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(m_folder.path().toStdString()) / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  /// Slides of the cases a-1, 2b and c, and their values, or the sentence against them.
  std::string labelled(const std::string& cohort, const std::string& table,
                       std::vector<std::string> genes = {}) const {
    for (const char* slide : {"a.tif", "b.tif", "c.tif"}) write(slide, "stands in for a slide");
    LabelSource source;
    source.rule = LabelRule::AsIs;
    if (!table.empty()) source.expression = write("table.csv", table);
    source.genes = std::move(genes);
    const Result<LabelledCohort> made = labelCohort(write("cohort.csv", cohort), source);
    if (!made) return made.error().sentence.substr(made.error().sentence.find("': ") + 3);
    std::string text;
    for (const CohortCase& one : made->cohort.cases)
      text += fmt::format("{}: {:g}; ", one.name, fmt::join(one.labels, " "));
    for (const std::string& note : made->notes) text += note + "; ";
    return text;
  }

 private Q_SLOTS:
  void oneCohortInManyFormsReadsTheSame_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("commas") << QByteArray(
        "slide,case,split,VIM,MUC2\na.tif,a-1,train,1.5,NA\nb.tif,2b,train,-2,3\n");
    QTest::newRow("empty rows and columns") << QByteArray(
        "slide,case,split,VIM,MUC2,,\na.tif,a-1,train,1.5,,,\nb.tif,2b,train,-2,3,,\n,,,,,,\n,,,,,,\n\n");
    QTest::newRow("Excel in German") << QByteArray(
        "\xef\xbb\xbfslide;case;split;VIM;MUC2\r\na.tif;a-1;train;1,5;NA\r\nb.tif;2b;train;-2;3,000\r\n;;;;"
        "\r\n");
    QTest::newRow("tabs, decimal commas")
        << QByteArray("slide\tcase\tsplit\tVIM\tMUC2\na.tif\ta-1\ttrain\t1,5\tNA\nb.tif\t2b\ttrain\t-2\t3\n");
    QTest::newRow("quoted decimal commas")
        << QByteArray("slide,case,split,VIM,MUC2\na.tif,a-1,train,\"1,5\",NA\nb.tif,2b,train,-2,3\n");
    QTest::newRow("rows end early") << QByteArray(
        "slide\tcase\tsplit\tVIM\tMUC2\t\na.tif\ta-1\ttrain\t1.5\tNA\nb.tif\t2b\ttrain\t-2\t3\t\n");
  }
  void oneCohortInManyFormsReadsTheSame() {
    QFETCH(QByteArray, text);
    QCOMPARE(labelled(text.toStdString(), ""), std::string("a-1: 1.5 nan; 2b: -2 3; "));
  }

  void oneTableInManyFormsReadsTheSame_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a row a case") << QByteArray("id,VIM,HLA-A\n2b,2,3\na-1,1,NA\nz,9,9\n");
    QTest::newRow("a row a gene") << QByteArray(
        "gene,2b,a-1,z\nVIM,2,1,9\nHLA-A,3,NA,9\nSNORA70,1,1,1\nSNORA70,2,2,2\n");
    QTest::newRow("R, names of rows") << QByteArray("VIM\tHLA.A\nX2b\t2\t3\na.1\t1\tNA\n");
    QTest::newRow("R, a row a gene") << QByteArray("\"X2b\"\t\"a.1\"\n\"VIM\"\t2\t1\n\"HLA-A\"\t3\tNA\n");
    QTest::newRow("R's write.csv2") << QByteArray("\"\";\"VIM\";\"HLA.A\"\n\"2b\";2,0;3,0\n\"a-1\";1;NA\n");
  }
  void oneTableInManyFormsReadsTheSame() {
    QFETCH(QByteArray, text);
    const std::string cohort = "slide,case,split\na.tif,a-1,train\nb.tif,2b,train\n";
    const std::string made = labelled(cohort, text.toStdString(), {"VIM", " HLA-A "});
    QVERIFY2(made.starts_with("a-1: 1 nan; 2b: 2 3; "), made.c_str());
    if (text.contains("HLA.A"))
      QVERIFY2(made.ends_with("1 gene found by the name that R makes of it: HLA-A (HLA.A); "), made.c_str());
  }

  void whatCannotBeToldApartIsRefused() {
    const std::string cohort = "slide,case,split\na.tif,a-1,train\nb.tif,2b,train\n";
    const std::string why = "; write numbers with a decimal point and nothing between thousands.";
    QCOMPARE(labelled(cohort, "id\tVIM\na-1\t1,234\n2b\t2,345\n"),
             "row 2: nothing tells what the comma of '1,234' is" + why);
    QCOMPARE(labelled(cohort, "id\tVIM\na-1\t1,5\n2b\t2.5\n"),
             "row 2: nothing tells what the comma of '1,5' is" + why);
    QCOMPARE(labelled(cohort, "id\tVIM\na-1\t1,234,567\n2b\t1,5\n"),
             "row 2: nothing tells what the comma of '1,234,567' is" + why);
    QCOMPARE(labelled(cohort, "id,VIM\na-1,1,5\n"), std::string("row 2: 3 cells where the header has 2."));
    QCOMPARE(labelled(cohort, "gene,a-1,2b,a-1\nVIM,1,2,3\n"),
             std::string("column 4: the case 'a-1' is in column 2 already."));
    QCOMPARE(labelled("slide,case,split\na.tif,a-1,train\nb.tif,a.1,train\n", "id,VIM\na.1,1\n"),
             std::string("row 2 may be the case 'a-1' or 'a.1'."));
    QCOMPARE(labelled(cohort, "id,VIM\na-1,1\n2b,2\n", {"VIM", "NONE1", " NONE2"}),
             std::string("there is no column for the genes NONE1, NONE2."));
  }

  void genesAreFoundByTheirOtherNamesAndThatIsSaid() {
    QCOMPARE(described({"VIM"}, {"VIM"}), std::string("VIM"));
    QCOMPARE(described({"TP53", "VIM"}, {"ENSG00000141510.18", "VIM"}),
             std::string(
                 "ENSG00000141510.18 VIM | 1 gene found by Ensembl's identifier: TP53 (ENSG00000141510.18)"));
    QCOMPARE(described({"ENSG00000141510.11"}, {"ENSG00000141510.18"}),
             std::string("ENSG00000141510.18 | 1 gene found by Ensembl's identifier: ENSG00000141510.11 "
                         "(ENSG00000141510.18)"));
    QCOMPARE(described({"ENSG00000141510"}, {"TP53"}),
             std::string("TP53 | 1 gene found by Ensembl's identifier: ENSG00000141510 (TP53)"));
    QCOMPARE(described({"MARCHF1", "TP53"}, {"p53", "MARCH1"}),
             std::string("MARCH1 p53 | 2 genes found by a former name: MARCHF1 (MARCH1), TP53 (p53)"));
    QCOMPARE(described({"MARCH1"}, {"MARCHF1"}),
             std::string("MARCHF1 | 1 gene found by a former name: MARCH1 (MARCHF1)"));
    QCOMPARE(
        described({"7SK", "HLA-A"}, {"X7SK", "HLA.A"}),
        std::string("X7SK HLA.A | 2 genes found by the name that R makes of it: 7SK (X7SK), HLA-A (HLA.A)"));
  }

  void aNameOfSeveralGenesIsNeverTaken() {
    QCOMPARE(described({"SEPTIN2"}, {"SEPT2"}),
             std::string("- ? SEPTIN2 may be SEPT2, which was a name of SEPTIN2 and SEPTIN6"));
    QCOMPARE(described({"SEPT2"}, {"SEPTIN2", "SEPTIN6"}),
             std::string("- ? SEPT2 was a name of SEPTIN2 and SEPTIN6"));
    QCOMPARE(described({"NEW"}, {"OLD1", "OLD2"}), std::string("- ? NEW may be OLD1 or OLD2"));
    QCOMPARE(described({"CD8A"}, {"CD8"}), std::string("-"));  // a gene of its own, too
    QCOMPARE(described({"TP53"}, {"ENSG00000141510.1", "ENSG00000141510.2"}),
             std::string("- ? TP53 may be ENSG00000141510.1 or ENSG00000141510.2"));
  }

  void theTablesOfNamesThatComeWithTheProgramAreRead() {
    const Result<GeneNames> names = GeneNames::shipped();
    QVERIFY2(names, names ? "" : names.error().sentence.c_str());
    QCOMPARE(names->symbolOf("ENSG00000141510.18").value_or("-"), std::string("TP53"));
    QCOMPARE(names->approvedOf("MARCH1"), std::vector<std::string>{"MARCHF1"});
    QVERIFY(names->approvedOf("TP53").empty());
    QVERIFY(!names->symbolOf("ENSG00000141510X"));
    QCOMPARE(names->identifierOf("TP53").value_or("-"), std::string("ENSG00000141510"));
    QVERIFY(!names->identifierOf("MATR3"));  // it has two
    QVERIFY(!names->identifierOf("NOGENE"));
    const MatchedGenes matched = matchGenes({"MARCHF1", "CD8A"}, {"MARCH1", "ENSG00000153563.15"});
    QCOMPARE(matched.notes.size(), size_t(2));
    QVERIFY(matched.places[0] == size_t(0) && matched.places[1] == size_t(1));
  }

  void foldsAreTablesToo() {
    Cohort cohort{"cohort.csv", {"VIM"}, {}};
    for (const char* name : {"A", "B", "C"}) cohort.cases.push_back({name, Split::Train, {}, {1}, 2});
    const Result<Folds> folds =
        readFolds(write("folds.csv", "case;fold;\r\nA;1;\r\nB;2;\r\nC;3;\r\n;;\r\n"), cohort);
    QVERIFY2(folds, folds ? "" : folds.error().sentence.c_str());
    QCOMPARE(folds->ofCase, (std::vector<int>{0, 1, 2}));
  }
};

}  // namespace geneglass::table_forms_test

GENEGLASS_TEST(geneglass::table_forms_test::TableFormsTest)
#include "table_forms_test.moc"
