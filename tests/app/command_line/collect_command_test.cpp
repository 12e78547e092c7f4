// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>

#include "inference/learning/cohort/expression_table.h"
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::collect_command_test {

using namespace geneglass::testing;
namespace fs = std::filesystem;

/// `geneglass-cli collect`: results of many slides become one table.
class CollectCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words collect(const Words& results, const std::string& out) const {
    Words words{"collect"};
    for (const std::string& each : results) words.push_back(m_folder.path(each));
    return words + Words{"--out", m_folder.path(out), "--json"};
  }
  void predict(const std::string& out, const Words& more = {}) const {
    const Ended ended = call(Words{"predict", "--slides", m_folder.path("slides/all.csv"), "--model",
                                   m_folder.model(), "--out", m_folder.path(out)} +
                             more);
    QVERIFY2(ended.status == 0, ended.said.c_str());
  }
  std::string copyOf(const std::string& results, const std::string& name) const {
    fs::remove_all(m_folder.path(name));
    fs::copy(m_folder.path(results), m_folder.path(name), fs::copy_options::recursive);
    return m_folder.path(name);
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 3);
    m_folder.write("slides/all.csv",
                   "slide,name\nsynthetic-1-0001.tif,b\nsynthetic-1-0002.tif,a\nsynthetic-1-0003.tif,e\n");
    predict("out");
  }

  void theTableHasEachSlidesValues() {
    const Ended ended = call(collect({"out"}, "table.csv"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const auto told = jsonOf(ended.output);
    QCOMPARE(told["slides"], 3);
    QCOMPARE(told["table"], m_folder.path("table.csv"));
    const Result<ExpressionTable> table = readExpressionTable(m_folder.path("table.csv"));
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->cases, (std::vector<std::string>{"a", "b", "e"}));
    const auto facts = jsonOfFile(m_folder.path("out/b.prediction.json"));
    QCOMPARE(table->genes.size(), facts["genes"].size());
    for (size_t gene = 0; gene < table->genes.size(); ++gene) {
      QCOMPARE(table->genes[gene], facts["genes"][gene]["symbol"].get<std::string>());
      QCOMPARE(table->values.row(1)[gene], float(facts["genes"][gene]["value"].get<double>()));
    }
  }

  void theAnnDataFileHasTheSameAndMore() {
    const auto facts = jsonOfFile(m_folder.path("out/b.prediction.json"));
    const Result<void> read = readHdf5(m_folder.path("table.h5ad"), [&](H5::H5File& file) -> Result<void> {
      const hsize_t genes = facts["genes"].size();
      if (shapeOf(file.openDataSet("X")) != std::vector<hsize_t>{3, genes}) return fail("X");
      const std::vector<float> values = readFloats(file.openDataSet("X"));
      for (hsize_t gene = 0; gene < genes; ++gene)
        if (values[genes + gene] != facts["genes"][gene]["value"].get<float>()) return fail("a value");
      if (readStrings(file.openDataSet("obs/_index")) != std::vector<std::string>{"a", "b", "e"})
        return fail("obs");
      if (readStrings(file.openDataSet("obs/slide_hash"))[1] != facts["slide"]["hash"].get<std::string>())
        return fail("slide_hash");
      if (readDoubles(file.openDataSet("obs/tiles"))[1] != facts["grid"]["tiles"].get<double>())
        return fail("tiles");
      if (readFloats(file.openDataSet("layers/percentile"))[genes] !=
          facts["genes"][0]["percentile"].get<float>())
        return fail("percentile");
      return {};
    });
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
  }

  void theReportIsOfTheRun() {
    const auto report = jsonOfFile(m_folder.path("table.report.json"));
    QCOMPARE(report["counts"]["made"], 3);
    QCOMPARE(report["slides"][0]["name"], "a");
    QCOMPARE(report["slides"][0]["attempts"], 1);
    QVERIFY(report["slides"][0]["seconds"].get<double>() > 0);
    QVERIFY(bytesOfFile(m_folder.path("table.report.html")).find("<td>a</td>") != std::string::npos);
  }

  void partsAndFilesGiveTheSameTable() {
    predict("parts-1", {"--shard", "1/2"});
    predict("parts-2", {"--shard", "2/2"});
    const Ended ended = call(collect({"parts-1", "parts-2"}, "parts"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    for (const char* ending : {".csv", ".h5ad"})
      QVERIFY(bytesOfFile(m_folder.path("parts") + ending) == bytesOfFile(m_folder.path("table") + ending));
    const std::string one = "out/a.prediction.json", other = "out/b.prediction.json";
    QCOMPARE(call(collect({other, "out/e.prediction.json", one, one}, "files.h5ad")).status, 0);
    QVERIFY(bytesOfFile(m_folder.path("files.csv")) == bytesOfFile(m_folder.path("table.csv")));
    QVERIFY(bytesOfFile(m_folder.path("files.h5ad")) == bytesOfFile(m_folder.path("table.h5ad")));
  }

  void whatFailedIsInTheReport() {
    m_folder.write("slides/some.csv", "slide,name\nsynthetic-1-0001.tif,b\nnone.svs,none\n");
    const Words words{
        "predict", "--slides",           m_folder.path("slides/some.csv"), "--model", m_folder.model(),
        "--out",   m_folder.path("some")};
    QCOMPARE(call(words).status, 1);
    const Ended ended = call(collect({"some"}, "some-table"));
    QCOMPARE(ended.status, 0);
    QCOMPARE(jsonOf(ended.output)["without_result"], 1);
    const auto report = jsonOfFile(m_folder.path("some-table.report.json"));
    QCOMPARE(report["counts"]["failed"], 1);
    QCOMPARE(report["slides"][1]["failures"][0]["reason"],
             "Cannot open '" + m_folder.path("slides/none.svs") + "': there is no such file.");
  }

  void resultsOfTwoModelsAreRefused() {
    const Words words{"predict",           "--slides", m_folder.path("slides/all.csv"), "--model",
                      m_folder.model(128), "--out",    m_folder.path("other")};
    QCOMPARE(call(words).status, 0);
    const Ended ended = call(collect({"out", "other"}, "mixed"));
    QCOMPARE(ended.status, 1);
    QVERIFY2(
        ended.said.starts_with("'" + m_folder.path("out/a.prediction.json") + "' is of the model made 1 ("),
        ended.said.c_str());
    QVERIFY2(ended.said.ends_with("): a table is of one model."), ended.said.c_str());
    QVERIFY(!fs::exists(m_folder.path("mixed.csv")));
  }

  void twoResultsOfASlideThatDifferAreRefused() {
    predict("finer", {"--stride", "32"});
    GENEGLASS_REFUSED(collect({"out", "finer"}, "differ"),
                      "'" + m_folder.path("out/a.prediction.json") + "' and '" +
                          m_folder.path("finer/a.prediction.json") +
                          "' are results of one slide and differ: leave one of them out.");
    const Ended same = call(collect({"out", "out"}, "same"));
    QCOMPARE(jsonOf(same.output)["twice"], 3);
  }

  void twoSlidesOfOneNameAreRefused() {
    m_folder.write("slides/named.csv", "slide,name\nsynthetic-1-0001.tif,a\n");
    const Words words{"predict",
                      "--slides",
                      m_folder.path("slides/named.csv"),
                      "--model",
                      m_folder.model(),
                      "--out",
                      m_folder.path("named")};
    QCOMPARE(call(words).status, 0);
    GENEGLASS_REFUSED(
        collect({"out/a.prediction.json", "named"}, "names"),
        "'" + m_folder.path("out/a.prediction.json") + "' and '" + m_folder.path("named/a.prediction.json") +
            "' are of two slides and have one name: make one of them under another, by the column "
            "'name' of its manifest.");
  }

  void brokenResultsAreRefused() {
    const std::string file = copyOf("out", "broken") + "/b.prediction.json";
    const std::string whole = bytesOfFile(file), begin = "Cannot use the result '" + file + "': it ";
    std::ofstream(file) << whole.substr(0, whole.size() / 2);
    GENEGLASS_REFUSED(collect({"broken"}, "none"), begin + "is not valid JSON.");
    std::ofstream(file) << "{}";
    GENEGLASS_REFUSED(collect({"broken"}, "none"), begin + "does not hold what a prediction has.");
    std::ofstream(file) << whole;
    fs::copy_file(m_folder.path("broken/e.maps.h5"), m_folder.path("broken/b.maps.h5"),
                  fs::copy_options::overwrite_existing);
    GENEGLASS_REFUSED(
        collect({"broken"}, "none"),
        "Cannot use the result '" + file + "': its maps 'b.maps.h5' are of another slide or model.");
    fs::resize_file(m_folder.path("broken/b.maps.h5"), 100);
    const Ended ended = call(collect({"broken"}, "none"));
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.starts_with("Cannot read '" + m_folder.path("broken/b.maps.h5") + "': "),
             ended.said.c_str());
    fs::remove(m_folder.path("broken/b.maps.h5"));
    GENEGLASS_REFUSED(collect({"broken"}, "none"),
                      "Cannot use the result '" + file + "': its maps 'b.maps.h5' are not there.");
    QVERIFY(!fs::exists(m_folder.path("none.csv")));
  }

  void whatIsNoResultIsNamed() {
    GENEGLASS_REFUSED(collect({"slides"}, "none"),
                      "There is no result, NAME.prediction.json, in '" + m_folder.path("slides") + "'.");
    GENEGLASS_REFUSED(collect({"nowhere"}, "none"), "Cannot read the folder '" + m_folder.path("nowhere") +
                                                        "': No such file or directory.");
    GENEGLASS_REFUSED(
        collect({"out"}, "nowhere/table"),
        "Cannot write '" + m_folder.path("nowhere/table.csv") + "': No such file or directory.");
    for (const char* words : {"collect", "collect out", "collect --out table"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::collect_command_test

GENEGLASS_TEST(geneglass::collect_command_test::CollectCommandTest)
#include "collect_command_test.moc"
