// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/subtype_table.h"

#include <fmt/format.h>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

// Distances and p are those of tests/benchmark/nearest_template.R.
namespace geneglass::subtype_table_test {
namespace {

int valueOf(int gene, int sample) {
  if (gene == 29) return 5;  // does not vary
  return (7 * sample + 11 * gene + 3 * sample * gene) % 23 + (gene < 15 && gene % 3 == sample % 3 ? 9 : 0);
}

/// Genes in rows, 12 samples.
std::string fixtureTable(int samples = 12) {
  std::string text = "gene";
  for (int sample = 0; sample < samples; ++sample) text += fmt::format("\tS{}", sample);
  for (int gene = 0; gene < 30; ++gene) {
    text += fmt::format("\nG{}", gene);
    for (int sample = 0; sample < samples; ++sample) text += fmt::format("\t{}", valueOf(gene, sample));
  }
  return text + "\n";
}

/// The same, samples in rows.
std::string turnedTable() {
  std::string text = "sample";
  for (int gene = 0; gene < 30; ++gene) text += fmt::format(",G{}", gene);
  for (int sample = 0; sample < 12; ++sample) {
    text += fmt::format("\nS{}", sample);
    for (int gene = 0; gene < 30; ++gene) text += fmt::format(",{}", valueOf(gene, sample));
  }
  return text + "\n";
}

std::string fixtureTemplates() {
  std::string text = "class,symbol\n";
  for (int gene = 0; gene < 15; ++gene) text += fmt::format("{},G{}\n", "ABC"[gene % 3], gene);
  return text + "A,G4\nB,G77\n";
}

bool areNear(const std::vector<double>& values, const std::vector<double>& expected, double most) {
  if (values.size() != expected.size()) return false;
  for (size_t i = 0; i < values.size(); ++i)
    if (!(std::abs(values[i] - expected[i]) <= most)) return false;
  return true;
}

}  // namespace

class SubtypeTableTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(m_folder.path().toStdString()) / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  Result<SubtypeTable> called(const std::string& text, const SubtypeOptions& options = {},
                              const std::string& reference = {}) const {
    const Result<TemplateSet> templates = readTemplates(write("ABC.csv", fixtureTemplates()));
    if (!templates) return tl::unexpected(templates.error());
    const std::vector<std::string> genes = namesOf(*templates);
    const Result<ExpressionTable> table = readExpressionTableOf(write("table.tsv", text), genes);
    if (!table) return tl::unexpected(table.error());
    if (reference.empty()) return callSubtypes(*table, *table, *templates, options, {});
    const Result<ExpressionTable> other = readExpressionTableOf(write("reference.tsv", reference), genes);
    if (!other) return tl::unexpected(other.error());
    return callSubtypes(*table, *other, *templates, options, {});
  }

  std::string refused(const std::string& text, const SubtypeOptions& options = {},
                      const std::string& reference = {}) const {
    const Result<SubtypeTable> table = called(text, options, reference);
    if (table) return {};
    std::string sentence = table.error().sentence;
    for (size_t at; (at = sentence.find(m_folder.path().toStdString() + "/")) != std::string::npos;)
      sentence.erase(at, size_t(m_folder.path().size()) + 1);
    return sentence;
  }

