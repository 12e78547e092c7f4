// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/space_ranger.h"
#include "inference/learning/spots/read_spots.h"

#include <fmt/format.h>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::space_ranger_test {
namespace {

/// Three barcodes, four features: A and B are genes, then A again, and one that is no gene.
struct MadeMatrix {
  std::vector<std::string> barcodes{"one-1", "two-1", "three-1"};
  std::vector<std::string> symbols{"A", "B", "A", "CD3"};
  std::vector<std::string> kinds{"Gene Expression", "Gene Expression", "Gene Expression", "Antibody Capture"};
  std::vector<int32_t> starts{0, 3, 5, 6};
  std::vector<int32_t> features{0, 2, 3, 1, 0, 1};
  std::vector<float> counts{4, 2, 50, 7, 1, 9};
  std::vector<int32_t> shape{4, 3};
  std::string leftOut;  ///< a data set that is not written
};

class MadeFolder final {
 public:
  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }

  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }

  void write(const MadeMatrix& matrix) const {
    const Result<void> written = writeHdf5(path("counts.h5"), [&](H5::H5File& file) {
      H5::Group group = file.createGroup("matrix"), features = group.createGroup("features");
      const auto wanted = [&](const char* name) { return matrix.leftOut != name; };
      if (wanted("barcodes")) writeStrings(group, "barcodes", matrix.barcodes);
      if (wanted("name")) writeStrings(features, "name", matrix.symbols);
      if (wanted("feature_type")) writeStrings(features, "feature_type", matrix.kinds);
      if (wanted("indptr")) writeIntegers(group, "indptr", {matrix.starts.size()}, matrix.starts);
      if (wanted("indices")) writeIntegers(group, "indices", {matrix.features.size()}, matrix.features);
      if (wanted("data")) writeFloats(group, "data", {matrix.counts.size()}, matrix.counts);
      if (wanted("shape")) writeIntegers(group, "shape", {matrix.shape.size()}, matrix.shape);
    });
    QVERIFY(written);
  }

  Result<SpotTable> read() const { return readSpots(path("counts.h5"), path("tissue_positions.csv")); }

 private:
  QTemporaryDir m_folder;
};

constexpr const char* kHeader =
    "barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres\n";
constexpr const char* kRows =
    "one-1,1,0,0,100,200.5\n"
    "two-1,0,0,2,100,300\n"
    "three-1,1,1,1,150,250\n"
    "empty-1,1,1,3,150,350\n";
constexpr const char* kScales = R"({"tissue_hires_scalef": 0.1, "spot_diameter_fullres": 55.5})";

/// A whole and valid folder, to be damaged.
void fill(const MadeFolder& folder, const MadeMatrix& matrix = {}) {
  folder.write(matrix);
  folder.write("tissue_positions.csv", std::string(kHeader) + kRows);
  folder.write("scalefactors_json.json", kScales);
}

size_t columnOf(const SpotTable& table, const std::string& gene) {
  return size_t(std::find(table.genes.begin(), table.genes.end(), gene) - table.genes.begin());
}

/// Of each spot, what is not 0.
std::vector<std::vector<GeneCount>> countsOf(const SpotTable& table) {
  std::vector<std::vector<GeneCount>> counts;
  for (size_t spot = 0; spot < table.counts.spots(); ++spot)
    counts.emplace_back(table.counts.of(spot).begin(), table.counts.of(spot).end());
  return counts;
}

double totalOf(const SpotTable& table, const std::string& gene) {
  double total = 0;
  for (size_t spot = 0; spot < table.counts.spots(); ++spot)
    total += double(table.counts.at(spot, columnOf(table, gene)));
  return total;
}

}  // namespace

class SpaceRangerTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRealFolderGivesWhatAnotherReaderFindsInIt() {
    GENEGLASS_NEED(counts, "st/visium-human/filtered_feature_bc_matrix.h5");
    const Result<SpotTable> table =
        readSpots(counts, counts.parent_path() / "spatial" / "tissue_positions_list.csv");
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->names.size(), size_t(338));
    QCOMPARE(table->genes.size(), size_t(36591));  // 36,601 features, ten symbols twice
    const std::vector<double> totals = table->counts.totalsOfGenes();
    QCOMPARE(std::accumulate(totals.begin(), totals.end(), 0.0), 4851955.0);
    QCOMPARE(totalOf(*table, "ERBB2"), 1312.0);
    QCOMPARE(totalOf(*table, "HSPA14"), 72.0 + 75.0);
    const auto spot = std::find(table->names.begin(), table->names.end(), "ACAAGGGCAGGCTCTG-1");
    QVERIFY(spot != table->names.end());
    const size_t row = size_t(spot - table->names.begin());
    QCOMPARE(table->centres[row], (Point{22464, 15107}));
    QCOMPARE(table->counts.at(row, columnOf(*table, "ERBB2")), 2.0f);
    QCOMPARE(table->counts.total(row), 13494.0);
    QCOMPARE(table->diameter, 176.5483);
  }

  void spotsUnderTissueAreJoinedAndCountsOfOneSymbolAdded() {
    const MadeFolder folder;
    fill(folder);
    const Result<SpotTable> table = folder.read();
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->genes, (std::vector<std::string>{"A", "B"}));
    QCOMPARE(table->names, (std::vector<std::string>{"one-1", "three-1"}));
    QCOMPARE(countsOf(*table), (std::vector<std::vector<GeneCount>>{{{0, 6}}, {{1, 9}}}));
    QCOMPARE(table->centres, (std::vector<Point>{{200.5, 100}, {250, 150}}));
    QCOMPARE(table->diameter, 55.5);
    QCOMPARE(table->file, folder.path("counts.h5"));
  }

  void theOlderListWithoutAHeaderReadsTheSame() {
    const MadeFolder folder;
    fill(folder);
    folder.write("tissue_positions_list.csv", kRows);
    const auto newer = folder.read();
    const auto older = readSpots(folder.path("counts.h5"), folder.path("tissue_positions_list.csv"));
    QVERIFY(newer && older);
    QCOMPARE(older->names, newer->names);
    QCOMPARE(older->centres, newer->centres);
    QCOMPARE(countsOf(*older), countsOf(*newer));
  }

  void withoutScalesASpotIsHalfAsWideAsTheNextIsFar() {
    const MadeFolder folder;
    fill(folder);
    std::filesystem::remove(folder.path("scalefactors_json.json"));
    const auto table = folder.read();
    QVERIFY2(table, table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->diameter, std::hypot(49.5, 50.0) / 2);
  }

  void filesWithoutTypesOfFeaturesHoldGenesOnly() {
    const MadeFolder folder;
    MadeMatrix matrix;
    matrix.leftOut = "feature_type";
    fill(folder, matrix);
    const auto table = folder.read();
    QVERIFY(table);
    QCOMPARE(table->genes, (std::vector<std::string>{"A", "B", "CD3"}));
  }

  void aBrokenMatrixIsRefusedWithItsReason_data() {
    QTest::addColumn<std::function<void(MadeMatrix&)>>("damage");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, std::function<void(MadeMatrix&)> damage, const char* reason) {
      QTest::newRow(name) << damage << QString::fromLatin1(reason);
    };
    for (const char* part : {"barcodes", "indptr", "indices", "data", "shape"})
      row(
          part, [part](MadeMatrix& m) { m.leftOut = part; },
          qPrintable(QStringLiteral("it has no 'matrix/%1'").arg(QLatin1String(part))));
    row(
        "symbols", [](MadeMatrix& m) { m.leftOut = "name"; }, "it has no 'matrix/features/name'");
    row(
        "shape",
        [](MadeMatrix& m) {
          m.shape = {3, 4};
        },
        "its shape is not that of its 4 features and 3 barcodes");
    row(
        "short",
        [](MadeMatrix& m) {
          m.starts = {0, 3, 6};
        },
        "'matrix/indptr' does not fit its barcodes");
    row(
        "back",
        [](MadeMatrix& m) {
          m.starts = {0, 4, 3, 6};
        },
        "'matrix/indptr' goes back");
    row(
        "more than features",
        [](MadeMatrix& m) {
          m.starts = {0, 5, 5, 6};
        },
        "'matrix/indptr' gives a barcode more counts than features");
    row(
        "end",
        [](MadeMatrix& m) {
          m.starts = {0, 3, 5, 7};
        },
        "'matrix/indptr' does not fit 'matrix/data'");
    row(
        "lengths", [](MadeMatrix& m) { m.features.pop_back(); },
        "'matrix/indices' and 'matrix/data' are not equally long");
    row(
        "feature", [](MadeMatrix& m) { m.features[2] = 4; }, "'matrix/indices' names feature 4 of 4");
    row(
        "negative feature", [](MadeMatrix& m) { m.features[2] = -1; },
        "'matrix/indices' names feature -1 of 4");
    row(
        "half a molecule", [](MadeMatrix& m) { m.counts[1] = 0.5f; }, "0.5 is not a count");
    row(
        "below zero", [](MadeMatrix& m) { m.counts[1] = -2; }, "-2 is not a count");
    row(
        "no number", [](MadeMatrix& m) { m.counts[1] = std::nanf(""); }, "nan is not a count");
    row(
        "barcode twice", [](MadeMatrix& m) { m.barcodes[2] = "one-1"; }, "the spot 'one-1' is there twice");
    row(
        "types", [](MadeMatrix& m) { m.kinds.pop_back(); }, "a feature has no type");
    row(
        "no genes", [](MadeMatrix& m) { m.kinds.assign(4, "Antibody Capture"); },
        "none of its features is of the type 'Gene Expression'");
  }

  void aBrokenMatrixIsRefusedWithItsReason() {
    QFETCH(std::function<void(MadeMatrix&)>, damage);
    QFETCH(QString, reason);
    const MadeFolder folder;
    MadeMatrix matrix;
    damage(matrix);
    fill(folder, matrix);
    const auto table = folder.read();
    QVERIFY(!table);
    QCOMPARE(table.error().sentence, fmt::format("Cannot use the spots in '{}': {}.",
                                                 folder.path("counts.h5").string(), reason.toStdString()));
  }

  void brokenPlacesAreRefusedWithRowAndReason_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* text, const char* reason) {
      QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(reason);
    };
    row("tabs", "one-1\t1\t0\t0\t1\t2\n", "row 1: 1 cells where tissue_positions has 6, separated by commas");
    row("cells", "one-1,1,0,0,1,2\ntwo-1,1,0,0,1\n",
        "row 2: 5 cells where tissue_positions has 6, separated by commas");
    row("no barcode", ",1,0,0,1,2\n", "row 1: the spot has no barcode");
    row("twice", "one-1,1,0,0,1,2\none-1,1,0,0,1,2\n", "row 2: the spot 'one-1' is there already");
    row("tissue", "one-1,yes,0,0,1,2\n",
        "row 1: 'yes' does not say whether the spot is under tissue (0 or 1)");
    row("place", "one-1,1,0,0,1,right\n", "row 1: '1', 'right' is not a place in pixels");
    row("nowhere", "one-1,1,0,0,nan,2\n", "row 1: 'nan', '2' is not a place in pixels");
    row("header alone", kHeader, "it has no rows");
  }

  void brokenPlacesAreRefusedWithRowAndReason() {
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const MadeFolder folder;
    fill(folder);
    folder.write("tissue_positions.csv", text.toStdString());
    const auto table = folder.read();
    QVERIFY(!table);
    QCOMPARE(table.error().sentence,
             fmt::format("Cannot use the spots in '{}': {}.", folder.path("tissue_positions.csv").string(),
                         reason.toStdString()));
  }

  void brokenScalesAreRefusedWithTheReason_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* text, const char* reason) {
      QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(reason);
    };
    row("{\"spot_diameter", "it is not valid JSON");
    row("[55]", "it has no number 'spot_diameter_fullres'");
    row("{\"tissue_hires_scalef\": 1}", "it has no number 'spot_diameter_fullres'");
    row("{\"spot_diameter_fullres\": \"55\"}", "it has no number 'spot_diameter_fullres'");
    row("{\"spot_diameter_fullres\": 0}", "a spot cannot be 0 pixels wide");
    row("{\"spot_diameter_fullres\": -3.5}", "a spot cannot be -3.5 pixels wide");
  }

  void brokenScalesAreRefusedWithTheReason() {
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const MadeFolder folder;
    fill(folder);
    folder.write("scalefactors_json.json", text.toStdString());
    const auto table = folder.read();
    QVERIFY(!table);
    QCOMPARE(table.error().sentence,
             fmt::format("Cannot use the spots in '{}': {}.", folder.path("scalefactors_json.json").string(),
                         reason.toStdString()));
  }

  void missingFilesAndSpotsWithoutAPlaceAreRefused() {
    const MadeFolder folder;
    fill(folder);
    folder.write("tissue_positions.csv", "other-1,1,0,0,1,2\none-1,0,0,0,1,2\n");
    const auto sentence = [&] {
      const auto table = folder.read();
      return table ? std::string() : table.error().sentence;
    };
    const std::string counts = folder.path("counts.h5").string(),
                      places = folder.path("tissue_positions.csv").string(),
                      scales = folder.path("scalefactors_json.json").string();
    QCOMPARE(sentence(),
             fmt::format("Cannot use the spots in '{}': none of its spots is one under tissue in '{}'.",
                         counts, places));
    std::filesystem::remove(scales);
    folder.write("tissue_positions.csv", "");
    QCOMPARE(sentence(), fmt::format("Cannot read the spots in '{}': it is empty.", places));
    std::filesystem::remove(places);
    QCOMPARE(sentence(), fmt::format("Cannot read the spots in '{}': there is no such file.", places));
    folder.write("counts.h5", "no HDF5");
    QCOMPARE(sentence(), fmt::format("Cannot read '{}': it is not an HDF5 file, or it is damaged.", counts));
    QVERIFY(writeHdf5(counts, [](H5::H5File& file) { file.createGroup("other"); }));
    QCOMPARE(
        sentence(),
        fmt::format("Cannot use the spots in '{}': it has no 'matrix', as Space Ranger's tables of counts "
                    "have.",
                    counts));
    std::filesystem::remove(counts);
    QCOMPARE(sentence(),
             fmt::format("Cannot read the spots in '{}': there is no such file or folder.", counts));
  }
};

}  // namespace geneglass::space_ranger_test

GENEGLASS_TEST(geneglass::space_ranger_test::SpaceRangerTest)
#include "space_ranger_test.moc"
