// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::synth_command_test {

using namespace geneglass::testing;

/// `geneglass-cli synth`, called as a user calls it.
class SynthCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Ended synth(const std::string& name, const Words& more = {}) const {
    return call(Words{"synth", m_folder.path(name), "--slides", "2", "--seed", "7", "--size", "512x256"} +
                more);
  }

 private Q_SLOTS:
  void itLeavesACohortWithItsTruth() {
    const Ended ended = synth("first");
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    QCOMPARE(ended.output, "2 synthetic slides: " + m_folder.path("first") + "/cohort.csv\n");
    QCOMPARE(filesIn(m_folder.path("first")),
             std::string("cohort.csv synthetic-7-0001.classes.png synthetic-7-0001.tif "
                         "synthetic-7-0001.truth.h5 synthetic-7-0002.classes.png synthetic-7-0002.tif "
                         "synthetic-7-0002.truth.h5 truth.json"));
    const auto facts = jsonOf(call({"info", m_folder.path("first/synthetic-7-0002.tif"), "--json"}).output);
    QCOMPARE(facts["width"].get<int>(), 512);
    QCOMPARE(facts["height"].get<int>(), 256);
  }

  void calledAgainItPaintsOnlyWhatIsMissing() {
    QCOMPARE(synth("again").status, 0);
    const std::filesystem::path kept = m_folder.path("again/synthetic-7-0001.tif");
    const std::filesystem::path missing = m_folder.path("again/synthetic-7-0002.tif");
    const auto time = std::filesystem::file_time_type::clock::now() - std::chrono::hours(5);
    std::filesystem::last_write_time(kept, time);
    std::filesystem::remove(missing);
    QCOMPARE(synth("again").status, 0);
    QVERIFY(std::filesystem::last_write_time(kept) == time);
    QVERIFY(std::filesystem::exists(missing));
  }

  void matchedNormalSlidesHaveATableOfTheirOwn() {
    QCOMPARE(synth("both", {"--normal", "0.5"}).status, 0);
    QVERIFY(std::filesystem::exists(m_folder.path("both/diagnosis.csv")));
    QVERIFY(std::filesystem::exists(m_folder.path("both/synthetic-7-0001-normal.tif")));
    QVERIFY(!std::filesystem::exists(m_folder.path("both/synthetic-7-0002-normal.tif")));
  }

  void aFolderThatCannotBeMadeIsNamed() {
    const std::string file = m_folder.write("file", "no folder");
    const Ended ended = synth("file/slides");
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, std::string());
    QVERIFY2(ended.said.find("'" + file + "/slides'") != std::string::npos, ended.said.c_str());
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"synth d --slides 2", "synth d --slides 1 --seed 1 --size 512",
                              "synth d --slides 1 --seed 1 --normal 2"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::synth_command_test

GENEGLASS_TEST(geneglass::synth_command_test::SynthCommandTest)
#include "synth_command_test.moc"
