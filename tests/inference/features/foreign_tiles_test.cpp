// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <functional>
#include <set>

#include "inference/features/feature_bag.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::foreign_tiles_test {

namespace {

using Corners = std::vector<float>;

Corners lattice(float left, float top, float step) {
  Corners corners;
  for (const auto& [column, row] : {std::pair{0, 0}, {1, 0}, {3, 0}, {0, 2}, {5, 4}})
    corners.insert(corners.end(), {left + step * float(column), top + step * float(row)});
  return corners;
}

/// A bag of whatever features with these corners and what `tell` adds to file and coordinates.
using Tell = std::function<void(H5::H5File&, H5::DataSet&)>;
void writeForeign(const std::filesystem::path& file, const Corners& corners, const Tell& tell,
                  std::vector<hsize_t> before = {}) {
  const Result<void> written = writeHdf5(file, [&](H5::H5File& h) {
    std::vector<hsize_t> features = before, places = before;
    features.insert(features.end(), {corners.size() / 2, 3});
    places.insert(places.end(), {corners.size() / 2, 2});
    Corners all;
    for (hsize_t batch = 0; batch < (before.empty() ? 1 : before.front()); ++batch)
      all.insert(all.end(), corners.begin(), corners.end());
    writeFloats(h, "features", features, std::vector<float>(all.size() / 2 * 3, 1));
    writeFloats(h, "coords", places, all);
    H5::DataSet coords = h.openDataSet("coords");
    tell(h, coords);
  });
  QVERIFY(written);
}

void writeNumbers(H5::DataSet& at, const char* name, std::vector<double> values) {
  const hsize_t count = values.size();
  at.createAttribute(name, H5::PredType::NATIVE_DOUBLE, H5::DataSpace(1, &count))
      .write(H5::PredType::NATIVE_DOUBLE, values.data());
}

struct Said {
  std::string unit = {}, extractor = {};
  int patchLevel = 0;  ///< 0: nothing of it
};

struct Place {
  int tile, stride, left, top;
  Rect last;  ///< of the tile in column 5 and row 4
};

}  // namespace

class ForeignTilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tilesLieWhereTheFilesOwnWordsSay_data();
  void tilesLieWhereTheFilesOwnWordsSay();
  void tilesOnNoLatticeAreRectangles_data();
  void tilesOnNoLatticeAreRectangles();
  void whatClaimsMoreNumbersThanItHoldsIsRefused();
  void whatCannotBePlacedIsRefused_data();
  void whatCannotBePlacedIsRefused();
  void aBatchOfOneBeforeTheTilesIsPassedOver();
  void whoOnlyLearnsNeedsNoPlaces();
  void aBagSaysOfWhichSlideItIs();

 private:
  QTemporaryDir m_folder;
  std::filesystem::path file() const { return m_folder.filePath(QStringLiteral("bag.h5")).toStdString(); }
};

