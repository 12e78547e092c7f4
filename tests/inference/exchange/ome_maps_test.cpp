// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/ome_maps.h"

#include <tiffio.h>

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <memory>

#include "inference/prediction/prediction_files.h"
#include "tests/support/full_place.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::ome_maps_test {

using namespace geneglass::testing;

class OmeMapsTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  Result<void> write(const Prediction& prediction) const {
    if (const auto written = writePrediction(m_folder.path().toStdString(), "made", prediction); !written)
      return written;
    return writeOmeMaps(path("made.ome.tif"), prediction, path("made.maps.h5"));
  }
  using Opened = std::unique_ptr<TIFF, decltype(&TIFFClose)>;
  Opened open() const { return {TIFFOpen(path("made.ome.tif").c_str(), "r"), TIFFClose}; }

  template <typename Value>
  static Value fact(TIFF* tiff, uint32_t tag) {
    Value value{};
    return TIFFGetField(tiff, tag, &value) == 1 ? value : Value{};
  }
  static std::vector<float> pixelsOf(TIFF* tiff) {
    std::vector<float> pixels;
    std::vector<char> strip(size_t(TIFFStripSize(tiff)));
    for (uint32_t i = 0; i < TIFFNumberOfStrips(tiff); ++i) {
      const tmsize_t got = TIFFReadEncodedStrip(tiff, i, strip.data(), tmsize_t(strip.size()));
      const auto* values = reinterpret_cast<const float*>(strip.data());
      pixels.insert(pixels.end(), values, values + std::max<tmsize_t>(got, 0) / 4);
    }
    return pixels;
  }

 private Q_SLOTS:
  void aChannelIsAGeneThatMayBeShown() {
    const Prediction prediction = madePrediction();
    const auto written = write(prediction);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
    const Opened tiff = open();
    QVERIFY(tiff);
    for (size_t gene = 0; gene < 4; ++gene) {  // the fifth is not well predicted
      const std::vector<float> pixels = pixelsOf(tiff.get());
      QCOMPARE(pixels.size(), size_t(70));
      for (size_t place = 0; place < 70; ++place) {
        const TileGrid::Cell cell{int(place % 10), int(place / 10)};
        const bool isCorner = cell.row % 6 == 0 && cell.column % 9 == 0;
        QCOMPARE(std::isnan(pixels[place]), isCorner);
        if (!isCorner) QCOMPARE(pixels[place], madeExpression(gene, cell));
      }
      QCOMPARE(TIFFReadDirectory(tiff.get()), gene == 3 ? 0 : 1);
    }
  }

  void theFileSaysWhatItIsAndWhereItLies() {
    Prediction prediction = madePrediction();
    prediction.grid.left = 104;
    prediction.grid.top = 96;
    QVERIFY(write(prediction));
    const Opened tiff = open();
    QVERIFY(tiff);
    const QString xml = QString::fromUtf8(fact<const char*>(tiff.get(), TIFFTAG_IMAGEDESCRIPTION));
    for (const char* words :
         {"SizeX=\"10\" SizeY=\"7\" SizeZ=\"1\" SizeC=\"4\"", "PhysicalSizeX=\"200\"", "Type=\"float\"",
          "Name=\"FSCN1 expression\"", "<TiffData IFD=\"3\" FirstC=\"3\"",
          "PositionX=\"52\" PositionXUnit=\"&#181;m\" PositionY=\"48\"", "research use only"})
      QVERIFY2(xml.contains(QLatin1String(words)), qPrintable(xml));
    QVERIFY(!xml.contains(QLatin1String("TP53")));
    QVERIFY(std::abs(fact<float>(tiff.get(), TIFFTAG_XRESOLUTION) - 50) < 1e-3F);  // 200 um in a cm
    QVERIFY(std::abs(fact<float>(tiff.get(), TIFFTAG_XPOSITION) - 0.0052F) < 1e-5F);
    QCOMPARE(int(fact<uint16_t>(tiff.get(), TIFFTAG_SAMPLEFORMAT)), int(SAMPLEFORMAT_IEEEFP));
  }

  /// Each value within half a step of 255 between the least and the largest of its gene.
  void ourOwnReaderShowsTheValuesThatWereWritten() {
    QVERIFY(write(madePrediction()));
    const auto opened = openSlide(path("made.ome.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Slide& slide = *opened->slide;
    QCOMPARE(slide.size(), (Size{10, 7}));
    QCOMPARE(slide.channels.size(), size_t(4));
    QVERIFY(slide.mpp && slide.mpp->x == 200 && slide.mpp->y == 200);
    QVERIFY(unfitForModels(slide));
    for (size_t gene = 0; gene < 4; ++gene) {
      std::vector<Channel> channels = slide.channels;
      QCOMPARE(channels[gene].name, madePrediction().genes[gene].symbol + " expression");
      for (Channel& each : channels) each.shown = false;
      Channel& own = channels[gene];
      own.shown = true;
      own.colour = 0xffffff;
      own.low = own.high = madeExpression(gene, {1, 0});
      for (int place = 0; place < 70; ++place) {
        own.low = std::min(own.low, double(madeExpression(gene, {place % 10, place / 10})));
        own.high = std::max(own.high, double(madeExpression(gene, {place % 10, place / 10})));
      }
      const auto tile = opened->source->showing(channels)->read({0, 0, 0});
      QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
      for (int place = 0; place < 70; ++place) {
        const TileGrid::Cell cell{place % 10, place / 10};
        const double share = (madeExpression(gene, cell) - own.low) / (own.high - own.low);
        const bool isCorner = cell.row % 6 == 0 && cell.column % 9 == 0;  // no tile: NaN, black
        QCOMPARE(blueOf((*tile)->image.at(cell.column, cell.row)),
                 isCorner ? 0 : int(std::lround(255 * share)));
      }
    }
  }

  void whereNoMapMayBeShownThereIsNoFile() {
    Prediction prediction = madePrediction();
    for (GenePrediction& gene : prediction.genes) gene.wellPredicted = false;
    QVERIFY(std::filesystem::remove(path("made.ome.tif")));
    const auto written = write(prediction);
    QVERIFY(!written);
    QCOMPARE(written.error().sentence,
             "Cannot write '" + path("made.ome.tif").string() +
                 "': there is no map that may be shown, since the model predicts none of its genes well.");
    QVERIFY(!std::filesystem::exists(path("made.ome.tif")) &&
            !std::filesystem::exists(path("made.ome.tif.1.part")));
  }

  void aFullDiskIsOneSentenceAndLeavesNothing() {
    const Prediction prediction = madePrediction();
    QVERIFY(write(prediction));
    for (const rlim_t bytes : {0, 8, 1000, 2000}) {
      QVERIFY(std::filesystem::remove(path("made.ome.tif")));
      std::string said;
      {
        const FullPlace full(bytes);
        const auto refused = writeOmeMaps(path("made.ome.tif"), prediction, path("made.maps.h5"));
        said = refused ? "it was written" : refused.error().sentence;
      }
      QCOMPARE(said, "Cannot write '" + path("made.ome.tif").string() + "': File too large.");
      QVERIFY(!std::filesystem::exists(path("made.ome.tif.1.part")));
      QVERIFY(write(prediction));
    }
  }

  void mapsThatAreNotThereAreNamed() {
    const auto written = writeOmeMaps(path("none.ome.tif"), madePrediction(), path("none.maps.h5"));
    QVERIFY(!written);
    QVERIFY2(written.error().sentence.starts_with("Cannot write '" + path("none.ome.tif").string() + "': '" +
                                                  path("none.maps.h5").string() + "' cannot be read: "),
             written.error().sentence.c_str());
    QVERIFY(!std::filesystem::exists(path("none.ome.tif.1.part")));
  }
};

}  // namespace geneglass::ome_maps_test

GENEGLASS_TEST(geneglass::ome_maps_test::OmeMapsTest)
#include "ome_maps_test.moc"
