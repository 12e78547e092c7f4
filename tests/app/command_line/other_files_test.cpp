// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::other_files_test {

using namespace geneglass::testing;

/// `geneglass-cli predict` with files for other programs, and with the bags of other tools.
class OtherFilesTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_slide;

  Words predict(const Words& slides, const std::string& out, const Words& more) const {
    return Words{"predict"} + slides + Words{"--model", m_folder.model(), "--out", m_folder.path(out)} + more;
  }

  /// Tiles of 64 px from two corners, as CLAM tells them; each feature another.
  std::string twoContours(const std::vector<std::pair<int, int>>& corners) const {
    std::vector<int32_t> places;
    for (const auto& [left, top] : corners)
      for (int tile = 0; tile < 40; ++tile)
        places.insert(places.end(), {left + tile % 8 * 64, top + tile / 8 * 64});
    const hsize_t tiles = places.size() / 2;
    std::vector<float> features(tiles * 16);
    for (size_t i = 0; i < features.size(); ++i) features[i] = float(i * 7919 % 101) / 101;
    const std::string file = m_folder.path("clam.h5");
    const auto written = writeHdf5(file, [&](H5::H5File& h) {
      writeFloats(h, "features", {tiles, 16}, features);
      writeIntegers(h, "coords", {tiles, 2}, places);
      H5::DataSet coords = h.openDataSet("coords");
      writeAttribute(coords, "patch_size", 64);
      writeAttribute(coords, "patch_level", 0);
      writeAttribute(coords, "name", std::string("synthetic-1-0001"));
    });
    return written ? file : "";
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 2);
    m_slide = m_folder.slide("slides", 1);
  }

  void eachStandsBesideThePredictionAndIsTold() {
    const Ended ended = call(predict({m_slide}, "out", {"--json", "--h5ad", "--geojson", "--ome-tiff"}));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    QCOMPARE(filesIn(m_folder.path("out")),
             std::string("synthetic-1-0001.geojson synthetic-1-0001.h5ad synthetic-1-0001.maps.h5 "
                         "synthetic-1-0001.maps.ome.tif synthetic-1-0001.prediction.json"));
    const auto told = jsonOf(ended.output)["predicted"][0];
    QCOMPARE(told["h5ad"].get<std::string>(), m_folder.path("out/synthetic-1-0001.h5ad"));
    QCOMPARE(keysOf(told), std::string("geojson h5ad maps ome_tiff prediction slide"));
    const auto facts = jsonOfFile(m_folder.path("out/synthetic-1-0001.prediction.json"));
    QCOMPARE(jsonOfFile(m_folder.path("out/synthetic-1-0001.geojson"))["features"].size(),
             facts["hotspots"].size());
    const auto read =
        readHdf5(m_folder.path("out/synthetic-1-0001.h5ad"), [&](H5::H5File& h) -> Result<void> {
          const std::vector<hsize_t> shape = shapeOf(h.openDataSet("X"));
          const bool fits = shape[0] == facts["grid"]["tiles"] && shape[1] == facts["genes"].size();
          return fits ? Result<void>() : fail("another shape");
        });
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
  }

  void aNameIsTakenForOneSlideOnly() {
    const std::string file = m_folder.path("named.h5ad");
    QCOMPARE(call(predict({m_slide}, "named", {"--h5ad", file})).status, 0);
    QVERIFY(std::filesystem::exists(file));
    GENEGLASS_REFUSED(predict({m_slide, m_folder.slide("slides", 2)}, "two", {"--json", "--h5ad", file}),
                      "'" + file +
                          "' is the file of one slide, and 2 slides were given: without a name each has its "
                          "own.");
  }

  void aSlideIsNoNameForAFile() {
    const std::string before = bytesOfFile(m_slide);
    const Ended ended = call(predict({m_slide}, "no", {"--ome-tiff", m_slide}));
    QCOMPARE(ended.status, 2);
    QVERIFY2(ended.said.find("'" + m_slide + "' does not end in .ome.tif") != std::string::npos,
             ended.said.c_str());
    const std::string twin = m_folder.path("twin.ome.tif");
    std::filesystem::copy_file(m_slide, twin);
    const Ended own = call(predict({twin}, "no", {"--json", "--ome-tiff", twin}));
    QCOMPARE(own.said, "Cannot write '" + twin + "': it is the slide itself.");
    QCOMPARE(own.status, 1);
    QVERIFY(bytesOfFile(twin) == before);
  }

  void whatCannotBeWrittenIsOneSentence() {
    const Ended ended = call(predict({m_slide}, "bad", {"--json", "--geojson", "/nowhere/at/all.geojson"}));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said, std::string("Cannot write '/nowhere/at/all.geojson': No such file or directory."));
  }

  void twoContoursWithAGridEachArePredictedWhereTheyLie() {
    const std::string bag = twoContours({{104, 96}, {749, 133}});
    const Ended ended =
        call(predict({m_slide}, "clam", {"--json", "--bag", bag, "--h5ad", "--geojson", "--ome-tiff"}));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const auto grid = jsonOfFile(m_folder.path("clam/synthetic-1-0001.prediction.json"))["grid"];
    QCOMPARE(grid["tiles"].get<int>(), 80);
    QCOMPARE(grid["tile"].get<int>(), 64);
    QCOMPARE(grid["stride"].get<int>(), 16);
    const auto read =
        readHdf5(m_folder.path("clam/synthetic-1-0001.maps.h5"), [](H5::H5File& h) -> Result<void> {
          const std::vector<double> coords = readDoubles(h.openDataSet("coords"));
          const bool fits =
              coords.size() == 160 && coords[0] == 104 && coords[80] == 749 && coords[81] == 133;
          return fits ? Result<void>() : fail("elsewhere");
        });
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
  }

  void aTileOutsideTheSlideIsNamed() {
    const std::string bag = twoContours({{104, 96}, {1549, 2033}});
    const Ended ended = call(predict({m_slide}, "outside", {"--json", "--bag", bag}));
    QCOMPARE(ended.said, "Cannot predict '" + m_slide + "': the features in '" + bag +
                             "' do not fit: tile 40 at (1549, 2033) lies outside its 2048 x 2048 "
                             "pixels.");
    QCOMPARE(ended.status, 1);
  }
};

}  // namespace geneglass::other_files_test

GENEGLASS_TEST(geneglass::other_files_test::OtherFilesTest)
#include "other_files_test.moc"