void ForeignTilesTest::tilesLieWhereTheFilesOwnWordsSay_data() {
  QTest::addColumn<Corners>("corners");
  QTest::addColumn<Tell>("tell");
  QTest::addColumn<Place>("place");
  QTest::addRow("STAMP 2.1, micrometres") << lattice(0, 0, 224) << Tell([](H5::H5File& h, H5::DataSet&) {
    writeAttribute(h, "unit", std::string("um"));
    writeAttribute(h, "tile_size_um", 224.0);
    writeAttribute(h, "tile_size_px", 224);
  }) << Place{448, 448, 0, 0, {2240, 1792, 448, 448}};
  QTest::addRow("STAMP 2.0, micrometres") << lattice(0, 0, 224) << Tell([](H5::H5File& h, H5::DataSet&) {
    writeAttribute(h, "unit", std::string("um"));
    writeAttribute(h, "tile_size", 224.0);
  }) << Place{448, 448, 0, 0, {2240, 1792, 448, 448}};
  QTest::addRow("CLAM, from a contour's corner")
      << lattice(104, 96, 224) << Tell([](H5::H5File&, H5::DataSet& c) {
           writeNumbers(c, "patch_size", {224});
           writeNumbers(c, "patch_level", {0});
           writeNumbers(c, "downsample", {1, 1});
         })
      << Place{224, 224, 104, 96, {1224, 992, 224, 224}};
  QTest::addRow("CLAM at its second level")
      << lattice(104, 96, 1024) << Tell([](H5::H5File&, H5::DataSet& c) {
           writeNumbers(c, "patch_size", {256});
           writeNumbers(c, "patch_level", {1});
           writeNumbers(c, "downsample", {4, 4});
         })
      << Place{1024, 1024, 104, 96, {5224, 4192, 1024, 1024}};
  QTest::addRow("TRIDENT, overlapping by half")
      << lattice(7, 9, 256) << Tell([](H5::H5File&, H5::DataSet& c) {
           writeNumbers(c, "patch_size", {256});
           writeNumbers(c, "patch_size_level0", {512});
         })
      << Place{512, 256, 7, 9, {1287, 1033, 512, 512}};
  QTest::addRow("sampled: the tile is said, the steps are wider")
      << lattice(0, 0, 672)
      << Tell([](H5::H5File&, H5::DataSet& c) { writeNumbers(c, "patch_size_level0", {224}); })
      << Place{224, 224, 0, 0, {3360, 2688, 224, 224}};
  QTest::addRow("nothing is said: the smallest step")
      << lattice(0, 0, 224) << Tell([](H5::H5File&, H5::DataSet&) {})
      << Place{224, 224, 0, 0, {1120, 896, 224, 224}};
}

void ForeignTilesTest::tilesLieWhereTheFilesOwnWordsSay() {
  QFETCH(Corners, corners);
  QFETCH(Tell, tell);
  QFETCH(Place, place);
  writeForeign(file(), corners, tell);
  const auto bag = readBag(file(), 0.5);
  QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
  const TileGrid& grid = bag->grid;
  QCOMPARE(grid.tile, place.tile);
  QCOMPARE(grid.stride, place.stride);
  QCOMPARE(grid.left, place.left);
  QCOMPARE(grid.top, place.top);
  QCOMPARE(grid.area(grid.cells.back()), place.last);
  QCOMPARE(grid.corners().back(), int32_t(place.last.y));
}

void ForeignTilesTest::tilesOnNoLatticeAreRectangles_data() {
  QTest::addColumn<Corners>("corners");
  QTest::addColumn<double>("mpp");
  QTest::addColumn<int>("tile");
  QTest::addColumn<int>("cell");
  Corners two = lattice(104, 96, 224);
  const Corners other = lattice(1549, 1333, 224);
  two.insert(two.end(), other.begin(), other.end());
  QTest::addRow("two contours of CLAM") << two << 0.0 << 224 << 56;
  QTest::addRow("two contours half a tile apart")
      << Corners{0, 0, 224, 0, 336, 224, 560, 224} << 0.0 << 224 << 112;
  QTest::addRow("sampled anywhere") << Corners{0, 0, 101, 57, 350, 204, 733, 16, 12, 901} << 0.0 << 224 << 56;
  QTest::addRow("rounded") << Corners{0, 0, 224, 0, 447, 0, 671, 0, 0, 224} << 0.0 << 224 << 56;
  QTest::addRow("one place twice") << Corners{0, 0, 224, 0, 224, 0} << 0.0 << 224 << 224;
  QTest::addRow("hanging over the slide's corner") << Corners{-50, -7, 174, 217} << 0.0 << 224 << 224;
  QTest::addRow("micrometres that are no whole pixels") << lattice(0, 0, 224) << 0.2527 << 886 << 222;
}

