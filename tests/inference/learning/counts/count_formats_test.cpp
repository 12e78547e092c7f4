// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <zlib.h>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <functional>

#include "inference/learning/spots/read_spots.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::count_formats_test {
namespace {

/// A folder with files of given texts; a name that ends with .gz is packed.
class TextFolder final {
 public:
  std::filesystem::path path(const std::string& name = "") const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(path(name).parent_path());
    if (name.ends_with(".gz")) {
      const gzFile file = gzopen(path(name).c_str(), "wb");
      gzwrite(file, text.data(), unsigned(text.size()));
      gzclose(file);
    } else {
      std::ofstream(path(name)) << text;
    }
    return path(name);
  }

 private:
  QTemporaryDir m_folder;
};

// Three barcodes; A counts 4 + 2 and 0, B 0 and 9; the second is not under tissue, CD3 is no gene.
constexpr const char* kMatrix =
    "%%MatrixMarket matrix coordinate integer general\n%metadata_json: {}\n4 3 6\n1 1 4\n3 1 2\n4 1 50\n2 2 "
    "7\n"
    "1 2 1\n2 3 9\n";
constexpr const char* kBarcodes = "one-1\ntwo-1\nthree-1\n";
constexpr const char* kFeatures =
    "E1\tA\tGene Expression\nE2\tB\tGene Expression\nE3\tA\tGene Expression\nE4\tCD3\tAntibody Capture\n";
constexpr const char* kGenes = "E1\tA\nE2\tB\nE3\tA\nE4\tCD3\n";
constexpr const char* kPositions = "one-1,1,0,0,100,200.5\ntwo-1,0,0,2,100,300\nthree-1,1,1,1,150,250\n";
constexpr const char* kScales = R"({"spot_diameter_fullres": 55.5})";

std::string described(const Result<SpotTable>& table) {
  if (!table) return table.error().sentence;
  std::string text;
  for (size_t spot = 0; spot < table->names.size(); ++spot) {
    text += fmt::format("{} ({}, {})", table->names[spot], table->centres[spot].x, table->centres[spot].y);
    for (const GeneCount& one : table->counts.of(spot))
      text += fmt::format(" {}={}", table->genes[one.gene], one.count);
    text += "; ";
  }
  return text + fmt::format("wide {:.4g}, {} of {} without place", table->diameter, table->withoutPlace,
                            table->listed);
}

constexpr const char* kRead =
    "one-1 (200.5, 100) A=6; three-1 (250, 150) B=9; wide 55.5, 0 of 3 without place";

/// How a test writes what AnnData writes.
struct AnnotatedFile {
  enum class Kind { Dense, Rows, Columns, NoMatrix } kind = Kind::Dense;
  std::vector<float> dense{6, 0, 3, 1, 7, 0, 0, 9, 0};  // 3 spots x A, B, A
  std::vector<std::string> symbols{"A", "B", "C"};
  std::string matrix = "X";
  bool ensembl = false, oldCategories = false, tissue = true, places = true;
  std::vector<std::string> sections{"lib"};

  void addMatrix(H5::Group& at, const std::string& name) const {
    if (kind == Kind::Dense) return writeFloats(at, name, {3, 3}, dense);
    if (kind == Kind::NoMatrix) return;
    const bool rows = kind == Kind::Rows;
    H5::Group group = at.createGroup(name);
    writeAttribute(group, "encoding-type", rows ? "csr_matrix" : "csc_matrix");
    std::vector<int32_t> starts{0}, indices;
    std::vector<float> data;
    for (size_t line = 0; line < 3; ++line) {
      for (size_t i = 0; i < 3; ++i)
        if (const float value = dense[rows ? line * 3 + i : i * 3 + line]; value != 0)
          indices.push_back(int32_t(i)), data.push_back(value);
      starts.push_back(int32_t(indices.size()));
    }
    writeIntegers(group, "indptr", {starts.size()}, starts);
    writeIntegers(group, "indices", {indices.size()}, indices);
    writeFloats(group, "data", {data.size()}, data);
  }

