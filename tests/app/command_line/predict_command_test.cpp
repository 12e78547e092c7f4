// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::predict_command_test {

using namespace geneglass::testing;

/// `geneglass-cli predict`, called as a user calls it, with a model of random weights.
class PredictCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_slide;

  Words predict(const Words& slides, const std::string& out, const Words& more = {"--json"}) const {
    return Words{"predict"} + slides + Words{"--model", m_folder.model(), "--out", m_folder.path(out)} + more;
  }
  /// Of many small tiles, by one thread: long enough to be interrupted.
  Words slowly(const Words& slides, const std::string& out) const {
    return Words{"predict"} + slides +
           Words{"--model", m_folder.model(16), "--out", m_folder.path(out), "--threads", "1", "--json"};
  }
  /// All of a prediction's JSON but how long it took.
  nlohmann::json predicted(const std::string& out) const {
    nlohmann::json facts = jsonOfFile(m_folder.path(out) + "/synthetic-1-0001.prediction.json");
    if (facts.is_object()) facts.erase("seconds");
    return facts;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 2);
    m_slide = m_folder.slide("slides", 1);
  }

  void itTellsWhatItWroteAsOneJsonObject() {
    const Ended ended = call(predict({m_slide, m_folder.slide("slides", 2)}, "out"));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto told = jsonOf(ended.output);
    QCOMPARE(keysOf(told), std::string("failed model predicted"));
    QCOMPARE(keysOf(told["model"]), std::string("hash name statement version"));
    QCOMPARE(told["failed"].size(), size_t(0));
    QCOMPARE(told["predicted"].size(), size_t(2));
    const std::string stem = m_folder.path("out") + "/synthetic-1-0001";
    QCOMPARE(told["predicted"][0], (nlohmann::json{{"slide", m_slide},
                                                   {"prediction", stem + ".prediction.json"},
                                                   {"maps", stem + ".maps.h5"}}));
    QCOMPARE(filesIn(m_folder.path("out")),
             std::string("synthetic-1-0001.maps.h5 synthetic-1-0001.prediction.json "
                         "synthetic-1-0002.maps.h5 synthetic-1-0002.prediction.json"));
  }

  void theResultHasTheKeysOfTheContract_data() {
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("keys");
    const auto row = [](const char* place, const char* keys) {
      QTest::newRow(place) << QString::fromLatin1(place) << QString::fromLatin1(keys);
    };
    row("", "slide model grid genes hotspots seconds");
    row("/slide", "file hash width height mpp");
    row("/model", "name version hash");
    row("/grid", "tile stride cols rows tiles");
    row("/genes/0", "symbol value percentile heldout_r ci_low ci_high well_predicted morans_i");
    row("/hotspots/0", "gene rank area_mm2 mean polygon");
    row("/seconds", "tissue read encode aggregate total");
  }
  void theResultHasTheKeysOfTheContract() {
    QFETCH(QString, place);
    QFETCH(QString, keys);
    const auto facts = jsonOfFile(m_folder.path("out") + "/synthetic-1-0001.prediction.json");
    const nlohmann::json::json_pointer pointer(place.toStdString());
    QVERIFY(facts.contains(pointer));
    for (const std::string& key : wordsOf(keys.toStdString()))
      QVERIFY2(facts[pointer].contains(key), key.c_str());
  }

  void theMapsHaveTheNamesAndShapesOfTheContract() {
    const auto facts = jsonOfFile(m_folder.path("out") + "/synthetic-1-0001.prediction.json");
    const size_t genes = facts["genes"].size(), tiles = facts["grid"]["tiles"].get<size_t>();
    const auto read = geneglass::readHdf5(
        m_folder.path("out") + "/synthetic-1-0001.maps.h5", [&](H5::H5File& file) -> geneglass::Result<void> {
          for (const char* name : {"attention", "expression", "contribution"})
            if (geneglass::shapeOf(file.openDataSet(name)) != std::vector<hsize_t>{genes, tiles})
              return geneglass::fail(name);
          if (geneglass::shapeOf(file.openDataSet("coords")) != std::vector<hsize_t>{tiles, 2})
            return geneglass::fail("coords");
          if (geneglass::shapeOf(file.openDataSet("genes")) != std::vector<hsize_t>{genes})
            return geneglass::fail("genes");
          for (const char* name : {"slide_hash", "model_hash", "mpp", "tile"})
            if (!file.attrExists(name)) return geneglass::fail(name);
          return {};
        });
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
  }

  void peopleReadALineASlide() {
    const Ended ended = call(predict({m_slide}, "read", {}));
    QCOMPARE(ended.status, 0);
    QVERIFY2(ended.output.starts_with("made 1: made for a test, predicts nothing\n"), ended.output.c_str());
    const std::string line = m_folder.path("read") + "/synthetic-1-0001.prediction.json: 5";
    QVERIFY2(ended.output.find(line) != std::string::npos, ended.output.c_str());
  }

  void tilesMayBeLaidCloserForFinerMaps() {
    const nlohmann::json whole =
        jsonOfFile(m_folder.path("out") + "/synthetic-1-0001.prediction.json")["grid"];
    QCOMPARE(whole["stride"], whole["tile"]);
    const Ended ended = call(predict({m_slide}, "finer") + Words{"--stride", "32"});  // of tiles of 64 um
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const nlohmann::json finer =
        jsonOfFile(m_folder.path("finer") + "/synthetic-1-0001.prediction.json")["grid"];
    QCOMPARE(finer["tile"], whole["tile"]);
    QCOMPARE(2 * finer["stride"].get<int>(), whole["tile"].get<int>());
    QVERIFY(finer["tiles"].get<int>() > 3 * whole["tiles"].get<int>());
    const Ended coarse = call(predict({m_slide}, "coarse") + Words{"--stride", "65"});
    QCOMPARE(coarse.status, 1);
    QCOMPARE(coarse.said,
             "Cannot lay tiles over '" + m_slide + "' every 65 um: of a side of 64 um it takes 8 to 64.");
    QCOMPARE(call(predict({m_slide}, "none") + Words{"--stride", "0"}).status, 2);
    QCOMPARE(call(predict({m_slide}, "none") + Words{"--stride", "32", "--bag", "bag.h5"}).status, 2);
  }

  void templatesCallTheSlideAndItsTiles() {
    const std::string templates = m_folder.write(
        "templates.CMS.csv", "class,symbol\nCMS1,STAT1\nCMS1,IRF1\nCMS2,CDX2\nCMS2,ASCL2\nCMS2,NOSUCH\n");
    const Ended ended = call(predict({m_slide}, "called", {"--templates", templates}));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const auto facts = jsonOfFile(m_folder.path("called") + "/synthetic-1-0001.prediction.json");
    const auto& subtype = facts["subtypes"][0];
    QCOMPARE(keysOf(subtype), std::string("call classes distances fdr heldout nearest p statement target "
                                          "template_genes templates tile_shares use"));
    QVERIFY(subtype["fdr"].is_null() && subtype["heldout"].is_null());
    QCOMPARE(subtype["template_genes"]["all"].get<int>(), 5);
    QCOMPARE(subtype["template_genes"]["predicted"].get<int>(), 4);
    QCOMPARE(facts["calls"].back()["target"].get<std::string>(), std::string("CMS of tiles"));
    QVERIFY2(ended.output.find("never tested against measured CMS") != std::string::npos,
             ended.output.c_str());
  }

  void templatesThatCannotBeUsedAreRefused() {
    GENEGLASS_REFUSED(predict({m_slide}, "none", {"--templates", "/nowhere.csv"}),
                      "Cannot open the template file '/nowhere.csv'.");
    const std::string others = m_folder.write("templates.X.csv", "class,symbol\nA,STAT1\nB,NOSUCH\n");
    const Ended ended = call(predict({m_slide}, "others", {"--templates", others}));
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.starts_with("Cannot use the templates '" + others +
                                    "': no gene of the class 'B' is there among the "),
             ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("others")), std::string());
  }

  void twoSlidesOfOneNameAreRefusedBeforeAnyIsRead() {
    const std::string one = m_folder.write("a/same.tif", ""), other = m_folder.write("b/same.svs", "");
    GENEGLASS_REFUSED(predict({one, other}, "twins"),
                      "'" + one + "' and '" + other +
                          "' would write the same result: give them one after the other, with folders of "
                          "their own.");
    QVERIFY(!std::filesystem::exists(m_folder.path("twins")));
  }

  /// DICOM's are named by numbers between dots.
  void foldersWhoseNamesDifferBehindTheLastDotHaveResultsOfTheirOwn() {
    std::filesystem::create_directories(m_folder.path("1.2.840.10008.5"));
    std::filesystem::create_directories(m_folder.path("1.2.840.10008.6"));
    const Ended ended =
        call(predict({m_folder.path("1.2.840.10008.5"), m_folder.path("1.2.840.10008.6/")}, "uids"));
    QCOMPARE(ended.said, "2 of 2 slides failed:\n  Cannot open '" + m_folder.path("1.2.840.10008.5") +
                             "': it is a folder that holds no DICOM slide and no OME-Zarr.\n  Cannot open '" +
                             m_folder.path("1.2.840.10008.6") +
                             "': it is a folder that holds no DICOM slide and no OME-Zarr.");
  }

  void theResultOfAnotherSlideIsNotOverwritten() {
    std::filesystem::create_directories(m_folder.path("other"));
    const std::string twin = m_folder.path("other/synthetic-1-0001.tif");
    std::filesystem::copy_file(m_folder.slide("slides", 2), twin);
    QCOMPARE(call(predict({m_slide}, "kept")).status, 0);
    const std::string file = m_folder.path("kept") + "/synthetic-1-0001.prediction.json";
    const std::string before = bytesOfFile(file);
    const Ended ended = call(predict({twin}, "kept"));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said, "Cannot write '" + file + "': it holds the prediction of another slide than '" +
                             twin + "'; remove it or give another folder.");
    QVERIFY(bytesOfFile(file) == before);
    QCOMPARE(call(predict({m_slide}, "kept")).status, 0);  // its own is
  }

  void aSlideThatIsNoneCostsNoOther() {
    const std::string bad = m_folder.write("bad.tif", "no slide");
    const Ended ended = call(predict({bad, m_slide}, "mixed"));
    const std::string reason = "Cannot open '" + bad + "': no reader knows this format.";
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said, "1 of 2 slides failed:\n  " + reason);
    const auto told = jsonOf(ended.output);
    QCOMPARE(told["predicted"].size(), size_t(1));
    QCOMPARE(told["failed"], (nlohmann::json::array({{{"slide", bad}, {"reason", reason}}})));
    QCOMPARE(filesIn(m_folder.path("mixed")),
             std::string("synthetic-1-0001.maps.h5 synthetic-1-0001.prediction.json"));
  }

  void whatCannotBeWrittenOrReadIsNamed() {
    const std::string file = m_folder.write("file", "no folder");
    GENEGLASS_REFUSED(predict({m_slide}, "file"), "Cannot make the folder '" + file + "': Not a directory.");
    GENEGLASS_REFUSED((Words{"predict", m_slide, "--model", "/nowhere", "--out", m_folder.path("none")}),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
    const Ended full = call({"predict", m_slide, "--model", m_folder.model(), "--out", "/proc/self"});
    QCOMPARE(full.status, 1);
    QVERIFY2(full.said.starts_with("Cannot write '/proc/self/synthetic-1-0001.maps.h5': "),
             full.said.c_str());
  }

  void featuresOfOneSlideAreNotTakenForTwo() {
    GENEGLASS_REFUSED(predict({m_slide, "b.svs"}, "none", {"--bag", "a.h5", "--json"}),
                      "The features of 'a.h5' are of one slide, and 2 slides were given.");
  }

  void interruptedItStopsKeepsWhatItHasAndGoesOn() {
    const Variables here{{"GENEGLASS_CACHE", m_folder.path("cache")}};
    const Variables told{{"GENEGLASS_CACHE", m_folder.path("cache")}, {"GENEGLASS_PROGRESS_LINES", "1"}};
    CalledProgram running(GENEGLASS_PROGRAM, slowly({m_slide}, "stopped"), told);
    QVERIFY(running.hasSaid("encoding tiles\n"));
    running.interrupt();
    const Ended ended = running.ended();
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.ends_with("\nThe prediction of '" + m_slide + "' was cancelled."),
             ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("stopped")), std::string());
    const int64_t begun = jsonOf(call({"cache", "--json"}, here).output)["bytes"].get<int64_t>();
    QVERIFY(begun > 0);
    const Ended again = call(slowly({m_slide}, "stopped"), here);
    QVERIFY2(again.status == 0, again.said.c_str());
    QCOMPARE(call(slowly({m_slide}, "undisturbed")).status, 0);
    QVERIFY(predicted("stopped").is_object());
    QVERIFY(predicted("stopped") == predicted("undisturbed"));
  }

  void interruptedBeforeItsLastSlideItSaysSo() {
    CalledProgram running(GENEGLASS_PROGRAM, slowly({m_slide, m_folder.slide("slides", 2)}, "first"),
                          {{"GENEGLASS_PROGRESS_LINES", "1"}});
    QVERIFY(running.hasSaid("encoding tiles\n"));
    running.interrupt();
    const Ended ended = running.ended();
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.ends_with("\nThe command was stopped; what was finished is kept."),
             ended.said.c_str());
    QCOMPARE(ended.output, std::string());
    QCOMPARE(filesIn(m_folder.path("first")), std::string());
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"predict a.svs", "predict --out d", "predict a.svs --out d --threads x"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::predict_command_test

GENEGLASS_TEST(geneglass::predict_command_test::PredictCommandTest)
#include "predict_command_test.moc"
