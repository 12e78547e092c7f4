// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "inference/regions/region_comparison.h"
#include "tests/support/test_program.h"

namespace geneglass::region_json_test {
namespace {

RegionComparison made() {
  RegionComparison table;
  table.a = {
      "Tumour, left", 512, 25.69, 26.2, 0.98, 18.4, {{"tumour", "normal", 0.19}, {"tumour", "tumour", 0.81}}};
  table.b = {"Rest of the tissue", 900, 45.2, RegionGene::kNone, 1, 40.25, {}};
  table.bIsRest = true;
  table.sharedTiles = 3;
  table.draws = 2000;
  table.seed = 18446744073709551615U;
  RegionGene gene;
  gene.symbol = "ESR1";
  gene.meanA = 0.1;
  gene.meanB = 1.0 / 3;
  gene.difference = gene.meanA - gene.meanB;
  gene.low = -0.5;
  gene.p = 1e-12;
  gene.heldOutR = 0.51;
  table.genes = {gene, {}};
  table.genes[1].symbol = "A,\"B\"";
  table.slideFile = "a \"slide\".svs";
  table.outside = "This tissue is unlike.";
  table.withheld = true;
  return table;
}

std::string refusal(const std::string& text) {
  const auto read = regionComparisonFromJson(text);
  return read ? "It was read." : read.error().sentence;
}

}  // namespace

class RegionJsonTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTableComesBackToTheBit() {
    const auto read = regionComparisonFromJson(toJson(made()));
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QCOMPARE(toJson(*read), toJson(made()));
    QCOMPARE(read->genes[0].meanB, 1.0 / 3);
    QCOMPARE(read->genes[0].heldOutR, 0.51);
    QVERIFY(std::isnan(read->genes[0].high) && std::isnan(read->b.drawnMm2));
    QCOMPARE(read->seed, uint64_t(18446744073709551615U));
    QCOMPARE(read->a.composition[1].share, 0.81);
    QCOMPARE(read->withheld, true);
  }

  void tablesComeBackInOrderAndAnEmptyTextHoldsNone() {
    RegionComparison second = made();
    second.a.name = "Second";
    const auto read = regionTablesFromJson(toJson(std::vector{made(), second}));
    QVERIFY(read);
    QCOMPARE(read->size(), size_t(2));
    QCOMPARE((*read)[1].a.name, std::string("Second"));
    QVERIFY(regionTablesFromJson("")->empty());
  }

  void whatIsNoTableIsOneSentence() {
    QVERIFY2(refusal("no JSON").starts_with("Cannot read the region table: parse error"),
             refusal("no JSON").c_str());
    QCOMPARE(refusal("{}"), std::string("Cannot read the region table: key 'slide' not found."));
    std::string text = toJson(made());
    text.replace(text.find("0.98"), 4, "\"x\"");
    QCOMPARE(refusal(text), std::string("Cannot read the region table: type must be number, but is string."));
    const auto list = regionTablesFromJson("{}");
    QVERIFY(!list);
    QCOMPARE(list.error().sentence, std::string("Cannot read the region tables: they are no list."));
    QVERIFY(!regionTablesFromJson("[{}]"));
  }

  void theCsvQuotesAndLeavesOutWhatIsNotKnown() {
    const std::string csv = toCsv(made());
    QVERIFY2(csv.find("\nESR1,0.1,0.3333333333333333,-0.2333333333333333,-0.5,,,1e-12,,,,,,0.51,,\n") !=
                 std::string::npos,
             csv.c_str());
    QVERIFY2(csv.find("\n\"A,\"\"B\"\"\",0,0,0,") != std::string::npos, csv.c_str());
  }
};

}  // namespace geneglass::region_json_test

GENEGLASS_TEST(geneglass::region_json_test::RegionJsonTest)
#include "region_json_test.moc"