 private Q_SLOTS:
  void distancesAndChancesAreThoseOfR() {
    const Result<SubtypeTable> table = called(fixtureTable());
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->samples.size(), size_t(12));
    QCOMPARE(table->genes, size_t(29));
    QCOMPARE(table->found, (std::vector<size_t>{6, 5, 5}));
    const auto check = [&](size_t sample, size_t nearest, double p, const std::vector<double>& distance) {
      const NearestTemplate& found = table->samples[sample].nearest;
      QCOMPARE(found.nearest, nearest);
      QVERIFY(areNear(found.distance, distance, 1e-11));
      QVERIFY2(std::abs(found.p - p) < 4 * std::sqrt(p * (1 - p) / 1000),
               qPrintable(QString::number(found.p)));
    };
    check(0, 0, 0.0349, {0.462146233949, 0.723461219985, 0.682819765333});
    check(1, 1, 0.0129, {0.663555747146, 0.426136648167, 0.816074336296});
    check(8, 2, 0.2211, {0.844459649876, 0.768732433485, 0.552472485252});
    for (const SubtypedSample& sample : table->samples) {
      QVERIFY(sample.falseRate >= sample.nearest.p);
      QCOMPARE(sample.called, sample.falseRate <= 0.05);
    }
  }

  void quantilesAreThoseOfR() {
    const Result<SubtypeTable> table = called(fixtureTable(), {.quantiles = true});
    QVERIFY(table);
    QVERIFY(
        areNear(table->samples[1].nearest.distance, {0.678358324602, 0.472959783129, 0.832458803562}, 1e-11));
  }

  void samplesMayBeInRows() {
    const Result<SubtypeTable> one = called(fixtureTable()), other = called(turnedTable());
    QVERIFY(one && other);
    QCOMPARE(one->samples[7].name, other->samples[7].name);
    QCOMPARE(one->samples[7].nearest.distance, other->samples[7].nearest.distance);
    QCOMPARE(one->samples[7].nearest.p, other->samples[7].nearest.p);
  }

  void aReferenceStandardises() {
    const Result<SubtypeTable> whole = called(fixtureTable());
    const Result<SubtypeTable> some = called(fixtureTable(2), {}, fixtureTable());
    QVERIFY(whole && some);
    QCOMPARE(some->referenceSamples, size_t(12));
    QVERIFY(areNear(some->samples[1].nearest.distance, whole->samples[1].nearest.distance, 1e-12));
  }

  void aSingleSampleIsCalledByItsPAloneAndThatIsSaid() {
    const Result<SubtypeTable> one = called(fixtureTable(1), {}, fixtureTable());
    QVERIFY(one);
    QCOMPARE(one->samples[0].falseRate, one->samples[0].nearest.p);
    QVERIFY(subtypesAsText(*one).find("A single sample has no false discovery rate: the call is by its p "
                                      "alone.") != std::string::npos);
    const auto json = nlohmann::json::parse(subtypesAsJson(*one));
    QVERIFY(json["samples"][0]["fdr"].is_null());
    QVERIFY(
        subtypesAsCsv(*one).starts_with("sample,call,nearest,p,fdr,distance_A,distance_B,distance_C\nS0,"));
  }

  void noCallIsSaidPlainly() {
    const Result<SubtypeTable> table = called(fixtureTable());
    QVERIFY(table);
    QVERIFY(!table->samples[8].called);
    const auto json = nlohmann::json::parse(subtypesAsJson(*table));
    QVERIFY(json["samples"][8]["call"].is_null());
    QCOMPARE(json["samples"][8]["nearest"].get<std::string>(), std::string("C"));
    QVERIFY(subtypesAsText(*table).find("S8                             no call    C") != std::string::npos);
  }

  void whatCannotBeCalledIsRefused() {
    QCOMPARE(
        refused(fixtureTable(1)),
        std::string("Cannot use the table 'table.tsv': its one sample cannot say how genes vary; 3 samples "
                    "are the fewest: give a cohort by --reference."));
    std::string counts = fixtureTable();
    counts.replace(counts.find("\nG3\t") + 4, 2, "4711");
    QVERIFY2(refused(counts).ends_with("is not on a logarithmic scale; say --scale log2 to have log2(x + 1) "
                                       "taken, or --scale as-is to keep the values."),
             refused(counts).c_str());
    QVERIFY(called(counts, {.scale = ValueScale::Log2}));
    std::string below = fixtureTable();
    below.replace(below.find("\nG3\t") + 4, 2, "-1");
    QVERIFY2(refused(below, {.scale = ValueScale::Log2}).ends_with("is below 0, so it has no log2(x + 1)."),
             refused(below).c_str());
    QCOMPARE(
        refused("gene\tX\tY\tZ\nG0\t1\t2\t4\nG1\t4\t2\t3\nOTHER\t1\t5\t2\n"),
        std::string("Cannot use the table 'table.tsv': of the templates of 'ABC.csv' no gene of the class "
                    "'C' is there."));
  }

  void genesWithAMissingValueAreLeftOutAndThatIsSaid() {
    std::string text = fixtureTable();
    text.replace(text.find("\nG3\t") + 4, 2, "NA");
    const Result<SubtypeTable> table = called(text);
    QVERIFY(table);
    QCOMPARE(table->found, (std::vector<size_t>{5, 5, 5}));
    QCOMPARE(table->notes.back(),
             std::string("2 of 30 genes are left out: a value is missing, or they do not "
                         "vary in the reference."));
  }
};

}  // namespace geneglass::subtype_table_test

GENEGLASS_TEST(geneglass::subtype_table_test::SubtypeTableTest)
#include "subtype_table_test.moc"
