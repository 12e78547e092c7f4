// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <filesystem>

#include "tests/viewer/slide/formats/dicom/made_dicom.h"

// Makes a DICOM series of a tiled JPEG TIFF, an instance a level, its frames the TIFF's own bytes with the
// shared tables put into each: the two decode to the same pixels. A painted label and overview lie beside.
//   bench_dicom_of_tiff SLIDE.tif FOLDER UM_PER_PIXEL

using geneglass::testing::madeDicom;
using geneglass::testing::writeDicom;
using geneglass::testing::WrittenDicom;

namespace {

/// The tables' stream without its end, the tile's without its beginning.
std::vector<uint8_t> whole(const std::vector<uint8_t>& tables, const std::vector<uint8_t>& tile) {
  if (tables.size() < 4) return tile;
  std::vector<uint8_t> bytes(tables.begin(), tables.end() - 2);
  bytes.insert(bytes.end(), tile.begin() + 2, tile.end());
  return bytes;
}

std::vector<uint8_t> tablesOf(TIFF* tiff) {
  uint32_t count = 0;
  const uint8_t* bytes = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &count, &bytes)) return {};
  return {bytes, bytes + count};
}

WrittenDicom instanceOf(TIFF* tiff, int number, double micrometres, uint32_t finestWidth) {
  uint32_t width = 0, height = 0, tileWidth = 0, tileHeight = 0;
  uint16_t photometric = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &tileWidth);
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &tileHeight);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  const double spacing = micrometres / 1000 * finestWidth / width;
  WrittenDicom made;
  made.uid = fmt::format("{}.{}", made.series, number);
  made.number = number;
  made.width = static_cast<int>(width);
  made.height = static_cast<int>(height);
  made.tileWidth = static_cast<int>(tileWidth);
  made.tileHeight = static_cast<int>(tileHeight);
  made.photometric = photometric == PHOTOMETRIC_RGB ? "RGB" : "YBR_FULL_422";
  made.spacing = fmt::format("{:.9f}\\{:.9f}", spacing, spacing);
  const std::vector<uint8_t> tables = tablesOf(tiff);
  for (uint32_t tile = 0; tile < TIFFNumberOfTiles(tiff); ++tile) {
    std::vector<uint8_t> bytes(TIFFGetStrileByteCount(tiff, tile));
    if (TIFFReadRawTile(tiff, tile, bytes.data(), static_cast<tmsize_t>(bytes.size())) < 0) bytes.clear();
    made.frames.push_back(whole(tables, bytes));
  }
  return made;
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const std::filesystem::path folder = words[2];
  std::filesystem::create_directories(folder);
  TIFF* tiff = TIFFOpen(words[1], "r");
  if (!tiff) return 1;
  uint32_t finestWidth = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &finestWidth);
  int number = 0;
  do {
    uint16_t compression = 0;
    TIFFGetField(tiff, TIFFTAG_COMPRESSION, &compression);
    if (!TIFFIsTiled(tiff) || compression != COMPRESSION_JPEG) continue;
    const WrittenDicom made = instanceOf(tiff, ++number, std::atof(words[3]), finestWidth);
    writeDicom(folder / fmt::format("{}.dcm", number), made);
  } while (TIFFReadDirectory(tiff));
  TIFFClose(tiff);
  writeDicom(folder / "label.dcm", madeDicom({.width = 400, .height = 300, .tile = 400},
                                             {.uid = "1.2.3.4.98", .flavour = "LABEL"}));
  writeDicom(folder / "overview.dcm", madeDicom({.width = 800, .height = 300, .tile = 800},
                                                {.uid = "1.2.3.4.99", .flavour = "OVERVIEW"}));
  return 0;
}
