// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <fstream>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::compare_command_test {

using namespace geneglass::testing;
using nlohmann::json;

namespace {

/// A rectangle of level-0 pixels, with a class or a name; empty: without.
json rectangle(const std::string& className, const std::string& name, double x, double y, double width,
               double height) {
  json properties = {{"objectType", "annotation"}};
  if (!className.empty()) properties["classification"] = {{"name", className}};
  if (!name.empty()) properties["name"] = name;
  const json ring = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
  return {{"type", "Feature"},
          {"properties", properties},
          {"geometry", {{"type", "Polygon"}, {"coordinates", {ring}}}}};
}

std::string collection(const std::vector<json>& features) {
  return json{{"type", "FeatureCollection"}, {"features", features}}.dump();
}

std::string textOf(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

/// `geneglass-cli compare`, called as a user calls it.
class CompareCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words compare(const std::string& regions, const Words& more = {}) const {
    return Words{"compare",   m_folder.slide("slides", 1), "--model", m_folder.model(16),
                 "--regions", m_folder.path(regions)} +
           more;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1);
    const json left = rectangle("Tumour", "", 0, 0, 900, 2048),
               right = rectangle("Stroma", "fold", 1100, 0, 948, 2048);
    m_folder.write("two.geojson", collection({left, right}));
    m_folder.write("one.geojson", collection({left}));
    m_folder.write("three.geojson", collection({left, right, rectangle("Necrosis", "", 300, 0, 500, 500)}));
    m_folder.write("over.geojson", collection({left, rectangle("Necrosis", "", 700, 200, 1200, 1600)}));
    m_folder.write("plain.geojson", collection({rectangle("", "", 0, 0, 900, 2048)}));
    m_folder.write("plain-two.geojson",
                   collection({rectangle("", "", 0, 0, 900, 2048), rectangle("", "", 1100, 0, 900, 2048)}));
    m_folder.write("line.geojson",
                   collection({{{"type", "Feature"},
                                {"properties", {{"classification", {{"name", "Tumour"}}}}},
                                {"geometry", {{"type", "LineString"}, {"coordinates", {{0, 0}, {9, 9}}}}}}}));
    m_folder.write("far.geojson", collection({rectangle("Far", "", 5000, 5000, 100, 100)}));
  }

  void theOnlyTwoClassesAreComparedAndTheJsonHasTheKeysThatOtherProgramsRead() {
    const Ended ended = call(compare("two.geojson", {"--json"}));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto told = jsonOf(ended.output);
    QCOMPARE(keysOf(told), std::string("a b b_is_rest draws genes label_unit model outside seed shared_tiles "
                                       "side slide withheld"));
    QCOMPARE(keysOf(told["a"]), std::string("composition drawn_mm2 name squares tile_mm2 tiles tissue"));
    QCOMPARE(keysOf(told["genes"][0]), std::string("ci_high ci_low difference effect heldout_r high "
                                                   "hotspot_a hotspot_b low mean_a mean_b p q slide symbol "
                                                   "without_a"));
    QCOMPARE(told["a"]["name"].get<std::string>(), std::string("Tumour"));
    QCOMPARE(told["b"]["name"].get<std::string>(), std::string("Stroma"));
    QCOMPARE(told["b_is_rest"].get<bool>(), false);
    QCOMPARE(told["draws"].get<int>(), 2000);
    QVERIFY(told["a"]["squares"].get<double>() >= 8);
    for (const auto& gene : told["genes"]) {
      const double difference = gene["difference"];
      QVERIFY(std::abs(gene["mean_a"].get<double>() - gene["mean_b"].get<double>() - difference) < 1e-12);
      QVERIFY(gene["low"].get<double>() < difference && difference < gene["high"].get<double>());
      QVERIFY(gene["q"].get<double>() >= gene["p"].get<double>());
    }
  }

  void theTableIsThatOfAnIndependentComputation_data() {
    QTest::addColumn<QString>("regions");
    QTest::addColumn<QString>("second");
    QTest::newRow("A against B") << QStringLiteral("two.geojson") << QStringLiteral("Stroma");
    QTest::newRow("A against the rest") << QStringLiteral("one.geojson") << QString();
    QTest::newRow("A that B overlaps") << QStringLiteral("over.geojson") << QStringLiteral("Necrosis");
  }
  void theTableIsThatOfAnIndependentComputation() {
    QFETCH(QString, regions);
    QFETCH(QString, second);
    const std::string slide = m_folder.slide("slides", 1), name = regions.toStdString();
    QCOMPARE(call({"predict", slide, "--model", m_folder.model(16), "--out", m_folder.path("out")}).status,
             0);
    const std::string table = m_folder.write("table.json", call(compare(name, {"--json"})).output);
    const std::string stem = m_folder.path("out/" + std::filesystem::path(slide).stem().string());
    Words words{(sourceFolder() / "tests/inference/regions/region_table.py").string(),
                table,
                stem + ".prediction.json",
                stem + ".maps.h5",
                m_folder.path(name),
                "Tumour"};
    if (!second.isEmpty()) words.push_back(second.toStdString());
    const Ended ended = callProgram("/usr/bin/python3", words);
    if (ended.status == 77 || ended.status == -1) QSKIP(("NumPy is not there: " + ended.output).c_str());
    QVERIFY2(ended.status == 0, (ended.output + ended.said).c_str());
    QVERIFY2(ended.output.find("low        differs") != std::string::npos, ended.output.c_str());
  }

