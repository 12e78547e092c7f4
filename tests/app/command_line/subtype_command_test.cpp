// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::subtype_command_test {

using namespace geneglass::testing;

/// `geneglass-cli subtype`, called as a user calls it.
class SubtypeCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_table, m_templates;

 private Q_SLOTS:
  void initTestCase() {
    std::string table = "gene";
    for (int sample = 0; sample < 8; ++sample) table += ",S" + std::to_string(sample);
    for (int gene = 0; gene < 40; ++gene) {
      table += "\nG" + std::to_string(gene);
      for (int sample = 0; sample < 8; ++sample) {
        const bool isHigh = gene < 20 && gene % 2 == sample % 2;
        table += "," + std::to_string((7 * sample + 11 * gene + 3 * sample * gene) % 13 + (isHigh ? 12 : 0));
      }
    }
    m_table = m_folder.write("table.csv", table + "\n");
    std::string templates = "class,symbol\n";
    for (int gene = 0; gene < 20; ++gene)
      templates += std::string(gene % 2 == 0 ? "EVEN" : "ODD") + ",G" + std::to_string(gene) + "\n";
    m_templates = m_folder.write("templates.PARITY.csv", templates);
  }

  void theJsonHasTheKeysThatOtherProgramsRead() {
    const Ended ended = call({"subtype", m_table, "--templates", m_templates, "--json"});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const auto told = jsonOf(ended.output);
    QCOMPARE(keysOf(told), std::string("classes draws genes most_false no_call notes reference samples table "
                                       "target templates use"));
    QCOMPARE(keysOf(told["samples"][0]), std::string("call distances fdr nearest p sample"));
    QCOMPARE(told["target"].get<std::string>(), std::string("PARITY"));
    for (size_t sample = 0; sample < 8; ++sample)
      QCOMPARE(told["samples"][sample]["nearest"].get<std::string>(),
               std::string(sample % 2 == 0 ? "EVEN" : "ODD"));
  }

  void theCallsAreWrittenAsATable() {
    const std::string out = m_folder.path("calls.csv");
    const Ended ended = call({"subtype", m_table, "--templates", m_templates, "--out", out});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY(
        bytesOfFile(out).starts_with("sample,call,nearest,p,fdr,distance_EVEN,distance_ODD\nS0,EVEN,EVEN,"));
    QVERIFY(ended.output.ends_with("Research use only, not for diagnosis.\n" + out + " written\n"));
  }

  void aTableOfOneSampleNeedsAReference() {
    std::string one = "sample";
    for (int gene = 0; gene < 40; ++gene) one += ",G" + std::to_string(gene);
    one += "\nX";
    for (int gene = 0; gene < 40; ++gene) one += "," + std::to_string(gene % 2 == 0 ? 20 : 3);
    const std::string table = m_folder.write("one.csv", one + "\n");
    GENEGLASS_REFUSED(
        (Words{"subtype", table, "--templates", m_templates}),
        "Cannot use the table '" + table +
            "': its one sample cannot say how genes vary; 3 samples are the fewest: give a cohort "
            "by --reference.");
    const Ended ended = call({"subtype", table, "--templates", m_templates, "--reference", m_table});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY2(ended.output.find("A single sample has no false discovery rate") != std::string::npos,
             ended.output.c_str());
  }

  void whatIsNotThereIsNamed() {
    GENEGLASS_REFUSED((Words{"subtype", m_table, "--templates", "/nowhere.csv"}),
                      "Cannot open the template file '/nowhere.csv'.");
    GENEGLASS_REFUSED((Words{"subtype", "/nowhere.csv", "--templates", m_templates}),
                      "Cannot open the table '/nowhere.csv'.");
    GENEGLASS_REFUSED((Words{"subtype", m_table, "--templates", m_templates, "--out", "/nowhere/calls.csv"}),
                      "Cannot write '/nowhere/calls.csv': No such file or directory.");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words :
         {"subtype", "subtype table.csv", "subtype table.csv --templates t.csv --scale log3"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::subtype_command_test

GENEGLASS_TEST(geneglass::subtype_command_test::SubtypeCommandTest)
#include "subtype_command_test.moc"
