// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass::tiff_picture_test {

using namespace geneglass::testing;

/// A plain TIFF; numbers are those of the TIFF tags.
struct Layout {
  uint16_t compression = COMPRESSION_NONE;
  uint16_t photometric = PHOTOMETRIC_RGB;
  uint16_t planes = PLANARCONFIG_CONTIG;
  uint16_t bits = 8;
  int tile = 0;  ///< 0: strips
  int rowsPerStrip = 37;
  const char* mode = "w";  ///< of TIFFOpen: 8 BigTIFF, l and b the order of bytes
  int width = 330;
  int height = 290;

  int samples() const { return photometric == PHOTOMETRIC_RGB ? 3 : 1; }
};

namespace {

/// A single sample, of so many bits.
uint32_t numberAt(const Layout& layout, int x, int y, int sample) {
  const uint32_t pixel = paintedAt(x, y);
  const auto value = static_cast<uint32_t>(sample == 0 && layout.samples() == 3 ? redOf(pixel)
                                           : sample == 2                        ? blueOf(pixel)
                                                                                : greenOf(pixel));
  return value >> (8 - layout.bits);
}

/// The samples of pixels [left, left + width) of a row, beyond the picture too.
std::vector<uint8_t> rowBytes(const Layout& layout, int left, int width, int y, int plane) {
  const bool apart = layout.planes == PLANARCONFIG_SEPARATE;
  std::vector<uint8_t> bytes;
  unsigned filled = 0;
  for (int x = left; x < left + width; ++x)
    for (int sample = apart ? plane : 0; sample < (apart ? plane + 1 : layout.samples()); ++sample) {
      if (filled % 8 == 0) bytes.push_back(0);
      filled += layout.bits;
      bytes.back() =
          static_cast<uint8_t>(bytes.back() | numberAt(layout, x, y, sample) << (7 - (filled - 1) % 8));
    }
  return bytes;
}

uint32_t wantedAt(const Layout& layout, int x, int y) {
  if (layout.photometric == PHOTOMETRIC_RGB) return paintedAt(x, y);
  const uint32_t value = numberAt(layout, x, y, 0);
  if (layout.photometric == PHOTOMETRIC_PALETTE) return opaque(value * 3 % 256, value, 255 - value);
  const uint32_t grey = value * 255 / ((1u << layout.bits) - 1);
  const uint32_t shown = layout.photometric == PHOTOMETRIC_MINISWHITE ? 255 - grey : grey;
  return opaque(shown, shown, shown);
}

void setPalette(TIFF* tiff, const Layout& layout) {
  std::vector<uint16_t> colours[3];
  for (int value = 0; value < 1 << layout.bits; ++value) {
    colours[0].push_back(static_cast<uint16_t>(value * 3 % 256 * 257));
    colours[1].push_back(static_cast<uint16_t>(value * 257));
    colours[2].push_back(static_cast<uint16_t>((255 - value) * 257));
  }
  TIFFSetField(tiff, TIFFTAG_COLORMAP, colours[0].data(), colours[1].data(), colours[2].data());
}

void writePlain(const std::filesystem::path& file, const Layout& layout) {
  TIFF* tiff = TIFFOpen(file.c_str(), layout.mode);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, layout.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, layout.height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, layout.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, layout.samples());
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, layout.planes);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, layout.compression);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, layout.photometric);
  if (layout.compression == COMPRESSION_WEBP) TIFFSetField(tiff, TIFFTAG_WEBP_LOSSLESS, 1);
  if (layout.photometric == PHOTOMETRIC_PALETTE) setPalette(tiff, layout);
  if (layout.tile > 0) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, layout.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, layout.tile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, layout.rowsPerStrip);
  }
  for (int plane = 0; plane < (layout.planes == PLANARCONFIG_SEPARATE ? layout.samples() : 1); ++plane) {
    for (int y = 0; layout.tile == 0 && y < layout.height; ++y)
      TIFFWriteScanline(tiff, rowBytes(layout, 0, layout.width, y, plane).data(), static_cast<uint32_t>(y),
                        static_cast<uint16_t>(plane));
    for (int top = 0; layout.tile > 0 && top < layout.height; top += layout.tile)
      for (int left = 0; left < layout.width; left += layout.tile) {
        std::vector<uint8_t> bytes;
        for (int y = top; y < top + layout.tile; ++y) {
          const std::vector<uint8_t> row = rowBytes(layout, left, layout.tile, y, plane);
          bytes.insert(bytes.end(), row.begin(), row.end());
        }
        TIFFWriteTile(tiff, bytes.data(), static_cast<uint32_t>(left), static_cast<uint32_t>(top), 0,
                      static_cast<uint16_t>(plane));
      }
  }
  TIFFClose(tiff);
}

}  // namespace

class TiffPictureTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

 private Q_SLOTS:
  void pixelsAreTheFilesOwnInEveryLayout_data() {
    QTest::addColumn<Layout>("layout");
    QTest::addColumn<std::string>("driver");
    const std::vector<std::pair<const char*, uint16_t>> packings{{"raw", COMPRESSION_NONE},
                                                                 {"LZW", COMPRESSION_LZW},
                                                                 {"deflate", COMPRESSION_ADOBE_DEFLATE},
                                                                 {"PackBits", COMPRESSION_PACKBITS},
                                                                 {"zstd", COMPRESSION_ZSTD},
                                                                 {"LZMA", COMPRESSION_LZMA},
                                                                 {"WebP", COMPRESSION_WEBP}};
    const std::vector<std::pair<const char*, const char*>> orders{
        {"little", "wl"}, {"big", "wb"}, {"BigTIFF", "w8"}};
    for (const auto& [packing, compression] : packings)
      for (const auto& [order, mode] : orders)
        for (const bool apart : {false, true}) {
          if (apart && compression == COMPRESSION_WEBP) continue;  // WebP has its colours together
          Layout layout;
          layout.compression = compression;
          layout.mode = mode;
          layout.planes = apart ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG;
          QTest::addRow("strips, %s, %s, %s", packing, order, apart ? "apart" : "together")
              << layout << std::string("picture");
        }
  }
  void pixelsAreTheFilesOwnInEveryLayout() {
    QFETCH(Layout, layout);
    QFETCH(std::string, driver);
    writePlain(path("a.tif"), layout);
    const auto opened = openSlide(path("a.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QCOMPARE(opened->slide->driver, driver);
    QCOMPARE(opened->slide->size(), (Size{layout.width, layout.height}));
    const Result<Image> image = wholeOf(*opened);
    QVERIFY2(image, image ? "" : image.error().sentence.c_str());
    QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wantedAt(layout, x, y); }), 0);
  }

  void tilesOfAnyKindAreExactWhoeverReadsThem_data() {
    QTest::addColumn<Layout>("layout");
    for (const auto& [packing, compression] : {std::pair{"raw", COMPRESSION_NONE},
                                               {"LZW", COMPRESSION_LZW},
                                               {"PackBits", COMPRESSION_PACKBITS},
                                               {"zstd", COMPRESSION_ZSTD},
                                               {"WebP", COMPRESSION_WEBP}})
      for (const bool apart : {false, true}) {
        if (apart && compression == COMPRESSION_WEBP) continue;
        Layout layout;
        layout.compression = static_cast<uint16_t>(compression);
        layout.tile = 128;
        layout.planes = apart ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG;
        QTest::addRow("tiles, %s, %s", packing, apart ? "apart" : "together") << layout;
      }
  }
  void tilesOfAnyKindAreExactWhoeverReadsThem() {
    QFETCH(Layout, layout);
    writePlain(path("t.tif"), layout);
    const auto opened = openSlide(path("t.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY2(image, image ? "" : image.error().sentence.c_str());
    QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wantedAt(layout, x, y); }), 0);
  }

  void greyPalettesAndFewBitsAreShownAsTheyAreMeant_data() {
    QTest::addColumn<Layout>("layout");
    const auto row = [](const char* name, uint16_t photometric, uint16_t bits) {
      for (const int tile : {0, 128}) {
        Layout layout;
        layout.photometric = photometric;
        layout.bits = bits;
        layout.tile = tile;
        QTest::addRow("%s, %d bits, %s", name, bits, tile > 0 ? "tiles" : "strips") << layout;
      }
    };
    for (const uint16_t bits : {uint16_t{1}, uint16_t{2}, uint16_t{4}, uint16_t{8}}) {
      row("black is 0", PHOTOMETRIC_MINISBLACK, bits);
      row("white is 0", PHOTOMETRIC_MINISWHITE, bits);
      if (bits > 1) row("palette", PHOTOMETRIC_PALETTE, bits);
    }
  }
  void greyPalettesAndFewBitsAreShownAsTheyAreMeant() {
    QFETCH(Layout, layout);
    writePlain(path("g.tif"), layout);
    const auto opened = openSlide(path("g.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY2(image, image ? "" : image.error().sentence.c_str());
    QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wantedAt(layout, x, y); }), 0);
  }

  void aDamagedStripCostsItsOwnRows() {
    Layout layout;
    layout.compression = COMPRESSION_ADOBE_DEFLATE;
    layout.height = 2000;
    writePlain(path("d.tif"), layout);
    FileBytes bytes(path("d.tif"));
    for (size_t at = 0; at < 8; ++at) bytes[bytes.tileValue(TIFFTAG_STRIPOFFSETS, 9) + at] = 0x55;
    bytes.write(path("d.tif"));
    const auto opened = openSlide(path("d.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    for (int row = 0; row < 8; ++row) {
      const Result<TilePtr> tile = opened->source->read({0, 0, row});
      QVERIFY2(tile, tile ? "" : tile.error().sentence.c_str());
      QCOMPARE((*tile)->damaged, row == 1);  // rows 333 to 370
      for (int y = 0; y < (*tile)->image.height; ++y) {
        const int line = 256 * row + y;
        const bool isLost = line >= 333 && line < 370;
        QCOMPARE((*tile)->image.at(8, y), isLost ? 0u : wantedAt(layout, 8, line));
      }
    }
    const Result<TilePtr> lost = opened->source->read({0, 0, 1});
    QVERIFY2((*lost)->damage.starts_with("Cannot read tile (level 0, column 0, row 1) of '" +
                                         path("d.tif").string() + "': "),
             (*lost)->damage.c_str());
    QVERIFY((*opened->source->read({1, 0, 0}))->damaged);
    QVERIFY(!(*opened->source->read({1, 0, 2}))->damaged);
  }

  void oneStripOfAllRowsIsReadRowByRow() {
    Layout layout;
    layout.compression = COMPRESSION_ADOBE_DEFLATE;
    layout.rowsPerStrip = layout.height;
    writePlain(path("one.tif"), layout);
    const auto opened = openSlide(path("one.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY(image);
    QCOMPARE(wrongPixels(*image, [&](int x, int y) { return wantedAt(layout, x, y); }), 0);
  }

  void jpegStripsAreWhatLibtiffMakesOfThem() {
    TIFF* tiff = TIFFOpen(path("j.tif").c_str(), "w");
    for (const auto& [tag, value] : {std::pair{TIFFTAG_IMAGEWIDTH, 330},
                                     {TIFFTAG_IMAGELENGTH, 290},
                                     {TIFFTAG_BITSPERSAMPLE, 8},
                                     {TIFFTAG_SAMPLESPERPIXEL, 3},
                                     {TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG},
                                     {TIFFTAG_COMPRESSION, COMPRESSION_JPEG},
                                     {TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR},
                                     {TIFFTAG_ROWSPERSTRIP, 48},
                                     {TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB}})
      TIFFSetField(tiff, static_cast<uint32_t>(tag), value);
    for (int y = 0; y < 290; ++y)
      TIFFWriteScanline(tiff, rowBytes(Layout{}, 0, 330, y, 0).data(), static_cast<uint32_t>(y), 0);
    TIFFClose(tiff);
    tiff = TIFFOpen(path("j.tif").c_str(), "r");
    std::vector<uint32_t> wanted(330 * 290);
    QVERIFY(TIFFReadRGBAImageOriented(tiff, 330, 290, wanted.data(), ORIENTATION_TOPLEFT, 1));
    TIFFClose(tiff);
    const auto opened = openSlide(path("j.tif"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<Image> image = wholeOf(*opened);
    QVERIFY(image);
    QCOMPARE(wrongPixels(*image,
                         [&](int x, int y) {
                           const uint32_t pixel = wanted[static_cast<size_t>(y * 330 + x)];
                           return opaque(TIFFGetR(pixel), TIFFGetG(pixel), TIFFGetB(pixel));
                         }),
             0);
  }

  void severalPicturesOfOneSizeAreNoPlainPicture() {
    TIFF* tiff = TIFFOpen(path("pages.tif").c_str(), "w");
    for (int page = 0; page < 3; ++page) {
      for (const auto& [tag, value] : {std::pair{TIFFTAG_IMAGEWIDTH, 50},
                                       {TIFFTAG_IMAGELENGTH, 1},
                                       {TIFFTAG_BITSPERSAMPLE, 8},
                                       {TIFFTAG_SAMPLESPERPIXEL, 1},
                                       {TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK}})
        TIFFSetField(tiff, static_cast<uint32_t>(tag), value);
      std::vector<uint8_t> row(50);
      TIFFWriteScanline(tiff, row.data(), 0, 0);
      TIFFWriteDirectory(tiff);
    }
    TIFFClose(tiff);
    const auto opened = openSlide(path("pages.tif"));
    QVERIFY(!opened);
    QVERIFY2(opened.error().sentence.starts_with("Cannot open '" + path("pages.tif").string() + "': it is "),
             opened.error().sentence.c_str());
  }

  void whatIsNotReadIsRefusedWithItsReason_data() {
    QTest::addColumn<int>("tag");
    QTest::addColumn<int>("value");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("inks") << int(TIFFTAG_PHOTOMETRIC) << int(PHOTOMETRIC_SEPARATED)
                          << std::string(
                                 "its colours are those of printing inks (CMYK), which no screen has: "
                                 "convert it to RGB");
    QTest::newRow("turned") << int(TIFFTAG_ORIENTATION) << 6
                            << std::string(
                                   "it is stored turned or mirrored: 'vips autorot IN.tif OUT.tif' turns it");
    QTest::newRow("unknown packing") << int(TIFFTAG_COMPRESSION) << 40000
                                     << std::string(
                                            "its pixels are packed in a way that is not known (TIFF "
                                            "compression 40000)");
    QTest::newRow("unknown colours") << int(TIFFTAG_PHOTOMETRIC) << int(PHOTOMETRIC_CIELAB)
                                     << std::string(
                                            "its colours are not RGB, grey or a palette: convert it to RGB");
  }
  void whatIsNotReadIsRefusedWithItsReason() {
    QFETCH(int, tag);
    QFETCH(int, value);
    QFETCH(std::string, reason);
    writePlain(path("r.tif"), Layout{});
    TIFF* tiff = TIFFOpen(path("r.tif").c_str(), "r+");
    TIFFSetField(tiff, static_cast<uint32_t>(tag), value);
    TIFFRewriteDirectory(tiff);
    TIFFClose(tiff);
    const auto opened = openSlide(path("r.tif"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().sentence, "Cannot open '" + path("r.tif").string() + "': " + reason + ".");
  }

  /// It lies in memory while its rows are read.
  void aRowOfTilesBeyond256MiBIsRefused() {
    for (const int side : {1024, 2048}) {  // 59 tiles of 3 MiB, 30 of 12
      TIFF* tiff = TIFFOpen(path("wide.tif").c_str(), "w");
      for (const auto& [tag, value] : {std::pair{TIFFTAG_IMAGEWIDTH, 60000},
                                       {TIFFTAG_IMAGELENGTH, 4000},
                                       {TIFFTAG_BITSPERSAMPLE, 8},
                                       {TIFFTAG_SAMPLESPERPIXEL, 3},
                                       {TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG},
                                       {TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB},
                                       {TIFFTAG_TILEWIDTH, side},
                                       {TIFFTAG_TILELENGTH, side}})
        TIFFSetField(tiff, static_cast<uint32_t>(tag), value);
      TIFFWriteCheck(tiff, 1, "made");
      TIFFWriteDirectory(tiff);
      TIFFClose(tiff);
      const auto opened = openPicture(*readFileHead(path("wide.tif")));
      QCOMPARE(opened.has_value() && opened->has_value(), side == 1024);
      if (!opened)
        QCOMPARE(opened.error().sentence,
                 "Cannot open '" + path("wide.tif").string() +
                     "': a piece of it does not fit into memory, or is longer than the file.");
    }
  }
};

}  // namespace geneglass::tiff_picture_test

GENEGLASS_TEST(geneglass::tiff_picture_test::TiffPictureTest)
#include "tiff_picture_test.moc"
