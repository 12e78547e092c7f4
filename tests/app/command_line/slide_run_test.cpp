// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::slide_run_test {

using namespace geneglass::testing;
namespace fs = std::filesystem;

/// `geneglass-cli predict --slides`: a manifest's slides by one run or by several at once.
class SlideRunTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_manifest;

  std::string manifest(const std::string& name, const std::string& text) const {
    return m_folder.write("slides/" + name, text);
  }
  Words predict(const std::string& manifest, const std::string& out, const Words& more = {}) const {
    return Words{"predict", "--slides", manifest, "--model", m_folder.model(), "--out", m_folder.path(out)} +
           more;
  }
  Words slowly(const std::string& out) const {
    return {"predict", "--slides",         m_manifest,  "--model", m_folder.model(16),
            "--out",   m_folder.path(out), "--threads", "1"};
  }
  /// Nothing is computed before.
  Variables fresh(const std::string& name) const {
    return {{"GENEGLASS_CACHE", m_folder.path("cache-" + name)}};
  }
  Variables told(const std::string& name) const {
    Variables variables = fresh(name);
    variables["GENEGLASS_PROGRESS_LINES"] = "1";
    return variables;
  }
  nlohmann::json record(const std::string& out, const std::string& name) const {
    return jsonOfFile(m_folder.path(out) + "/run/predict/" + name + ".json");
  }
  /// The results, without what the run keeps of itself.
  std::map<std::string, std::string> results(const std::string& out) const {
    std::map<std::string, std::string> bytes;
    for (const auto& entry : fs::directory_iterator(m_folder.path(out)))
      if (entry.is_regular_file()) bytes[entry.path().filename().string()] = bytesOfFile(entry.path());
    return bytes;
  }
  static std::vector<nlohmann::json> events(const std::string& said) {
    std::vector<nlohmann::json> all;
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with('{')) all.push_back(jsonOf(line));
    return all;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 3);
    m_manifest = manifest("all.csv",
                          "slide,name\nsynthetic-1-0001.tif,one\nsynthetic-1-0002.tif,two\n"
                          "synthetic-1-0003.tif,three\n");
  }

  void aManifestsSlidesAreDoneOnceAndTheRunTellsOfThem() {
    const Ended ended = call(predict(m_manifest, "out"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QCOMPARE(
        filesIn(m_folder.path("out")),
        std::string("one.maps.h5 one.prediction.json run three.maps.h5 three.prediction.json two.maps.h5 "
                    "two.prediction.json"));
    QCOMPARE(filesIn(m_folder.path("out/run")), std::string("predict predict.html predict.json"));
    QCOMPARE(filesIn(m_folder.path("out/run/predict")), std::string("one.json three.json two.json"));
    const auto report = jsonOfFile(m_folder.path("out/run/predict.json"));
    QCOMPARE(report["counts"]["made"], 3);
    QCOMPARE(report["slides"].size(), size_t(3));
    QCOMPARE(report["slides"][1]["name"], "two");
    QCOMPARE(report["slides"][1]["attempts"], 1);
    QVERIFY(report["slides"][1]["seconds"].get<double>() > 0);
    QVERIFY(report["slides"][1]["steps"]["encode"].get<double>() > 0);
    const auto facts = jsonOfFile(m_folder.path("out/two.prediction.json"));
    QVERIFY(facts["seconds"].contains("total") && facts["seconds"]["total"].is_null());
    const std::string page = bytesOfFile(m_folder.path("out/run/predict.html"));
    QVERIFY(page.find("<tr><td>two</td><td>made</td><td>1</td>") != std::string::npos);
  }

  void whatIsDoneIsPassedOver() {
    const auto before = fs::last_write_time(m_folder.path("out/two.prediction.json"));
    const Ended ended = call(predict(m_manifest, "out"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY2(ended.output.ends_with(m_folder.path("out/three.prediction.json") + ": is there already\n"),
             ended.output.c_str());
    QVERIFY(fs::last_write_time(m_folder.path("out/two.prediction.json")) == before);
    QCOMPARE(jsonOfFile(m_folder.path("out/run/predict.json"))["counts"]["was there"], 3);
    QCOMPARE(record("out", "two")["attempts"], 1);
    fs::last_write_time(m_folder.slide("slides", 2), fs::file_time_type::clock::now());  // is it the same?
    QCOMPARE(call(predict(m_manifest, "out")).status, 0);
    QCOMPARE(record("out", "two")["attempts"], 1);
  }

  void whatIsAskedForOtherwiseOrCutShortIsMadeAgain() {
    QCOMPARE(call(predict(m_manifest, "changed")).status, 0);
    QCOMPARE(call(predict(m_manifest, "changed", {"--stride", "32"})).status, 0);
    QCOMPARE(record("changed", "one")["attempts"], 2);
    fs::resize_file(m_folder.path("changed/one.maps.h5"), 100);
    QCOMPARE(call(predict(m_manifest, "changed", {"--stride", "32"})).status, 0);
    QCOMPARE(record("changed", "one")["attempts"], 3);
    QCOMPARE(record("changed", "two")["attempts"], 2);
  }

  void partsTogetherAreTheWholeToTheByte() {
    for (const char* part : {"1/3", "2/3", "3/3"}) {
      const Ended ended = call(predict(m_manifest, "parts", {"--shard", part, "--threads", "1"}));
      QVERIFY2(ended.status == 0, ended.said.c_str());
    }
    QVERIFY(results("parts") == results("out"));
    QCOMPARE(filesIn(m_folder.path("parts/run")),
             std::string("predict predict-1-of-3.html predict-1-of-3.json predict-2-of-3.html "
                         "predict-2-of-3.json predict-3-of-3.html predict-3-of-3.json"));
  }

  void aSlideThatFailsCostsNoOtherAndIsTriedAgain() {
    const std::string list = manifest("missing.csv", "slide,name\nnone.svs,gone\nsynthetic-1-0001.tif,one\n");
    const std::string reason =
        "Cannot open '" + m_folder.path("slides/none.svs") + "': there is no such file.";
    Ended ended = call(predict(list, "missing"));
    QCOMPARE(ended.said, "1 of 2 slides failed:\n  " + reason);
    QCOMPARE(ended.status, 1);
    fs::copy_file(m_folder.slide("slides", 2), m_folder.path("slides/none.svs"));
    ended = call(predict(list, "missing"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const auto facts = record("missing", "gone");
    QCOMPARE(facts["attempts"], 2);
    QCOMPARE(facts["failures"].size(), size_t(1));
    QCOMPARE(facts["failures"][0]["reason"], reason);
    fs::remove(m_folder.path("slides/none.svs"));
  }

  void twoRunsAtOnceShareTheSlides() {
    CalledProgram first(GENEGLASS_PROGRAM, slowly("shared"), fresh("one")),
        second(GENEGLASS_PROGRAM, slowly("shared"), fresh("other"));
    const Ended one = first.ended(), other = second.ended();
    QVERIFY2(one.status == 0, one.said.c_str());
    QVERIFY2(other.status == 0, other.said.c_str());
    for (const char* name : {"one", "two", "three"}) QCOMPARE(record("shared", name)["attempts"], 1);
    QCOMPARE(filesIn(m_folder.path("shared/run/predict")), std::string("one.json three.json two.json"));
    QCOMPARE(call(slowly("alone")).status, 0);
    QVERIFY(results("shared") == results("alone"));
  }

  void aRunThatWasKilledIsGoneOnWithAndItsAttemptCounts() {
    {
      CalledProgram killed(GENEGLASS_PROGRAM, slowly("killed"), told("killed"));
      QVERIFY(killed.hasSaid("encoding tiles\n"));
    }
    QVERIFY(fs::exists(m_folder.path("killed/one.predict.claim")));
    const Ended ended = call(slowly("killed"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QCOMPARE(record("killed", "one")["attempts"], 2);
    QCOMPARE(record("killed", "one")["failures"][0]["reason"], "The process ended without a word.");
    QVERIFY(results("killed") == results("alone"));
  }

  void interruptedItSaysSoAndLeavesNoClaim() {
    CalledProgram running(GENEGLASS_PROGRAM, slowly("stopped"), told("stopped"));
    QVERIFY(running.hasSaid("encoding tiles\n"));
    running.interrupt();
    const Ended ended = running.ended();
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.ends_with("\nThe command was stopped; what was finished is kept."),
             ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("stopped/run/predict")), std::string("one.json"));
    QCOMPARE(record("stopped", "one")["state"], "stopped");
    QCOMPARE(jsonOfFile(m_folder.path("stopped/run/predict.json"))["counts"]["not tried"], 2);
  }

  void aClaimOfAnotherMachineIsWaitedForUntilItIsSilent() {
    const std::string claim = m_folder.write(
        "claimed/two.predict.claim",
        R"({"host":"node7","process":812,"since":"2026-11-29T23:01:00Z","place":"elsewhere","begin":"1"})");
    CalledProgram running(GENEGLASS_PROGRAM, predict(m_manifest, "claimed", {"--progress", "jsonl"}));
    QVERIFY(running.hasSaid(
        R"({"event":"slide","name":"two","state":"waiting","text":"process 812 on node7 since 2026-11-29T23:01:00Z"})"));
    QVERIFY(running.hasSaid(R"({"event":"slide","name":"three","state":"made"})"));
    fs::last_write_time(claim, fs::file_time_type::clock::now() - std::chrono::minutes(16));
    const Ended ended = running.ended();
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY(results("claimed") == results("out"));
  }

  void progressIsAnObjectALine() {
    const Ended ended =
        call(predict(m_manifest, "told", {"--progress", "jsonl", "--json", "--shard", "1/1"}), fresh("told"));
    QCOMPARE(ended.status, 0);
    QCOMPARE(jsonOf(ended.output)["predicted"].size(), size_t(3));
    const auto all = events(ended.said);
    QVERIFY(std::ranges::none_of(all, [](const nlohmann::json& event) { return event.is_discarded(); }));
    QCOMPARE(all.front(), (nlohmann::json{{"event", "run"}, {"slides", 3}, {"part", "1/1"}}));
    QCOMPARE(all.back(), (nlohmann::json{{"event", "end"}, {"made", 3}, {"was there", 0}, {"failed", 0}}));
    QVERIFY(std::ranges::any_of(all, [](const nlohmann::json& event) {
      return event["event"] == "progress" && event["name"] == "two" && event["total"].get<int>() > 0;
    }));
  }

  void extractRunsToo() {
    const Words extract{"extract",        "--slides", m_manifest,           "--model",
                        m_folder.model(), "--out",    m_folder.path("bags")};
    const Ended ended = call(extract);
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("bags")), std::string("one.h5 run three.h5 two.h5"));
    QCOMPARE(call(extract).output, m_folder.path("bags/one.h5") + ": is there already\n" +
                                       m_folder.path("bags/two.h5") + ": is there already\n" +
                                       m_folder.path("bags/three.h5") + ": is there already\n");
  }

  void wrongManifestsAreRefusedByRow_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* what, const char* text, const char* reason) {
      QTest::newRow(what) << QString::fromLatin1(text) << QString::fromLatin1(reason);
    };
    row("no column", "file,name\na.svs,a\n", "row 1: there is no column 'slide'");
    row("two columns", "slide,slide\na.svs,b.svs\n", "row 1: the column 'slide' is there twice");
    row("no rows", "slide\n", "it has a header and no rows");
    row("empty", "slide,name\n,a\n", "row 2: the slide is empty");
    row("mpp", "slide,mpp\na.svs,0\n", "row 2: the mpp '0' is no number of micrometres from 0.01 to 50");
    row("name", "slide,name\na.svs,../a\n", "row 2: the name '../a' cannot be that of a result");
    row("slide twice", "slide,name\na.svs,a\nb.svs,b\n./a.svs,c\n",
        "row 4: the slide './a.svs' was given in row 2 already");
    row("name twice", "slide\nx/a.svs\ny/a.ndpi\n",
        "row 3: the results of 'y/a.ndpi' would be called as those of row 2: give the one or the other a "
        "name "
        "in a column 'name'");
  }
  void wrongManifestsAreRefusedByRow() {
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const std::string file = manifest("wrong.csv", text.toStdString());
    const std::string said = call(predict(file, "wrong", {"--json"})).said;
    QCOMPARE(said, "Cannot use the manifest '" + file + "': " + reason.toStdString() + ".");
    QVERIFY(!fs::exists(m_folder.path("wrong")));
  }

  void wrongCallsEndWithStatus2() {
    for (const char* part : {"0/4", "5/4", "1", "1/0", "a/b", "1/4x"}) {
      const Ended ended = call(predict(m_manifest, "none", {"--shard", part}));
      QCOMPARE(ended.status, 2);
      const std::string reason =
          std::string("'") + part + "' is no part: I/N, I from 1 to N, N from 1 to 100000";
      QVERIFY2(ended.said.find(reason) != std::string::npos, ended.said.c_str());
    }
    for (const char* words :
         {"predict --out d", "predict a.svs --slides m.csv --out d", "predict a.svs --shard 1/2 --out d",
          "predict a.svs --out d --progress text", "predict --slides m.csv --bag a.h5 --out d"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
    GENEGLASS_REFUSED((predict(m_manifest, "none", {"--h5ad", "a.h5ad", "--json"})),
                      "'a.h5ad' is the file of one slide, and the manifest '" + m_manifest +
                          "' was given: without a name each has its own.");
    GENEGLASS_REFUSED(predict("/nowhere.csv", "none", {"--json"}),
                      "Cannot open the manifest '/nowhere.csv'.");
  }
};

}  // namespace geneglass::slide_run_test

GENEGLASS_TEST(geneglass::slide_run_test::SlideRunTest)
#include "slide_run_test.moc"
