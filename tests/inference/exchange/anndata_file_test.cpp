// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/anndata_file.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <functional>

#include "inference/prediction/prediction_files.h"
#include "tests/support/full_place.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::anndata_file_test {

using namespace geneglass::testing;

/// The file as AnnData's own description of it has it, read by HDF5 alone; tests/benchmark/read_exchange.py
/// reads it by another's eyes.
class AnndataFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  Prediction m_prediction = madePrediction();

  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  void write(const AnnDataParts& more = {}) const {
    QVERIFY(writePrediction(m_folder.path().toStdString(), "made", m_prediction));
    AnnDataParts parts = more;
    parts.maps = path("made.maps.h5");
    const Result<void> written = writeAnnData(path("made.h5ad"), m_prediction, parts);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
  }
  /// Calls `look` with the file.
  void read(const std::function<void(H5::H5File&)>& look) const {
    const auto read = readHdf5(path("made.h5ad"), [&](H5::H5File& file) -> Result<void> {
      look(file);
      return {};
    });
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
  }
  static std::string kindOf(const H5::H5Object& object) {
    return readAttribute(object, "encoding-type", std::string()) + " " +
           readAttribute(object, "encoding-version", std::string());
  }

  /// Every group and dataset must say what it is.
  static void checkKinds(const H5::Group& group, const std::string& path) {
    const QByteArray where = QByteArray::fromStdString(path);
    QVERIFY2(kindOf(group).size() > 1, where.constData());
    for (hsize_t i = 0; i < group.getNumObjs(); ++i) {
      const std::string name = group.getObjnameByIdx(i);
      if (group.childObjType(name) == H5O_TYPE_GROUP)
        checkKinds(group.openGroup(name), path + "/" + name);
      else
        QVERIFY2(kindOf(group.openDataSet(name)).size() > 1, qPrintable(QString::fromStdString(path + name)));
    }
  }

 private Q_SLOTS:
  void everyElementSaysWhatItIs() {
    write();
    read([&](H5::H5File& file) {
      QCOMPARE(kindOf(file), std::string("anndata 0.1.0"));
      checkKinds(file, "");
      QCOMPARE(kindOf(file.openGroup("obs")), std::string("dataframe 0.2.0"));
      QCOMPARE(kindOf(file.openGroup("obsm")), std::string("dict 0.1.0"));
      QCOMPARE(kindOf(file.openDataSet("X")), std::string("array 0.2.0"));
      QCOMPARE(kindOf(file.openDataSet("var/_index")), std::string("string-array 0.2.0"));
      QCOMPARE(kindOf(file.openDataSet("uns/geneglass/use")), std::string("string 0.2.0"));
      QCOMPARE(kindOf(file.openDataSet("uns/geneglass/mpp")), std::string("numeric-scalar 0.2.0"));
    });
  }

  void tilesAreRowsAndGenesThatAreNotPredictedAreMasked() {
    write();
    read([&](H5::H5File& file) {
      const H5::DataSet x = file.openDataSet("X");
      const size_t tiles = m_prediction.grid.count(), genes = m_prediction.genes.size();
      QCOMPARE(shapeOf(x), (std::vector<hsize_t>{tiles, genes}));
      const std::vector<float> values = readFloats(x);
      for (size_t tile = 0; tile < tiles; ++tile)
        for (size_t gene = 0; gene < genes; ++gene) {
          const float value = values[tile * genes + gene];
          if (m_prediction.genes[gene].wellPredicted)
            QCOMPARE(value, madeExpression(gene, m_prediction.grid.cells[tile]));
          else
            QVERIFY(std::isnan(value));
        }
      QCOMPARE(readStrings(file.openDataSet("var/_index")),
               (std::vector<std::string>{"FSCN1", "CDX2", "MUC2", "VIM", "TP53"}));
      std::vector<int8_t> predictable(genes);
      const H5::DataSet flags = file.openDataSet("var/predictable");
      QCOMPARE(flags.getTypeClass(), H5T_ENUM);
      flags.read(predictable.data(), flags.getDataType());
      QCOMPARE(predictable, (std::vector<int8_t>{1, 1, 1, 1, 0}));
      QCOMPARE(readDoubles(file.openDataSet("var/heldout_r"))[0], 0.71);
      QVERIFY(!file.nameExists("var/gene_ids"));
    });
  }

  void placesAreTheMiddlesOfTheTiles() {
    write();
    read([&](H5::H5File& file) {
      const std::vector<double> pixels = readDoubles(file.openDataSet("obsm/spatial")),
                                micrometres = readDoubles(file.openDataSet("obsm/spatial_um"));
      QCOMPARE(pixels.size(), 2 * m_prediction.grid.count());
      QCOMPARE(pixels[0], 400.0 + 200);  // the first corner holds no tissue
      QCOMPARE(pixels[1], 200.0);
      QCOMPARE(micrometres[0], 300.0);
      QCOMPARE(readFloats(file.openDataSet("obs/x"))[0], 400.0F);
      QCOMPARE(readFloats(file.openDataSet("obs/width"))[0], 400.0F);
      const std::vector<float> attention = readFloats(file.openDataSet("obs/attention"));
      const float first = madeAttention(0, m_prediction.grid.cells[0]) + 0.0015F;  // of four genes
      QVERIFY(std::abs(attention[0] - first) < 1e-5F);
    });
  }

  void classesOfTilesAreAColumnOfCategories() {
    SlideCall call;
    call.facts.target = "tissue";
    call.facts.classes = {{.name = "stroma"}, {.name = "tumour"}};
    call.facts.ofTiles = true;
    for (size_t tile = 0; tile < m_prediction.grid.count(); ++tile) call.classOfTile.push_back(tile % 3 == 0);
    m_prediction.calls.push_back(call);
    write();
    m_prediction = madePrediction();
    read([&](H5::H5File& file) {
      checkKinds(file, "");
      const H5::Group column = file.openGroup("obs/class_tissue");
      QCOMPARE(kindOf(column), std::string("categorical 0.2.0"));
      QCOMPARE(column.openAttribute("ordered").getTypeClass(), H5T_ENUM);
      QCOMPARE(readStrings(column.openDataSet("categories")), (std::vector<std::string>{"stroma", "tumour"}));
      const std::vector<float> codes = readFloats(column.openDataSet("codes"));
      QCOMPARE(codes, std::vector<float>(call.classOfTile.begin(), call.classOfTile.end()));
    });
  }

  void idsAndAPictureAreTakenWhereTheyAreKnown() {
    AnnDataParts more;
    more.ensembl = {{"VIM", "ENSG00000026025"}};
    more.picture = Image(21, 15, 0xff102030);
    more.picture.at(1, 0) = 0;  // the scanner recorded nothing
    write(more);
    read([&](H5::H5File& file) {
      QCOMPARE(readStrings(file.openDataSet("var/gene_ids")),
               (std::vector<std::string>{"", "", "", "ENSG00000026025", ""}));
      const H5::DataSet picture = file.openDataSet("uns/spatial/made/images/hires");
      QCOMPARE(shapeOf(picture), (std::vector<hsize_t>{15, 21, 3}));
      const std::vector<float> colours = readFloats(picture);
      QCOMPARE(std::vector<float>(colours.begin(), colours.begin() + 6),
               (std::vector<float>{16, 32, 48, 255, 255, 255}));
      double scale = 0;
      file.openDataSet("uns/spatial/made/scalefactors/tissue_hires_scalef")
          .read(&scale, H5::PredType::NATIVE_DOUBLE);
      QCOMPARE(scale, 21.0 / 4200);
    });
  }

  void namesThatAreNoTextAreMended() {
    m_prediction.slideFile = "/nowhere/made\xff.tif";
    write();
    read([&](H5::H5File& file) {
      std::string text;
      const H5::DataSet slide = file.openDataSet("uns/geneglass/slide");
      slide.read(text, slide.getStrType());
      QCOMPARE(text, std::string("/nowhere/made\xef\xbf\xbd.tif"));
    });
    m_prediction = madePrediction();
  }

  void aFullDiskIsOneSentenceAndLeavesNothing() {
    write();
    std::filesystem::remove(path("made.h5ad"));
    for (const rlim_t bytes : {0, 2000, 9000}) {
      std::string said;
      {
        const FullPlace full(bytes);
        const auto refused = writeAnnData(path("made.h5ad"), m_prediction, {.maps = path("made.maps.h5")});
        said = refused ? "it was written" : refused.error().sentence;
      }
      QCOMPARE(said, "Cannot write '" + path("made.h5ad").string() + "': File too large.");
      QVERIFY(!std::filesystem::exists(path("made.h5ad")) &&
              !std::filesystem::exists(path("made.h5ad.1.part")));
    }
  }

  void whatCannotBeWrittenIsNamedAndLeavesNothing() {
    const auto written = writeAnnData(path("no/folder.h5ad"), m_prediction, {.maps = path("made.maps.h5")});
    QVERIFY(!written);
    QCOMPARE(written.error().sentence,
             "Cannot write '" + path("no/folder.h5ad").string() + "': No such file or directory.");
    const auto without = writeAnnData(path("without.h5ad"), m_prediction, {.maps = path("none.maps.h5")});
    QVERIFY(!without);
    QVERIFY(without.error().sentence.starts_with("Cannot write '" + path("without.h5ad").string()));
    QVERIFY(!std::filesystem::exists(path("without.h5ad")));
    QVERIFY(!std::filesystem::exists(path("without.h5ad.1.part")));
  }
};

}  // namespace geneglass::anndata_file_test

GENEGLASS_TEST(geneglass::anndata_file_test::AnndataFileTest)
#include "anndata_file_test.moc"
