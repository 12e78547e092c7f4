// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::spots_command_test {

using namespace geneglass::testing;

/// `geneglass-cli spots`, called as a user calls it: on a painted section with made counts, and on a real one
/// with the shipped model.
class SpotsCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  static std::string shipped() { return (sourceFolder() / "resources/models/demonstration").string(); }

  /// The painted section.
  Words painted(const Words& more = {}) const {
    return Words{"spots",
                 m_folder.model(),
                 m_folder.slide("slides", 1),
                 "--counts",
                 m_folder.path("counts.tsv"),
                 "--spots",
                 m_folder.path("spots.tsv")} +
           more;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 1);
    m_folder.writeSpots("counts.tsv", "spots.tsv");
  }

  void theJsonHasTheKeysThatOtherProgramsRead() {
    const Ended ended = call(painted({"--json"}));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto told = jsonOf(ended.output);
    QCOMPARE(keysOf(told),
             std::string("genes mean_pearson mean_pearson_high mean_pearson_low model slide spots"));
    QCOMPARE(keysOf(told["slide"]), std::string("file hash height mpp width"));
    for (const char* key : {"file", "measured", "compared", "pitch_um"})
      QVERIFY2(told["spots"].contains(key), key);
    QCOMPARE(told["spots"]["measured"].get<int>(), 64);
    QCOMPARE(told["spots"]["pitch_um"].get<double>(), 100.0);  // 200 pixels of 0.5 um
    QCOMPARE(told["genes"].size(), size_t(3));
    QCOMPARE(keysOf(told["genes"][0]),
             std::string("ci_high ci_low heldout_r pearson pearson_high pearson_low spearman spearman_high "
                         "spearman_low spots_counted symbol well_predicted"));
  }

  void measuredAndPredictedAreDrawnSideBySide() {
    const std::string picture = m_folder.path("spots.png");
    const Ended ended = call(painted({"--picture", picture, "--gene", "VIM"}));
    QCOMPARE(ended.status, 0);
    QVERIFY2(ended.output.starts_with("made 1: made for a test, predicts nothing"), ended.output.c_str());
    QVERIFY2(ended.output.ends_with(picture + " written\n"), ended.output.c_str());
    QVERIFY(QImage(QString::fromStdString(picture)).width() > 1000);
  }

  void aGeneThatIsNotInBothIsRefusedBeforeAnythingIsDrawn() {
    const std::string picture = m_folder.path("never.png");
    GENEGLASS_REFUSED(painted({"--picture", picture, "--gene", "vim"}),
                      "Cannot draw the gene 'vim': it is not one of the 3 that '" + m_folder.model() +
                          "' and '" + m_folder.path("counts.tsv") + "' both have.");
    QVERIFY(!std::filesystem::exists(picture));
  }

  void whatCannotBeReadOrWrittenIsNamed() {
    const std::string slide = m_folder.slide("slides", 1), model = m_folder.model();
    GENEGLASS_REFUSED((Words{"spots", "/nowhere", slide, "--counts", "c.tsv", "--spots", "s.tsv"}),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
    const Ended counts = call({"spots", model, slide, "--counts", "/nowhere.tsv", "--spots", "s.tsv"});
    QCOMPARE(counts.status, 1);
    QVERIFY2(counts.said.find("'/nowhere.tsv'") != std::string::npos, counts.said.c_str());
    const Ended picture = call(painted({"--picture", "/nowhere/spots.png"}));
    QCOMPARE(picture.status, 1);
    QVERIFY2(picture.said.find("'/nowhere/spots.png'") != std::string::npos, picture.said.c_str());
  }

  void aRealSectionGivesWhatNumPyAndSciPyGive() {
    GENEGLASS_NEED(slide, "st/her2st-C2/slide.tif");
    const std::string folder = slide.parent_path().string();
    const Ended ended = call({"spots", shipped(), slide.string(), "--counts", folder + "/counts.tsv.gz",
                              "--spots", folder + "/spots.tsv", "--json"});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const auto told = jsonOf(ended.output);
    QCOMPARE(told["spots"]["measured"].get<int>(), 187);
    QCOMPARE(told["spots"]["compared"].get<int>(), 187);
    QVERIFY(std::abs(told["spots"]["pitch_um"].get<double>() - 199.72) < 0.01);
    // Of the same features of the spots and the same counts; head and correlation there by NumPy and SciPy.
    const auto& genes = told["genes"];
    QCOMPARE(genes.size(), size_t(52));
    for (const auto& [symbol, r] : {std::pair("STAT1", 0.2550), {"CD8A", 0.1145}, {"KLF4", -0.1477}}) {
      const auto gene = std::find_if(genes.begin(), genes.end(),
                                     [&](const auto& value) { return value["symbol"] == symbol; });
      QVERIFY(gene != genes.end());
      QVERIFY2(std::abs((*gene)["pearson"].template get<double>() - r) < 0.0005, gene->dump().c_str());
    }
  }

  void aSmallerPictureThanTheSpotsAreOfIsRefused() {
    GENEGLASS_NEED(counts, "st/visium-human/filtered_feature_bc_matrix.h5");
    const std::string folder = counts.parent_path().string() + "/spatial/";
    GENEGLASS_REFUSED((Words{"spots", shipped(), folder + "tissue_hires_image.png", "--counts",
                             counts.string(), "--spots", folder + "tissue_positions_list.csv"}),
                      "Cannot use the spots in '" + counts.string() +
                          "': 338 of 338 lie outside 'tissue_hires_image.png', which is 600 x 401 pixels; "
                          "are their places in "
                          "level-0 pixels of this slide?");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"spots model slide.tif --counts c.tsv",
                              "spots model slide.tif --counts c.tsv --spots s.tsv --gene TP53"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::spots_command_test

GENEGLASS_TEST(geneglass::spots_command_test::SpotsCommandTest)
#include "spots_command_test.moc"