void ForeignTilesTest::tilesOnNoLatticeAreRectangles() {
  QFETCH(Corners, corners);
  QFETCH(double, mpp);
  QFETCH(int, tile);
  QFETCH(int, cell);
  writeForeign(file(), corners, [&](H5::H5File& h, H5::DataSet& coords) {
    if (mpp > 0) writeAttribute(h, "tile_size_um", 224.0);
    if (mpp == 0) writeNumbers(coords, "patch_size_level0", {224});
  });
  const auto bag = readBag(file(), mpp > 0 ? std::optional(mpp) : std::nullopt);
  QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
  const TileGrid& grid = bag->grid;
  QCOMPARE(grid.tile, tile);
  QCOMPARE(grid.stride, cell);
  QCOMPARE(grid.count(), corners.size() / 2);
  std::set<std::pair<int, int>> shown;
  for (const TileGrid::Cell& one : grid.mapCells()) shown.emplace(one.column, one.row);
  for (size_t i = 0; i < grid.count(); ++i) {
    const double perPixel = mpp > 0 ? mpp : 1;
    QVERIFY(std::abs(grid.areaOfTile(i).x - double(corners[2 * i]) / perPixel) <= 0.5);
    QVERIFY(std::abs(grid.areaOfTile(i).y - double(corners[2 * i + 1]) / perPixel) <= 0.5);
    QVERIFY(shown.count({grid.cellOfTile(i).column, grid.cellOfTile(i).row}) == 1);
  }
}

void ForeignTilesTest::whatClaimsMoreNumbersThanItHoldsIsRefused() {
  const auto written = writeHdf5(file(), [](H5::H5File& h) {
    const hsize_t shape[] = {8000000, 128}, chunk[] = {8000, 128};
    H5::DSetCreatPropList packed;
    packed.setChunk(2, chunk);
    packed.setDeflate(6);
    h.createDataSet("features", H5::PredType::NATIVE_FLOAT, H5::DataSpace(2, shape), packed);
  });
  QVERIFY(written);
  for (const auto& read : {readBag(file()), readBagWithoutPlaces(file())}) {
    QVERIFY(!read);
    QVERIFY2(QString::fromStdString(read.error().sentence)
                 .endsWith(QStringLiteral("'features' claims 7812 MiB, of which the file holds 0 KiB.")),
             read.error().sentence.c_str());
  }
}

void ForeignTilesTest::whatCannotBePlacedIsRefused_data() {
  QTest::addColumn<Corners>("corners");
  QTest::addColumn<Said>("said");
  QTest::addColumn<double>("mpp");
  QTest::addColumn<QString>("reason");
  QTest::addRow("micrometres, of pixels of a size that is not known")
      << lattice(0, 0, 224) << Said{.unit = "um"} << 0.0
      << QStringLiteral("its tiles lie in micrometres, and how large the slide's pixels are is not known.");
  const QString unknown = QStringLiteral("the size of its tiles is unknown: nothing says it, and ");
  QTest::addRow("nothing is said, sampled anywhere")
      << Corners{0, 0, 101, 57, 350, 204, 733, 16, 12, 901} << Said{} << 0.5
      << unknown +
             QStringLiteral(
                 "the position (101, 57) of tile 1 does not lie on the grid of 12 pixels that tile 0 lies "
                 "on.");
  QTest::addRow("nothing is said, a pixel apart at the nearest")
      << Corners{0, 0, 1, 57, 350, 204, 733, 16, 12, 901} << Said{} << 0.5
      << unknown + QStringLiteral("hardly any has a neighbour 1 pixels away.");
  QTest::addRow("nothing is said of the only tile")
      << Corners{448, 448} << Said{} << 0.5
      << unknown + QStringLiteral("there is no other tile to tell it by.");
  QTest::addRow("two contours, nothing is said")
      << Corners{0, 0, 224, 0, 448, 0, 901, 57, 1125, 57} << Said{} << 0.5
      << unknown +
             QStringLiteral(
                 "the position (224, 0) of tile 1 does not lie on the grid of 57 pixels that tile 0 lies "
                 "on.");
  QTest::addRow("a unit of its own") << lattice(0, 0, 224) << Said{.unit = "furlong"} << 0.5
                                     << QStringLiteral(
                                            "its tiles lie in 'furlong', a unit that is not known here.");
  QTest::addRow("STAMP 1 says no unit")
      << lattice(0, 0, 224) << Said{.extractor = "ctranspath"} << 0.5
      << QStringLiteral("it does not say in which unit its tiles lie, as bags of STAMP 1 do not.");
  QTest::addRow("CLAM at a level of which nothing is said")
      << lattice(0, 0, 224) << Said{.patchLevel = 2} << 0.5
      << QStringLiteral(
             "its tiles are 256 pixels wide at level 2, and how much smaller that is is not said.");
  QTest::addRow("micrometres of pixels that hardly are")
      << lattice(0, 0, 224) << Said{.unit = "um"} << 1e-9
      << QStringLiteral("a tile lies at 224000000000 pixels, which is on no slide.");
}

