// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::bench_command_test {

using namespace geneglass::testing;

/// `geneglass-cli bench`, called as a user calls it; tile_benchmark_test has more of `bench tiles`.
class BenchCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_slide;

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1);
    m_slide = m_folder.slide("slides", 1);
  }

  void predictHasTheKeysOfTheContract() {
    const Ended ended =
        call({"bench", "predict", m_slide, "--model", m_folder.model(), "--tiles", "20", "--json"});
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto told = jsonOf(ended.output);
    for (const char* key : {"tiles", "tiles_per_s", "encode_only_tiles_per_s", "read_only_tiles_per_s",
                            "first_result_ms", "cancel_ms"})
      QVERIFY2(told.contains(key), key);
    QCOMPARE(told["tiles"].get<int>(), 20);
    for (const char* key : {"tiles_per_s", "encode_only_tiles_per_s", "read_only_tiles_per_s"})
      QVERIFY2(told[key].get<double>() > 0, key);
  }

  void tilesHasTheKeysOfTheContractAndNoOther() {
    const Ended ended = call({"bench", "tiles", m_slide, "--json", "--threads", "2"});
    QCOMPARE(ended.status, 0);
    QCOMPARE(
        keysOf(jsonOf(ended.output)),
        std::string("decode_limit_tiles_per_s geneglass_tiles_per_s max_difference openslide_tiles_per_s "
                    "threads"));
  }

  void whatCannotBeMeasuredIsRefused() {
    GENEGLASS_REFUSED(
        (Words{"bench", "predict", "/nowhere/absent.svs", "--model", m_folder.model(), "--json"}),
        "Cannot open '/nowhere/absent.svs': there is no such file.");
    GENEGLASS_REFUSED((Words{"bench", "predict", m_slide, "--model", "/nowhere", "--json"}),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"bench", "bench tiles", "bench predict a.svs --precision int4"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::bench_command_test

GENEGLASS_TEST(geneglass::bench_command_test::BenchCommandTest)
#include "bench_command_test.moc"
