// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::spot_cohort_command_test {

using namespace geneglass::testing;

/// `geneglass-cli spot-cohort`, called as a user calls it, on painted sections with made counts.
class SpotCohortCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words spotCohort(const std::string& out, const Words& more = {}) const {
    return Words{"spot-cohort", m_folder.path("slides/sections.csv"),
                 "--model",     m_folder.model(),
                 "--out",       m_folder.path(out)} +
           more;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 2);
    m_folder.writeSpots("slides/counts.tsv", "slides/spots.tsv");
    m_folder.write("slides/sections.csv",
                   "section,slide,counts,spots\nA,synthetic-1-0001.tif,counts.tsv,spots.tsv\n"
                   "B,synthetic-1-0002.tif,counts.tsv,spots.tsv\n");
  }

  void itLeavesACohortItsBagsAndItsFolds() {
    const Ended ended = call(spotCohort("cohort"));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const std::string start = m_folder.path("cohort/cohort.csv") + " written: ";
    QVERIFY2(ended.output.starts_with(start), ended.output.c_str());
    QVERIFY2(ended.output.find(" bags of 2 sections, 3 genes") != std::string::npos, ended.output.c_str());
    QCOMPARE(filesIn(m_folder.path("cohort")), std::string("bags cohort.csv folds.csv spot-cohort.json"));
    QVERIFY(bytesOfFile(m_folder.path("cohort/cohort.csv")).starts_with("slide,case,split,"));
    QVERIFY(bytesOfFile(m_folder.path("cohort/folds.csv")).starts_with("case,fold\n"));
  }

  void aBagMayBeASpotAndFewerGenesAsked() {
    const Ended ended = call(spotCohort("spots", {"--bags", "spots", "--genes", "2"}));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY2(ended.output.find(" bags of 2 sections, 2 genes") != std::string::npos, ended.output.c_str());
  }

  void aFolderThatIsThereIsNotOverwritten() {
    std::filesystem::create_directories(m_folder.path("there"));
    const Ended ended = call(spotCohort("there"));
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.find("'" + m_folder.path("there") + "'") != std::string::npos, ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("there")), std::string());
  }

  void aSectionThatCannotBeReadIsNamedAndNothingIsLeft() {
    const std::string sections = m_folder.write("slides/one.csv",
                                                "section,slide,counts,spots\n"
                                                "A,absent.tif,counts.tsv,spots.tsv\n"
                                                "B,synthetic-1-0002.tif,counts.tsv,spots.tsv\n");
    const Ended ended =
        call({"spot-cohort", sections, "--model", m_folder.model(), "--out", m_folder.path("none")});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.find("absent.tif'") != std::string::npos, ended.said.c_str());
    QVERIFY(!std::filesystem::exists(m_folder.path("none")));
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"spot-cohort s.csv", "spot-cohort s.csv --out d --bags nonsense"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::spot_cohort_command_test

GENEGLASS_TEST(geneglass::spot_cohort_command_test::SpotCohortCommandTest)
#include "spot_cohort_command_test.moc"