void ForeignTilesTest::whatCannotBePlacedIsRefused() {
  QFETCH(Corners, corners);
  QFETCH(Said, said);
  QFETCH(double, mpp);
  QFETCH(QString, reason);
  writeForeign(file(), corners, [&](H5::H5File& h, H5::DataSet& coords) {
    if (!said.unit.empty()) writeAttribute(h, "unit", said.unit);
    if (said.unit == "um") writeAttribute(h, "tile_size_um", 224.0);
    if (!said.extractor.empty()) writeAttribute(h, "extractor", said.extractor);
    if (said.patchLevel == 0) return;
    writeNumbers(coords, "patch_size", {256});
    writeNumbers(coords, "patch_level", {double(said.patchLevel)});
  });
  const auto bag = readBag(file(), mpp > 0 ? std::optional(mpp) : std::nullopt);
  QVERIFY(!bag);
  QVERIFY2(QString::fromStdString(bag.error().sentence).endsWith(reason), bag.error().sentence.c_str());
}

void ForeignTilesTest::aBatchOfOneBeforeTheTilesIsPassedOver() {
  writeForeign(file(), lattice(0, 0, 224), [](H5::H5File&, H5::DataSet&) {}, {1});
  const auto bag = readBag(file());
  QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
  QCOMPARE(bag->features.rows, size_t{5});
  QCOMPARE(bag->features.columns, size_t{3});
  writeForeign(file(), lattice(0, 0, 224), [](H5::H5File&, H5::DataSet&) {}, {2});
  QVERIFY(!readBag(file()));
}

void ForeignTilesTest::whoOnlyLearnsNeedsNoPlaces() {
  writeForeign(file(), {0, 0, 100, 7, 13, 500},
               [](H5::H5File& h, H5::DataSet&) { writeAttribute(h, "unit", std::string("um")); });
  QVERIFY(!readBag(file()));
  const auto bag = readBagWithoutPlaces(file());
  QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
  QCOMPARE(bag->features.rows, size_t{3});
  QCOMPARE(bag->grid.count(), size_t{3});
}

void ForeignTilesTest::aBagSaysOfWhichSlideItIs() {
  writeForeign(file(), lattice(0, 0, 224), [](H5::H5File&, H5::DataSet& coords) {
    writeAttribute(coords, "name", std::string("TCGA-1"));
    writeNumbers(coords, "level0_width", {4000});
    writeNumbers(coords, "level0_height", {3000});
  });
  const auto bag = readBag(file());
  QVERIFY2(bag, bag ? "" : bag.error().sentence.c_str());
  QCOMPARE(bag->slideName, std::string("TCGA-1"));
  QCOMPARE(bag->slideSize, (Size{4000, 3000}));
}

}  // namespace geneglass::foreign_tiles_test

GENEGLASS_TEST(geneglass::foreign_tiles_test::ForeignTilesTest)
#include "foreign_tiles_test.moc"
