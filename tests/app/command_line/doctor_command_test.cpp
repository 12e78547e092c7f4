// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/environment_variable.h"
#include "tests/support/test_program.h"

namespace geneglass::doctor_command_test {

using namespace geneglass::testing;

/// `geneglass-cli doctor`, called as a user calls it.
class DoctorCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  static nlohmann::json findings(const Ended& ended, const char* what) {
    const nlohmann::json all = nlohmann::json::parse(ended.output);
    nlohmann::json found = nlohmann::json::array();
    for (const nlohmann::json& each : all["findings"])
      if (each["what"] == what) found.push_back(each);
    return found;
  }

 private Q_SLOTS:
  void whereAllIsThereItSaysSo() {
    const EnvironmentVariable cache("GENEGLASS_CACHE", m_folder.path("cache"));
    const Ended ended = call({"doctor", "--json"});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QCOMPARE(keysOf(nlohmann::json::parse(ended.output)), std::string("findings version"));
    for (const char* what : {"processor", "memory", "cache", "opening", "TorchScript", "learning"}) {
      const nlohmann::json found = findings(ended, what);
      QVERIFY2(found.size() == 1 && found[0]["fine"] == true, what);
    }
    QCOMPARE(findings(ended, "model").size(), size_t{2});
  }

  void aTaskOfSlurmHasItsProcessorsAlone() {
    const EnvironmentVariable task("SLURM_CPUS_PER_TASK", QByteArray("1"));
    const std::string text = findings(call({"doctor", "--json"}), "processor")[0]["text"];
    QVERIFY2(text.find(", 1 of them for this process;") != std::string::npos, text.c_str());
  }

  void whatIsMissingIsNamedAndTheStatusIs1() {
    const QByteArray none;
    const EnvironmentVariable cache("GENEGLASS_CACHE", none), home("HOME", none),
        folder("XDG_CACHE_HOME", none);
    const Ended ended = call({"doctor"});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said, std::string("Not all is as it should be: cache."));
    QVERIFY2(ended.output.find("WRONG cache") != std::string::npos, ended.output.c_str());
  }
};

}  // namespace geneglass::doctor_command_test

GENEGLASS_TEST(geneglass::doctor_command_test::DoctorCommandTest)
#include "doctor_command_test.moc"
