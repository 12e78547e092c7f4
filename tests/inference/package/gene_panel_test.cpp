// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "inference/package/panel_manifest.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_program.h"

namespace geneglass::gene_panel_test {

using namespace geneglass::testing;
using nlohmann::json;

namespace {

json readJson(const std::filesystem::path& file) {
  return json::parse(std::ifstream(file));
}

json lungPanel() {
  return json::parse(R"({"groups": [
    {"name": "LUAD", "title": "Adenocarcinoma", "colour": "#0A0b0c", "genes": ["GENE0", "NKX2-1"]},
    {"name": "LUSC", "colour": "#ff0000", "genes": ["GENE1", "TP63", "NAPSA"], "low": ["NAPSA"]}]})");
}

}  // namespace

class GenePanelTest final : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// A package whose manifest has this panel, and its second gene in this group.
  Result<ModelPackage> withPanel(const char* name, const json& panel, const char* group) const {
    madeModel(path(name));
    json manifest = readJson(path(name) / "manifest.json");
    manifest["panel"] = panel;
    manifest["genes"][1]["subtype"] = group;
    std::ofstream(path(name) / "manifest.json") << manifest;
    return openModelPackage(path(name));
  }

 private Q_SLOTS:
  void thePanelThatIsBuiltInHasTheFourSubtypesInOrderAndTheDriversLast() {
    const GenePanel& panel = colorectalPanel();
    QStringList groups;
    for (const GeneGroup& group : panel.groups)
      groups << QStringLiteral("%1 %2 %3 %4")
                    .arg(QString::fromStdString(group.name))
                    .arg(group.genes.size())
                    .arg(QString::fromStdString(group.genes.front().symbol))
                    .arg(group.colour, 0, 16);
    QCOMPARE(groups.join(QStringLiteral(", ")),
             QStringLiteral("CMS1 12 STAT1 ffe69f00, CMS2 13 ASCL2 ff0072b2, CMS3 10 MUC2 ffcc79a7, "
                            "CMS4 15 VIM ff009e73, driver 6 APC ff767676"));
    QCOMPARE(panel.nameOf(panel.groupOf("MLH1")), std::string("CMS1"));
    QVERIFY(panel.groups[0].genes.back().low && !panel.groups[0].genes.front().low);
    QCOMPARE(panel.groups.back().title, std::string("Driver genes"));
    QCOMPARE(panel.groupOf("GAPDH"), -1);
    QCOMPARE(panel.nameOf(-1), std::string());
  }

  void aPackageThatCarriesNoPanelHasTheBuiltInOne() {
    madeModel(path("today"));
    const json manifest = readJson(path("today") / "manifest.json");
    QVERIFY(!manifest.contains("panel"));
    const Result<ModelPackage> read = openModelPackage(path("today"));
    QVERIFY(read);
    QCOMPARE(read->panel.groups.size(), colorectalPanel().groups.size());
    QCOMPARE(read->genes[0].group, -1);
  }

  void aPackageThatSaysItHasNoGroupsHasNone() {
    ModelPackage package = madeModel(path("ungrouped"));
    package.panel = {};
    package.isUngrouped = true;
    QVERIFY(writeManifest(package).has_value());
    QVERIFY(readJson(path("ungrouped") / "manifest.json").contains("panel"));
    const Result<ModelPackage> read = openModelPackage(path("ungrouped"));
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QVERIFY(read->panel.groups.empty() && read->isUngrouped);
  }

  void aPackageKeepsItsOwnPanelAndItsGenesTheirGroups() {
    const Result<ModelPackage> read = withPanel("lung", lungPanel(), "LUSC");
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
    QCOMPARE(read->genes[1].group, 1);
    const Result<ModelPackage> again = writeManifest(*read);
    QVERIFY(again);
    QCOMPARE(again->hash, writeManifest(*again)->hash);
    const json kept = readJson(path("lung") / "manifest.json");
    QCOMPARE(kept["genes"][1]["subtype"].get<std::string>(), std::string("LUSC"));
    json wanted = lungPanel();
    wanted["groups"][0]["colour"] = "#0a0b0c";
    QCOMPARE(kept["panel"].dump(), wanted.dump());
    QCOMPARE(again->panel.groups[0].title, std::string("Adenocarcinoma"));
    QCOMPARE(again->panel.groups[1].title, std::string("LUSC"));
    QVERIFY(again->panel.groups[1].genes[2].low);
  }

  void aBrokenPanelIsRefusedWithItsReason_data() {
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* where, const char* value, const char* reason) {
      QTest::newRow(name) << where << value << reason;
    };
    row("no list", "/groups", "1", "'panel.groups' in its manifest.json must be a list");
    row("no name", "/groups/0/name", "\"\"", "'panel.groups[0].name' in its manifest.json is empty");
    row("a name twice", "/groups/1/name", "\"LUAD\"",
        "'panel.groups[1].name' in its manifest.json 'LUAD' is there twice");
    row("a colour's name", "/groups/1/colour", "\"red\"",
        "'panel.groups[1].colour' in its manifest.json is 'red', which is no colour like '#0072b2'");
    row("a sign in a colour", "/groups/1/colour", "\"#-12345\"",
        "'panel.groups[1].colour' in its manifest.json is '#-12345', which is no colour like '#0072b2'");
    row("a short colour", "/groups/1/colour", "\"#12345\"",
        "'panel.groups[1].colour' in its manifest.json is '#12345', which is no colour like '#0072b2'");
    row("genes as one text", "/groups/0/genes", "\"GENE0\"",
        "'panel.groups[0].genes' in its manifest.json must be a list of texts");
    row("a number for a gene", "/groups/0/genes", "[5]",
        "'panel.groups[0].genes' in its manifest.json must be a list of texts");
    row("a gene in two groups", "/groups/1/genes", "[\"GENE0\", \"NAPSA\"]",
        "'panel.groups[1].genes' in its manifest.json has 'GENE0', which is there twice");
    row("low, but no gene of it", "/groups/1/low", "[\"VIM\"]",
        "'panel.groups[1].low' in its manifest.json has 'VIM', which 'genes' has not");
  }
  void aBrokenPanelIsRefusedWithItsReason() {
    QFETCH(QString, where);
    QFETCH(QString, value);
    QFETCH(QString, reason);
    json panel = lungPanel();
    panel[json::json_pointer(where.toStdString())] = json::parse(value.toStdString());
    const Result<ModelPackage> read = withPanel("broken", panel, "LUSC");
    QVERIFY(!read);
    QCOMPARE(QString::fromStdString(read.error().sentence),
             QStringLiteral("Cannot use the model package '%1': %2.")
                 .arg(QString::fromStdString(path("broken").string()), reason));
  }

  void aGeneOfAGroupThatItsOwnPanelHasNotIsRefused() {
    const Result<ModelPackage> read = withPanel("stranger", lungPanel(), "CMS1");
    QVERIFY(!read);
    QVERIFY2(read.error().sentence.ends_with(
                 "'genes[1].subtype' in its manifest.json is 'CMS1', which is no group of its panel."),
             read.error().sentence.c_str());
  }
};

}  // namespace geneglass::gene_panel_test

GENEGLASS_TEST(geneglass::gene_panel_test::GenePanelTest)
#include "gene_panel_test.moc"
