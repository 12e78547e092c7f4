// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/subtype/nearest_template.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <fstream>

#include "tests/support/test_program.h"

template <>
inline char* QTest::toString(const std::string& text) {
  return qstrdup(text.c_str());
}

namespace geneglass::nearest_template_test {
namespace {

/// Two classes over six genes, of which the third marks both.
PlacedTemplates twoClasses() {
  return {{0, 1, 2, 2, 3}, {0, 0, 0, 1, 1}, {3, 2}};
}

bool isNear(double value, double expected, double most) {
  return std::abs(value - expected) <= most;
}

}  // namespace

class NearestTemplateTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::string reasonAgainst(const std::string& text) const {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("templates.CMS.csv")).toStdString();
    std::ofstream(file, std::ios::binary) << text;
    const Result<TemplateSet> read = readTemplates(file);
    if (read) return {};
    const std::string begin = "Cannot use the template file '" + file.string() + "': ";
    return read.error().sentence.starts_with(begin) ? read.error().sentence.substr(begin.size())
                                                    : read.error().sentence;
  }

 private Q_SLOTS:
  void theDistanceIsThatOfTheCosine() {
    const std::vector<double> z{1, 2, -1, 0.5, 3, -2};
    const NearestTemplate found = nearestTemplate(z, twoClasses(), 1);
    // By hand: the rows' values are 1, 2, -1, -1, 0.5, of squared length 7.25; sums 2 and -0.5.
    QCOMPARE(found.distance.size(), size_t(2));
    QVERIFY(isNear(found.distance[0], std::sqrt((1 - 2 / std::sqrt(7.25 * 3)) / 2), 1e-14));
    QVERIFY(isNear(found.distance[1], std::sqrt((1 + 0.5 / std::sqrt(7.25 * 2)) / 2), 1e-14));
    QCOMPARE(found.nearest, size_t(0));
    QCOMPARE(nearestOf(std::vector<double>{2, -0.5}, twoClasses()), size_t(0));
    QCOMPARE(nearestOf(std::vector<double>{2, 1.9}, twoClasses()), size_t(1));
  }

  void theSameSeedGivesTheSameP() {
    const std::vector<double> z{1, 2, -1, 0.5, 3, -2, 0.2, 0.1, -0.7};
    QCOMPARE(nearestTemplate(z, twoClasses(), 4).p, nearestTemplate(z, twoClasses(), 4).p);
    QVERIFY(nearestTemplate(z, twoClasses(), 4).p != nearestTemplate(z, twoClasses(), 5).p);
  }

  void pIsNeverBelowOneInAThousand() {
    std::vector<double> z;
    for (int gene = 0; gene < 3000; ++gene) z.push_back(gene % 2 == 0 ? 1 : -1);
    PlacedTemplates templates{{}, {}, {24, 1}};
    for (size_t gene = 0; gene < 25; ++gene) {
      z[gene] = gene < 24 ? 5 : -5;
      templates.gene.push_back(gene);
      templates.ofClass.push_back(gene < 24 ? 0 : 1);
    }
    QCOMPARE(nearestTemplate(z, templates, 1).p, 0.001);
  }

  void ofValuesThatAreAllAlikeTheRankIsShared() {
    const NearestTemplate found = nearestTemplate(std::vector<double>(6, 1.0), twoClasses(), 1);
    QVERIFY(isNear(found.p, 501.0 / 1001, 1e-12));
  }

  void aSampleThatSaysNothingHasNoDistanceAndNoCall() {
    const NearestTemplate found = nearestTemplate(std::vector<double>(6, 0.0), twoClasses(), 1);
    QVERIFY(std::isnan(found.distance[0]) && std::isnan(found.distance[1]));
    QCOMPARE(found.p, 1.0);
  }

  void aTemplateFileIsReadByItsColumns() {
    const std::filesystem::path file = m_folder.filePath(QStringLiteral("templates.CMS.tsv")).toStdString();
    std::ofstream(file) << "probe\tclass\tsymbol\n7138\tCMS2\tTNNT1\n1846\tCMS1\tDUSP4\n\tCMS1\tTNNT1\n";
    const Result<TemplateSet> read = readTemplates(file);
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->target, std::string("CMS"));
    QCOMPARE(read->classes, (std::vector<std::string>{"CMS1", "CMS2"}));
    QCOMPARE(read->rows.size(), size_t(3));
    QCOMPARE(read->rows[0].ofClass, uint8_t(1));
    QCOMPARE(read->rows[0].probe, std::string("7138"));
    const auto places = [](const TemplateRow& row) {
      return row.symbol == "TNNT1" ? std::optional<size_t>(9) : std::nullopt;
    };
    std::vector<std::optional<size_t>> placed;
    for (const TemplateRow& row : read->rows) placed.push_back(places(row));
    const Result<PlacedTemplates> known = placeTemplates(*read, placed);
    QVERIFY(known);
    QCOMPARE(known->gene, (std::vector<size_t>{9, 9}));
    QCOMPARE(known->rows, (std::vector<size_t>{1, 1}));
    placed.back() = {};
    QCOMPARE(placeTemplates(*read, placed).error().sentence,
             std::string("no gene of the class 'CMS1' is there"));
  }

  void whatIsNoTemplateFileIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const char* text, const char* reason) {
      QTest::newRow(name) << QByteArray(text) << QByteArray(reason);
    };
    row("no class", "group,symbol\nA,G1\n", "row 1: there is no column 'class'.");
    row("no symbol", "class,gene\nA,G1\n", "row 1: there is no column 'symbol'.");
    row("two classes of a row", "class,symbol,class\nA,G1,B\n", "row 1: there are two columns 'class'.");
    row("an empty class", "class,symbol\nA,G1\n,G2\n", "row 3: the class is empty.");
    row("an empty symbol", "class,symbol\nA,G1\nB,\n", "row 3: the symbol is empty.");
    row("a gene twice", "class,symbol\nA,G1\nB,G1\nA,G1\n",
        "row 4: G1 is in the class 'A' already, in row 2.");
    row("one class", "class,symbol\nA,G1\nA,G2\n", "it has one class alone, 'A'.");
    row("no rows", "class,symbol\n", "it has no rows.");
  }
  void whatIsNoTemplateFileIsRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    QCOMPARE(reasonAgainst(text.toStdString()), reason.toStdString());
  }

  void moreClassesThanCanBeCountedAreRefused() {
    std::string text = "class,symbol\n";
    for (int i = 0; i < 256; ++i) text += "C" + std::to_string(i) + ",G\n";
    QCOMPARE(reasonAgainst(text), std::string("it has 256 classes; 255 are the most."));
  }

  void aFileThatIsNotThereIsNamed() {
    const Result<TemplateSet> read = readTemplates("/nowhere/templates.csv");
    QVERIFY(!read);
    QVERIFY2(read.error().sentence.find("/nowhere/templates.csv") != std::string::npos,
             read.error().sentence.c_str());
  }
};

}  // namespace geneglass::nearest_template_test

GENEGLASS_TEST(geneglass::nearest_template_test::NearestTemplateTest)
#include "nearest_template_test.moc"
