// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/survival_scores.h"

#include <fmt/format.h>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/pages/survival_section.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::survival_scores_test {
namespace {

/// As survival_test.cpp's: patients P0 to P59.
std::string fixtureTable() {
  std::string text = "patient,time,event\n";
  for (int i = 0; i < 60; ++i)
    text += fmt::format("P{},{},{}\n", i, (i * 17 + i * i) % 41 + 1, i * 7 % 5 > 1 ? 1 : 0);
  return text;
}

std::vector<std::string> fixtureCases(int count = 60) {
  std::vector<std::string> cases;
  for (int i = 0; i < count; ++i) cases.push_back(fmt::format("P{}", i));
  return cases;
}

/// Two genes: the first goes with survival, the second is the same of all.
Matrix fixtureValues(size_t cases = 60) {
  Matrix values(cases, 2);
  for (int i = 0; i < int(cases); ++i)
    values.at(size_t(i), 0) = float(i * 13 % 10 - 0.2 * ((i * 17 + i * i) % 41 + 1));
  return values;
}

ModelPackage fixturePackage() {
  ModelPackage package;
  for (const char* symbol : {"GOES", "SAME"}) {
    GeneFacts facts;
    facts.symbol = symbol;
    facts.wellPredicted = facts.symbol == "GOES";
    for (int i = -50; i <= 50; ++i) facts.predictionQuantiles.push_back(float(i));  // median 0
    package.genes.push_back(facts);
  }
  return package;
}

/// Forty genes whose predictions in training lay about 0; of the first 30 cases the first ten are high, of
/// the others the next ten.
ModelPackage subtypePackage() {
  ModelPackage package;
  package.name = "made";
  for (int gene = 0; gene < 40; ++gene) {
    GeneFacts facts;
    facts.symbol = fmt::format("G{}", gene);
    for (int i = -50; i <= 50; ++i) facts.predictionQuantiles.push_back(float(i) / 50);
    package.genes.push_back(facts);
  }
  return package;
}

Matrix subtypeValues() {
  Matrix values(60, 40);
  for (size_t row = 0; row < 60; ++row)
    for (size_t gene = 0; gene < 40; ++gene)
      values.at(row, gene) = gene / 10 == row / 30 ? 2.0F : -0.1F * float(1 + gene % 3);
  return values;
}

TemplateSet subtypeTemplates(int from = 0) {
  TemplateSet set{"templates.AB.csv", "AB", {"A", "B"}, {}};
  for (int gene = 0; gene < 20; ++gene)
    set.rows.push_back({uint8_t(gene / 10), fmt::format("G{}", from + gene), {}});
  return set;
}

}  // namespace

class SurvivalScoresTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path write(const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(m_folder.path().toStdString()) / "survival.csv";
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::string refusal(const std::string& text, const std::string& endpoint = {}) const {
    const Result<SurvivalTable> table = readSurvivalTable(write(text), endpoint);
    if (table) return {};
    const std::string begin =
        fmt::format("Cannot use the survival table '{}/survival.csv': ", m_folder.path().toStdString());
    return table.error().sentence.starts_with(begin) ? table.error().sentence.substr(begin.size())
                                                     : table.error().sentence;
  }

 private Q_SLOTS:
  void patientsArePartedByTheTemplateTheyAreNearestTo() {
    const Result<SurvivalTable> table = readSurvivalTable(write(fixtureTable()));
    QVERIFY(table);
    const auto scores =
        scoreSurvival(*table, fixtureCases(), subtypeValues(), subtypePackage(), {subtypeTemplates()});
    QVERIFY2(scores, scores ? "" : scores.error().sentence.c_str());
    QCOMPARE(scores->subtypes.size(), size_t(1));
    const Strata& strata = scores->subtypes[0].strata;
    QCOMPARE(strata.names, (std::vector<std::string>{"A", "B", "no call"}));
    QCOMPARE(strata.patients, (std::vector<size_t>{30, 30, 0}));
    QCOMPARE(strata.test.freedom, 1);
    QVERIFY(survivalAsTable(*scores).find("AB by nearest template: A 30, B 30, no call 0; log-rank ") !=
            std::string::npos);
    QVERIFY(survivalAsTable(*scores).ends_with("never tested against measured AB\n"));
    QVERIFY(survivalAsJson(*scores)["subtypes"][0]["heldout"].is_null());
    QVERIFY(survivalSection(*scores).find("AB by nearest template") != std::string::npos);
  }

  void patientsWithoutACallAreAGroupOfTheirOwn() {
    const Result<SurvivalTable> table = readSurvivalTable(write(fixtureTable()));
    QVERIFY(table);
    const TemplateSet templates{"t.csv", "T", {"A", "B"}, {{0, "GOES", {}}, {1, "SAME", {}}}};
    const auto scores = scoreSurvival(*table, fixtureCases(), fixtureValues(), fixturePackage(), {templates});
    QVERIFY(scores);
    QCOMPARE(scores->subtypes[0].strata.patients, (std::vector<size_t>{0, 0, 60}));
    QVERIFY(std::isnan(scores->subtypes[0].strata.test.p));
  }

  void templatesThePackageKnowsNothingOfAreRefused() {
    const Result<SurvivalTable> table = readSurvivalTable(write(fixtureTable()));
    QVERIFY(table);
    const auto scores =
        scoreSurvival(*table, fixtureCases(), subtypeValues(), subtypePackage(), {subtypeTemplates(30)});
    QVERIFY(!scores);
    QVERIFY2(scores.error().sentence ==
                 "Cannot use the templates 'templates.AB.csv': no gene of the class 'B' "
                 "is there among the 40 that 'made' predicts.",
             scores.error().sentence.c_str());
  }

  void aSmallChanceIsNotWrittenAsNone() {
    SurvivalScores scores;
    SurvivalOfGene gene;
    gene.symbol = "G";
    gene.halves = {{"low", "high"}, {5, 5}, {{}, {}}, {}};
    gene.halves.test.p = 0.0004;
    scores.genes = {gene};
    QVERIFY(survivalAsTable(scores).find("<0.001") != std::string::npos);
  }

  void patientsArePartedByTheTrainingsMedian() {
    const Result<SurvivalTable> table = readSurvivalTable(write(fixtureTable()));
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    const Result<SurvivalScores> scores =
        scoreSurvival(*table, fixtureCases(), fixtureValues(), fixturePackage());
    QVERIFY2(scores, scores ? "" : scores.error().sentence.c_str());
    QCOMPARE(scores->patients, size_t(60));
    QCOMPARE(scores->events, size_t(36));
    const SurvivalOfGene& gene = scores->genes[0];
    QVERIFY(std::abs(gene.halves.test.chiSquared - 5.851342038316) < 1e-9);  // R, survival_test.cpp
    QVERIFY(std::abs(gene.halves.test.p - 1.556517672039e-02) < 1e-11);
    QVERIFY(std::abs(gene.concordance.c - 0.672154280339) < 2e-3);  // in floats fewer scores are tied
    QCOMPARE(gene.halves.patients[0] + gene.halves.patients[1], size_t(60));
    QVERIFY(std::abs(gene.q - gene.halves.test.p * 2) < 1e-12);  // of two genes, the other without a test
  }

  void aGeneThatPartsNobodyHasNoTestAndSaysNothing() {
    const Result<SurvivalScores> scores = scoreSurvival(*readSurvivalTable(write(fixtureTable())),
                                                        fixtureCases(), fixtureValues(), fixturePackage());
    QVERIFY(scores);
    const SurvivalOfGene& gene = scores->genes[1];
    QCOMPARE(gene.halves.patients[1], size_t(0));
    QVERIFY(std::isnan(gene.halves.test.p) && std::isnan(gene.q));
    QCOMPARE(gene.concordance.c, 0.5);
    QCOMPARE(bySurvival(*scores), (std::vector<size_t>{0, 1}));
    const nlohmann::json json = survivalAsJson(*scores);
    QVERIFY(json["genes"][1]["p"].is_null());
    QCOMPARE(json["genes"][0]["groups"][1]["name"].get<std::string>(), std::string("high"));
    QVERIFY(survivalAsTable(*scores).find("not well predicted") != std::string::npos);
  }

  void thePageDrawsTheCurvesAndSaysWhatTheyAreNot() {
    const Result<SurvivalScores> scores = scoreSurvival(*readSurvivalTable(write(fixtureTable())),
                                                        fixtureCases(), fixtureValues(), fixturePackage());
    QVERIFY(scores);
    const std::string html = survivalSection(*scores);
    QVERIFY(html.find("<svg") != std::string::npos);
    QVERIFY(html.find("Nothing is adjusted for stage, age or treatment.") != std::string::npos);
    QVERIFY(html.find("SAME (not well predicted)") != std::string::npos);
    QVERIFY(html.find("nan") == std::string::npos);
  }

  void casesThatTheTableDoesNotKnowAreNamed() {
    std::vector<std::string> cases = fixtureCases();
    cases[3] = "SOMEBODY";
    const Result<SurvivalScores> scores =
        scoreSurvival(*readSurvivalTable(write(fixtureTable())), cases, fixtureValues(), fixturePackage());
    QVERIFY(scores);
    QCOMPARE(scores->leftOut, std::vector<std::string>{"SOMEBODY"});
  }

  void tooFewPatientsAreRefused() {
    const Result<SurvivalScores> scores = scoreSurvival(*readSurvivalTable(write(fixtureTable())),
                                                        fixtureCases(9), fixtureValues(9), fixturePackage());
    QVERIFY(!scores);
    QVERIFY2(
        scores.error().sentence.ends_with("it knows what became of 9 of the 9 cases, 5 with the event; 10 "
                                          "with an event among them are the fewest."),
        scores.error().sentence.c_str());
  }

  void aTcgaPatientIsFoundByAnySample() {
    GENEGLASS_NEED(file, "bulk/tcga_cdr_coadread.tsv");
    const Result<SurvivalTable> table = readSurvivalTable(file, "OS");
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    const auto outcome = table->of("TCGA-3L-AA1B-01A-11R");
    QVERIFY(outcome);
    QCOMPARE(outcome->time, 475.0);
    QCOMPARE(outcome->event, false);
    const Result<SurvivalTable> free = readSurvivalTable(file, "DFI");
    QVERIFY(free && free->unknown > 100);
    QVERIFY(!free->of("TCGA-4N-A93T"));
  }

  void whatIsNoSurvivalTableIsRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const char* text, const char* reason) {
      QTest::newRow(name) << QByteArray(text) << QByteArray(reason);
    };
    row("no patient", "who,time,event\nA,1,0\n",
        "row 1: there is no column 'patient', 'case' or 'bcr_patient_barcode'.");
    row("no time", "patient,OS.time,event\nA,1,0\n",
        "row 1: there is no column 'time'; where the table has several endpoints, name one by --endpoint.");
    row("no such time", "patient,time,event\nA,later,0\n", "row 2: 'later' for time is no time from 0 on.");
    row("before the beginning", "patient,time,event\nA,1,0\nB,-1,0\n",
        "row 3: '-1' for time is no time from 0 on.");
    row("no such event", "patient,time,event\nA,1,2\n", "row 2: '2' for event is not 0 or 1.");
    row("twice", "patient,time,event\nA,1,1\nA,2,1\n", "row 3: the patient 'A' is there already.");
    row("two samples of one", "patient,time,event\nTCGA-AA-3511-01A,1,1\nTCGA-AA-3511-11A,2,1\n",
        "row 3: the patient 'TCGA-AA-3511' is there already.");
    row("no name", "patient,time,event\n,1,1\n", "row 2: the patient has no name.");
    row("nobody", "patient,time,event\nA,NA,1\nB,2,\n", "it knows of no patient both time and event.");
  }
  void whatIsNoSurvivalTableIsRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    QCOMPARE(QByteArray::fromStdString(refusal(text.toStdString())), reason);
  }

  void anEndpointThatIsNotThereIsNamed() {
    QCOMPARE(refusal("patient,OS.time,OS\nA,1,0\n", "PFI"),
             std::string("row 1: there is no column 'PFI.time'."));
  }
};

}  // namespace geneglass::survival_scores_test

GENEGLASS_TEST(geneglass::survival_scores_test::SurvivalScoresTest)
#include "survival_scores_test.moc"
