// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::cache_command_test {

using namespace geneglass::testing;

/// `geneglass-cli cache`, called as a user calls it.
class CacheCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Variables here() const { return {{"GENEGLASS_CACHE", m_folder.path("cache")}}; }
  nlohmann::json facts() const { return jsonOf(call({"cache", "--json"}, here()).output); }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 1); }

  void itTellsHowMuchIsKeptAndClearsIt() {
    QCOMPARE(
        keysOf(facts()),
        std::string(
            "bags bytes folder limit_bytes pictures pictures_bytes pictures_folder pictures_limit_bytes"));
    QCOMPARE(facts()["folder"].get<std::string>(), m_folder.path("cache"));
    QCOMPARE(facts()["bags"].get<int>(), 0);
    const Ended predicted = call(
        {"predict", m_folder.slide("slides", 1), "--model", m_folder.model(), "--out", m_folder.path("out")},
        here());
    QVERIFY2(predicted.status == 0, predicted.said.c_str());
    QCOMPARE(facts()["bags"].get<int>(), 1);
    QVERIFY(facts()["bytes"].get<int64_t>() > 0);
    const Ended cleared = call({"cache", "--clear"}, here());
    QCOMPARE(cleared.status, 0);
    const std::string start = m_folder.path("cache") + ": features of 0 slides, 0.0 MiB of at most ";
    QVERIFY2(cleared.output.starts_with(start), cleared.output.c_str());
    QCOMPARE(facts()["bags"].get<int>(), 0);
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"cache more", "cache --nonsense"}) GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::cache_command_test

GENEGLASS_TEST(geneglass::cache_command_test::CacheCommandTest)
#include "cache_command_test.moc"
