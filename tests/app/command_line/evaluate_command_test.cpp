// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::evaluate_command_test {

using namespace geneglass::testing;

/// `geneglass-cli evaluate`, called as a user calls it, on a model that predicts nothing.
class EvaluateCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words evaluate(const Words& more) const {
    return Words{"evaluate", m_folder.model(), m_folder.path("slides/cohort.csv"), "--bags",
                 m_folder.path("bags")} +
           more;
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 4); }

  void theJsonHasTheKeysThatOtherProgramsRead() {
    const Ended ended = call(evaluate({"--json"}));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto told = jsonOf(ended.output);
    QCOMPARE(keysOf(told), std::string("cohort genes model summary tile_curves"));
    for (const char* key : {"symbol", "cases", "r", "ci_low", "ci_high", "p", "spearman", "r2", "rmse",
                            "steiger_p", "steiger_q", "well_predicted"})
      QVERIFY2(told["genes"][0].contains(key), key);
    QCOMPARE(keysOf(told["summary"]), std::string("above_0_4 genes mean_map_auc mean_r median_r median_rmse "
                                                  "null_genes null_well_predicted well_predicted"));
    const std::string page = m_folder.path("slides/cohort.csv.evaluation");
    QVERIFY(bytesOfFile(page + ".html").starts_with("<!DOCTYPE html>"));
    QCOMPARE(bytesOfFile(page + ".json"), ended.output);
  }

  void thePageGoesWhereItIsSentAndGalleriesBesideIt() {
    const Ended ended =
        call(evaluate({"--page", m_folder.path("page.html"), "--gallery", m_folder.path("gallery")}));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY2(ended.output.ends_with("\n" + m_folder.path("page.html") + " and " + m_folder.path("page.json") +
                                    " written\n"),
             ended.output.c_str());
    QVERIFY(std::filesystem::exists(m_folder.path("page.html")));
    QVERIFY(std::filesystem::exists(m_folder.path("page.json")));
    QVERIFY(!filesIn(m_folder.path("gallery")).empty());
  }

  void onlyWhenAskedTheModelsManifestIsChanged() {
    const std::string manifest = m_folder.model() + "/manifest.json", before = bytesOfFile(manifest);
    QCOMPARE(call(evaluate({})).status, 0);
    QVERIFY(bytesOfFile(manifest) == before);
    QCOMPARE(call(evaluate({"--store"})).status, 0);
    QVERIFY(bytesOfFile(manifest) != before);
  }

  void aPageThatCannotBeWrittenIsNamed() {
    const Ended ended = call(evaluate({"--page", "/nowhere/page.html", "--json"}));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, std::string());
    QVERIFY2(ended.said.starts_with("Cannot write '/nowhere/page.html': "), ended.said.c_str());
  }

  void whatIsNoModelOrNoCohortIsRefused() {
    GENEGLASS_REFUSED((Words{"evaluate", "/nowhere", m_folder.path("slides/cohort.csv")}),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
    GENEGLASS_REFUSED((Words{"evaluate", m_folder.model(), "/nowhere.csv"}),
                      "Cannot open the cohort '/nowhere.csv'.");
  }

  void survivalThatCannotBeJudgedIsRefused() {
    const std::string table = m_folder.write("survival.csv", "patient,time,event\nsomebody,3,1\n");
    GENEGLASS_REFUSED(evaluate({"--survival", table}),
                      "Cannot use the survival table '" + table +
                          "': it knows what became of 0 of the 4 cases, 0 with the event; 10 with an event "
                          "among them are the fewest.");
    GENEGLASS_REFUSED(evaluate({"--survival", table, "--endpoint", "OS"}),
                      "Cannot use the survival table '" + table + "': row 1: there is no column 'OS.time'.");
    GENEGLASS_REFUSED(
        evaluate({"--survival", table, "--task", "diagnosis"}),
        "Survival is set against predicted genes: --survival does not go with --task diagnosis.");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words :
         {"evaluate model", "evaluate model c.csv --task nonsense", "evaluate model c.csv --endpoint OS"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::evaluate_command_test

GENEGLASS_TEST(geneglass::evaluate_command_test::EvaluateCommandTest)
#include "evaluate_command_test.moc"