  void addSymbols(H5::Group& var) const {
    writeAttribute(var, "_index", std::string("names"));
    if (!ensembl) return writeStrings(var, "names", symbols);
    writeStrings(var, "names", {"ENSG00000000001", "ENSG00000000002", "ENSG00000000003"});
    if (oldCategories) {
      H5::Group categories = var.createGroup("__categories");
      writeStrings(categories, "gene_symbols", {"A", "B"});
      writeIntegers(var, "gene_symbols", {3}, std::vector<int32_t>{0, 1, 0});
      H5::DataSet codes = var.openDataSet("gene_symbols");
      writeAttribute(codes, "categories", std::string("a reference"));
      return;
    }
    H5::Group column = var.createGroup("feature_name");
    writeStrings(column, "categories", {"A", "B"});
    writeIntegers(column, "codes", {3}, std::vector<int32_t>{0, 1, 0});
  }

  Result<void> write(const std::filesystem::path& file) const {
    return writeHdf5(file, [&](H5::H5File& opened) {
      H5::Group obs = opened.createGroup("obs"), var = opened.createGroup("var");
      writeStrings(obs, "_index", {"one-1", "two-1", "three-1"});
      if (tissue) writeIntegers(obs, "in_tissue", {3}, std::vector<int32_t>{1, 0, 1});
      addSymbols(var);
      if (matrix == "layers/counts") {
        writeFloats(opened, "X", {3, 3}, std::vector<float>{0.5, 0, 0, 1, 0, 0, 0, 2, 0});
        opened.createGroup("layers");
      }
      H5::Group at = matrix == "X" ? opened.openGroup("/") : opened.openGroup("layers");
      addMatrix(at, matrix == "X" ? "X" : "counts");
      H5::Group obsm = opened.createGroup("obsm"), uns = opened.createGroup("uns"),
                spatial = uns.createGroup("spatial");
      if (places) writeFloats(obsm, "spatial", {3, 2}, std::vector<float>{200.5, 100, 300, 100, 250, 150});
      for (const std::string& name : sections) {
        H5::Group section = spatial.createGroup(name), scales = section.createGroup("scalefactors");
        writeFloats(scales, "spot_diameter_fullres", {}, std::vector<float>{55.5});
      }
    });
  }
};

}  // namespace

class CountFormatsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMatrixFolderReadsAsItsHdf5Does_data() {
    QTest::addColumn<QString>("files");
    QTest::newRow("packed") << QStringLiteral(
        "matrix.mtx.gz barcodes.tsv.gz features.tsv.gz tissue_positions_list.csv.gz scalefactors_json.json");
    QTest::newRow("plain") << QStringLiteral(
        "matrix.mtx barcodes.tsv features.tsv tissue_positions.csv scalefactors_json.json");
    QTest::newRow("within") << QStringLiteral(
        "filtered_feature_bc_matrix/matrix.mtx.gz filtered_feature_bc_matrix/barcodes.tsv.gz "
        "filtered_feature_bc_matrix/features.tsv.gz spatial/tissue_positions.csv "
        "spatial/scalefactors_json.json");
    QTest::newRow("GEO") << QStringLiteral(
        "GSM1_a_matrix.mtx.gz GSM1_a_barcodes.tsv.gz GSM1_a_features.tsv.gz "
        "GSM1_a_tissue_positions_list.csv.gz "
        "GSM1_a_scalefactors_json.json.gz");
  }
  void aMatrixFolderReadsAsItsHdf5Does() {
    QFETCH(QString, files);
    const QStringList names = files.split(u' ');
    const TextFolder folder;
    const char* texts[] = {kMatrix, kBarcodes, kFeatures, kPositions, kScales};
    for (int i = 0; i < 5; ++i) folder.write(names[i].toStdString(), texts[i]);
    QCOMPARE(described(readSpots(folder.path(), {})), std::string(kRead));
    QCOMPARE(described(readSpots(folder.path(names[0].toStdString()), folder.path(names[3].toStdString()))),
             std::string(kRead));
  }

  void genesOfVersionTwoAndATurnedMatrixAreRead() {
    const TextFolder folder;
    folder.write("barcodes.tsv", kBarcodes);
    folder.write("genes.tsv", kGenes);
    folder.write("tissue_positions.csv", kPositions);
    folder.write("scalefactors_json.json", kScales);
    folder.write("matrix.mtx",
                 "%%MatrixMarket matrix coordinate real general\r\n3 4 6\r\n3 2 9\r\n1 1 4.0\r\n1 3 2\r\n2 2 "
                 "7\r\n2 1 1"
                 "\r\n1 4 50\r\n");
    QCOMPARE(described(readSpots(folder.path(), {})),
             std::string(
                 "one-1 (200.5, 100) A=6 CD3=50; three-1 (250, 150) B=9; wide 55.5, 0 of 3 without place"));
  }

  void aBrokenMatrixIsRefusedWithItsReason_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* before, const char* after, const char* reason) {
      QTest::newRow(reason) << QString::fromLatin1(before) << QString::fromLatin1(after)
                            << QString::fromLatin1(reason);
    };
    row("coordinate", "array", "it does not begin with '%%MatrixMarket matrix coordinate'");
    row("general", "symmetric", "its entries stand for others too; only 'general' matrices are counts");
    row("4 3 6", "4 4 6", "it has 4 x 4 places for 4 features and 3 barcodes");
    row("4 3 6", "four 3 6", "row 3: 'four 3 6' are not three sizes");
    row("4 3 6", "4 3 7", "it holds 6 of the 7 counts that it says it has");
    row("4 3 6", "4 3 99999999999999", "it holds 6 of the 99999999999999 counts that it says it has");
    row("4 3 6", "4 3 5", "it has more than the 5 counts that it says it has");
    row("2 3 9", "5 3 9", "row 9: '5 3 9' is no place of a matrix of 4 x 3");
    row("2 3 9", "2 0 9", "row 9: '2 0 9' is no place of a matrix of 4 x 3");
    row("2 3 9", "2 3 0.5", "row 9: '0.5' is not a count");
    row("2 3 9", "2 3 -1", "row 9: '-1' is not a count");
    row("2 3 9", "2 3", "row 9: '' is not a count");
  }
  void aBrokenMatrixIsRefusedWithItsReason() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, reason);
    const TextFolder folder;
    const std::string file =
        folder.write("matrix.mtx.gz", QString::fromLatin1(kMatrix).replace(before, after).toStdString());
    folder.write("barcodes.tsv.gz", kBarcodes);
    folder.write("features.tsv.gz", kFeatures);
    folder.write("tissue_positions.csv", kPositions);
    QCOMPARE(described(readSpots(folder.path(), {})),
             "Cannot use the spots in '" + file + "': " + reason.toStdString() + ".");
  }

  void aMatrixWithoutItsListsSaysWhichIsMissing() {
    const TextFolder folder;
    const std::string file = folder.write("matrix.mtx.gz", kMatrix);
    folder.write("tissue_positions.csv", kPositions);
    folder.write("features.tsv", kFeatures);
    QCOMPARE(described(readSpots(folder.path(), {})),
             "Cannot use the spots in '" + file +
                 "': beside it there is no barcodes.tsv(.gz), or it has another beginning.");
    folder.write("barcodes.tsv", "one-1\ntwo-1\none-1\n");
    QCOMPARE(described(readSpots(folder.path(), {})),
             "Cannot use the spots in '" + file + "': the spot 'one-1' is there twice.");
  }

  void annotatedDataOfAllKindsReadsTheSame_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("matrix");
    for (const char* matrix : {"X", "layers/counts"})
      for (const int kind : {0, 1, 2})
        QTest::addRow("%s, %d", matrix, kind) << kind << QString::fromLatin1(matrix);
  }
  void annotatedDataOfAllKindsReadsTheSame() {
    QFETCH(int, kind);
    QFETCH(QString, matrix);
    for (const bool oldCategories : {false, true}) {
      const TextFolder folder;
      AnnotatedFile file;
      file.kind = AnnotatedFile::Kind(kind);
      file.matrix = matrix.toStdString();
      file.ensembl = true;
      file.oldCategories = oldCategories;
      QVERIFY(file.write(folder.path("a.h5ad")));
      const Result<SpotTable> table = readSpots(folder.path("a.h5ad"), {});
      QCOMPARE(
          described(table),
          std::string("one-1 (200.5, 100) A=9; three-1 (250, 150) B=9; wide 55.5, 0 of 2 without place"));
      QCOMPARE(table->notes.size(), size_t(matrix == QStringLiteral("X") ? 0 : 1));
    }
  }

  void annotatedDataThatCannotBeUsedIsRefusedWithItsReason() {
    const TextFolder folder;
    const std::filesystem::path file = folder.path("a.h5ad");
    const auto refusal = [&](const std::function<void(AnnotatedFile&)>& damage) {
      AnnotatedFile made;
      damage(made);
      if (!made.write(file)) qFatal("not written");
      std::string sentence = described(readSpots(file, {}));
      const std::string beginning = "Cannot use the spots in '" + file.string() + "': ";
      return sentence.starts_with(beginning) ? sentence.substr(beginning.size()) : sentence;
    };
    const std::string noCounts =
        "neither 'X' nor 'layers/counts' nor 'raw/X' holds counts: whole numbers of 0 or more.";
    QCOMPARE(refusal([](AnnotatedFile& f) { f.dense[0] = 0.5; }), noCounts);
    QCOMPARE(refusal([](AnnotatedFile& f) { f.dense[0] = -1; }), noCounts);
    QCOMPARE(refusal([](AnnotatedFile& f) { f.kind = AnnotatedFile::Kind::NoMatrix; }), noCounts);
    QCOMPARE(refusal([](AnnotatedFile& f) { f.symbols.pop_back(); }),
             std::string("'X' is not a matrix of its 3 spots and 2 genes."));
    QCOMPARE(refusal([](AnnotatedFile& f) { f.places = false; }),
             std::string("it does not tell where its spots are (obsm/spatial); name a file of places."));
    QCOMPARE(refusal([](AnnotatedFile& f) {
               f.sections = {"a", "b"};
             }),
             std::string("it holds the 2 sections a, b; write one to a file."));
    QVERIFY(
        writeHdf5(file, [](H5::H5File& opened) { writeFloats(opened, "obs", {1}, std::vector<float>{1}); }));
    QCOMPARE(described(readSpots(file, {})),
             "Cannot read '" + file.string() +
                 "': it was written by AnnData before 0.7; open it with a newer one and write it again.");
    QVERIFY(writeHdf5(file, [](H5::H5File& opened) { opened.createGroup("other"); }));
    QCOMPARE(described(readSpots(file, {})),
             "Cannot read '" + file.string() + "': it has no 'obs', as AnnData's tables have.");
  }

  void namesAdjustedToWhereSpotsWereFoundAreJoined_data() {
    QTest::addColumn<QString>("places");
    QTest::newRow("array positions") << QStringLiteral(
        "x\ty\tpixel_x\tpixel_y\n6\t9\t60\t90\n7\t9\t70\t90\n");
    QTest::newRow("both") << QStringLiteral(
        "x\ty\tnew_x\tnew_y\tpixel_x\tpixel_y\n6\t9\t5.98\t9.02\t60\t90\n7\t9\t6.968\t9.0\t70\t90\n");
  }
  void namesAdjustedToWhereSpotsWereFoundAreJoined() {
    QFETCH(QString, places);
    const TextFolder folder;
    folder.write("spots.tsv", places.toStdString());
    folder.write("counts.tsv", "\tA\tB\t\n5.98x9.02\t1\t0\t\n6.97x9\t0\t2\t\n30.1x9\t1\t1\t\n\n");
    const std::string read = "5.98x9.02 (60, 90) A=1; 6.97x9 (70, 90) B=2; wide 5, 1 of 3 without place";
    QCOMPARE(described(readSpots(folder.path(), {})), read);
    folder.write("counts.tsv", "X5.98x9.02\tX6.97x9\tX30.1x9\nA\t1\t0\t1\nB\t0\t2\t1\n");  // as R writes it
    std::string turned = described(readSpots(folder.path(), {}));
    std::erase(turned, 'X');
    QCOMPARE(turned, read);
  }

  void twoSpotsAtOnePlaceAreRefused() {
    const TextFolder folder;
    folder.write("spots.tsv", "x\ty\tpixel_x\tpixel_y\n6\t9\t60\t90\n7\t9\t70\t90\n");
    folder.write("counts.tsv", "\tA\n5.98x9.02\t1\n6.02x9.02\t2\n");
    QCOMPARE(described(readSpots(folder.path(), {})),
             "Cannot use the spots in '" + folder.path("counts.tsv").string() +
                 "': the spots '5.98x9.02' and '6.02x9.02' are at one place.");
  }
};

}  // namespace geneglass::count_formats_test

GENEGLASS_TEST(geneglass::count_formats_test::CountFormatsTest)
#include "count_formats_test.moc"