  void theOnlyClassIsComparedWithTheRestAndSoIsTheOnlyAreaWithoutOne() {
    const auto told = jsonOf(call(compare("one.geojson", {"--json"})).output);
    QCOMPARE(told["b"]["name"].get<std::string>(), std::string("Rest of the tissue"));
    QVERIFY(told["b_is_rest"].get<bool>());
    QVERIFY(told["b"]["drawn_mm2"].is_null());
    const auto plain = jsonOf(call(compare("plain.geojson", {"--json"})).output);
    QCOMPARE(plain["a"]["name"].get<std::string>(), std::string("plain"));
    QCOMPARE(plain["genes"].dump(), told["genes"].dump());
  }

  void regionsAreAskedForByClassOrName() {
    const auto told =
        jsonOf(call(compare("three.geojson", {"--a", "Necrosis", "--b", "fold", "--json"})).output);
    QCOMPARE(told["a"]["name"].get<std::string>(), std::string("Necrosis"));
    QCOMPARE(told["b"]["name"].get<std::string>(), std::string("fold"));
    const auto rest = jsonOf(call(compare("three.geojson", {"--a", "Stroma", "--json"})).output);
    QVERIFY(rest["b_is_rest"].get<bool>());
  }

  void peopleReadATableAndSpreadsheetsACsv() {
    const std::string csv = m_folder.path("table.csv");
    const Ended ended = call(compare("two.geojson", {"--csv", csv}));
    QCOMPARE(ended.status, 0);
    QVERIFY2(ended.output.find("\nA  Tumour: ") != std::string::npos, ended.output.c_str());
    QVERIFY2(ended.output.find("Intervals (95 %) and p are from drawing squares of 5 x 5 tiles") !=
                 std::string::npos,
             ended.output.c_str());
    QVERIFY2(ended.output.ends_with(csv + " written\n"), ended.output.c_str());
    const std::string written = textOf(csv);
    QVERIFY2(written.starts_with("gene,mean_a,mean_b,difference,low,high,effect,p,q,"), written.c_str());
    const auto told = jsonOf(call(compare("two.geojson", {"--json"})).output);
    QCOMPARE(size_t(std::ranges::count(written, '\n')), told["genes"].size() + 1);
  }

  void aSlideUnlikeTheTrainingTissueIsMarkedAndItsHotspotsAreWithheldUntilAskedFor() {
    const Words breast{"compare",   m_folder.slide("slides", 1),
                       "--model",   (sourceFolder() / "resources/models/breast-her2st").string(),
                       "--regions", m_folder.path("two.geojson")};
    const auto told = jsonOf(call(breast + Words{"--json"}).output);
    QVERIFY(
        told["outside"].get<std::string>().starts_with("This tissue is unlike what the model learnt from"));
    QVERIFY(told["withheld"].get<bool>());
    QVERIFY(told["genes"][0]["hotspot_a"].is_null());
    const auto all = jsonOf(call(breast + Words{"--json", "--outside"}).output);
    QVERIFY(!all["withheld"].get<bool>());
    QVERIFY(!all["genes"][0]["hotspot_a"].is_null());
    const std::string table = call(breast).output;
    QVERIFY2(table.find(told["outside"].get<std::string>()) != std::string::npos, table.c_str());
  }

  void whatCannotBeComparedIsOneSentence() {
    const std::string slide = m_folder.slide("slides", 1);
    GENEGLASS_REFUSED(compare("three.geojson"),
                      "'" + m_folder.path("three.geojson") +
                          "' does not say which regions to compare: name them by --a "
                          "and --b; it has 'Tumour', 'Stroma', 'Necrosis', 'fold'.");
    GENEGLASS_REFUSED(compare("plain-two.geojson"),
                      "'" + m_folder.path("plain-two.geojson") +
                          "' does not say which regions to compare: name them by --a and --b; it has 2 areas "
                          "without class or name.");
    GENEGLASS_REFUSED(
        compare("two.geojson", {"--a", "tumour"}),
        "'" + m_folder.path("two.geojson") + "' has no region 'tumour'; it has 'Tumour', 'Stroma', 'fold'.");
    GENEGLASS_REFUSED(compare("line.geojson"), "'" + m_folder.path("line.geojson") +
                                                   "' holds no region: lines and points have no area.");
    GENEGLASS_REFUSED(compare("far.geojson"),
                      "Cannot compare regions of 'synthetic-1-0001.tif': “Far” lies outside the slide.");
    const Ended nowhere = call(compare("nowhere.geojson"));
    QCOMPARE(nowhere.status, 1);
    QVERIFY2(nowhere.said.find("nowhere.geojson'") != std::string::npos, nowhere.said.c_str());
    const Ended unwritten = call(compare("two.geojson", {"--csv", "/nowhere/table.csv"}));
    QCOMPARE(unwritten.status, 1);
    QVERIFY2(unwritten.said.find("'/nowhere/table.csv'") != std::string::npos, unwritten.said.c_str());
    QCOMPARE(unwritten.output, std::string());
    GENEGLASS_WRONG_CALL((Words{"compare", slide}));
    GENEGLASS_WRONG_CALL(compare("two.geojson", {"--b", "Tumour"}));
  }
};

}  // namespace geneglass::compare_command_test

GENEGLASS_TEST(geneglass::compare_command_test::CompareCommandTest)
#include "compare_command_test.moc"
