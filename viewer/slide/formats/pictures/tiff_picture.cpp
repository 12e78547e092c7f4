// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>
#include <utility>

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/pictures/plain_picture.h"
#include "viewer/slide/formats/pictures/tiff_samples.h"
#include "viewer/slide/formats/tiff/tiff_file.h"

namespace geneglass {
namespace {

template <typename T>
T tiffNumber(TIFF* tiff, uint32_t tag) {
  T value = 0;
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

Size tiffSize(TIFF* tiff) {
  return {tiffNumber<uint32_t>(tiff, TIFFTAG_IMAGEWIDTH), tiffNumber<uint32_t>(tiff, TIFFTAG_IMAGELENGTH)};
}

/// The directory of the largest picture.
struct LargestPicture {
  uint64_t position = 0;
  Size size;
  bool isAlone = true;  ///< no other is as large: several are channels, planes or times, not a plain picture
};

/// Hamamatsu's are drivers' of their own, the largest level of a file that is cut may be lost.
bool isNdpi(TIFF* tiff) {
  constexpr uint32_t kNdpiFormat = 65420;
  for (int i = 0; i < TIFFGetTagListCount(tiff); ++i)
    if (TIFFGetTagListEntry(tiff, i) == kNdpiFormat) return true;
  return false;
}

LargestPicture largestOf(TIFF* tiff) {
  constexpr int kMost = 1000;
  LargestPicture largest;
  int count = 0;
  do {
    const Size size = tiffSize(tiff);
    if (size == largest.size || isNdpi(tiff)) largest.isAlone = false;
    if (size.width * size.height <= largest.size.width * largest.size.height) continue;
    largest = {TIFFCurrentDirOffset(tiff), size, !isNdpi(tiff)};
  } while (++count < kMost && TIFFReadDirectory(tiff));
  return largest;
}

/// Colours of 16 bits, or of 8 that an old program wrote into 16.
std::vector<uint32_t> paletteOf(TIFF* tiff, uint16_t bits) {
  uint16_t* red = nullptr;
  uint16_t* green = nullptr;
  uint16_t* blue = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_COLORMAP, &red, &green, &blue)) return {};
  const size_t count = size_t{1} << bits;
  bool wide = false;
  for (size_t i = 0; i < count; ++i) wide |= red[i] > 255 || green[i] > 255 || blue[i] > 255;
  const int shift = wide ? 8 : 0;
  std::vector<uint32_t> palette;
  for (size_t i = 0; i < count; ++i)
    palette.push_back(opaque(red[i] >> shift, green[i] >> shift, blue[i] >> shift));
  return palette;
}

TiffSamples samplesOf(TIFF* tiff) {
  TiffSamples samples;
  samples.bits = tiffNumber<uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE);
  samples.count = tiffNumber<uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL);
  samples.photometric = tiffNumber<uint16_t>(tiff, TIFFTAG_PHOTOMETRIC);
  samples.apart =
      samples.count > 1 && tiffNumber<uint16_t>(tiff, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE;
  if (samples.photometric == PHOTOMETRIC_YCBCR &&
      tiffNumber<uint16_t>(tiff, TIFFTAG_COMPRESSION) == COMPRESSION_JPEG)
    samples.photometric = PHOTOMETRIC_RGB;  // what libtiff is asked to make of it
  uint16_t extra = 0;
  const uint16_t* kinds = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &extra, &kinds) && extra > 0 &&
      samples.count > samples.colours()) {
    samples.isMultiplied = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
    samples.hasAlpha = samples.isMultiplied || kinds[0] == EXTRASAMPLE_UNASSALPHA;
  }
  if (samples.photometric == PHOTOMETRIC_PALETTE) samples.palette = paletteOf(tiff, samples.bits);
  return samples;
}

void askForRgb(TIFF* tiff) {
  if (tiffNumber<uint16_t>(tiff, TIFFTAG_COMPRESSION) == COMPRESSION_JPEG &&
      tiffNumber<uint16_t>(tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_YCBCR)
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
}

/// One handle of libtiff that stands on the picture.
struct OpenTiff {
  std::unique_ptr<std::string> complaint = std::make_unique<std::string>();
  TiffFile tiff{nullptr, TIFFClose};

  bool stand(const std::filesystem::path& file, uint64_t position) {
    tiff = openTiff(file, complaint.get());
    if (!tiff || !TIFFSetSubDirectory(tiff.get(), position)) return false;
    askForRgb(tiff.get());
    return true;
  }
};

/// Rows of a TIFF of any layout. Each plane has a handle of its own, as going back to a strip that was begun
/// means to decode it again.
class TiffRows final {
 public:
  TiffRows(std::vector<OpenTiff> planes, TiffSamples samples, Size size)
      : m_planes(std::move(planes)), m_samples(std::move(samples)), m_size(size), m_rows(m_planes.size()) {
    TIFF* tiff = m_planes.front().tiff.get();
    if (TIFFIsTiled(tiff))
      m_tile = {tiffNumber<uint32_t>(tiff, TIFFTAG_TILEWIDTH),
                tiffNumber<uint32_t>(tiff, TIFFTAG_TILELENGTH)};
    m_together = std::max<int64_t>(
        1, m_tile.width > 0 ? m_tile.height : int64_t{tiffNumber<uint32_t>(tiff, TIFFTAG_ROWSPERSTRIP)});
  }

  /// A row that cannot be read costs those that are packed with it and follow it, no more.
  RowsRead next(Image& rows) {
    RowsRead read;
    for (; read.count < rows.height; ++read.count, ++m_row) {
      if (m_row >= m_lostUntil) {
        if (const std::string reason = readRow(); !reason.empty()) {
          m_lostUntil = (m_row / m_together + 1) * m_together;
          if (m_reason.empty()) m_reason = reason;
        }
      }
      if (m_row >= m_lostUntil)
        pixelsOfSamples(m_samples, m_rows,
                        std::span(&rows.at(0, read.count), static_cast<size_t>(rows.width)));
      else if (!read.lost.empty() && read.lost.back().first + read.lost.back().count == read.count)
        ++read.lost.back().count;
      else
        read.lost.push_back({read.count, 1});
    }
    if (!read.lost.empty()) read.reason = m_reason;
    return read;
  }

 private:
  /// Why the row cannot be read; empty where it could. Codecs for fax complain of damage and go on with
  /// white.
  std::string readRow() {
    for (size_t plane = 0; plane < m_planes.size(); ++plane) {
      std::string& complaint = *m_planes[plane].complaint;
      complaint.clear();
      const bool isRead = m_tile.width > 0 ? fromTiles(plane) : fromStrips(plane);
      if (!isRead || !complaint.empty()) return complaint.empty() ? "its data are damaged" : complaint;
    }
    return {};
  }

  bool fromStrips(size_t plane) {
    TIFF* tiff = m_planes[plane].tiff.get();
    m_rows[plane].resize(static_cast<size_t>(TIFFScanlineSize(tiff)));
    return TIFFReadScanline(tiff, m_rows[plane].data(), static_cast<uint32_t>(m_row),
                            static_cast<uint16_t>(plane)) == 1;
  }

  /// A row of tiles is decoded at its first row of pixels.
  bool fromTiles(size_t plane) {
    const auto within = static_cast<size_t>(m_row % m_tile.height);
    if (m_bands.size() < m_planes.size()) m_bands.resize(m_planes.size());
    TIFF* tiff = m_planes[plane].tiff.get();
    const auto tileRow = static_cast<size_t>(TIFFTileRowSize(tiff));
    const auto across = static_cast<size_t>((m_size.width + m_tile.width - 1) / m_tile.width);
    const size_t wide = across * tileRow;
    std::vector<uint8_t>& band = m_bands[plane];
    if (within == 0) {
      band.resize(wide * static_cast<size_t>(m_tile.height));
      std::vector<uint8_t> tile(static_cast<size_t>(TIFFTileSize(tiff)));
      for (size_t column = 0; column < across; ++column) {
        if (TIFFReadTile(tiff, tile.data(),
                         static_cast<uint32_t>(column) * static_cast<uint32_t>(m_tile.width),
                         static_cast<uint32_t>(m_row), 0, static_cast<uint16_t>(plane)) < 0)
          return false;
        for (size_t y = 0; y < static_cast<size_t>(m_tile.height); ++y)
          std::copy_n(&tile[y * tileRow], tileRow, &band[y * wide + column * tileRow]);
      }
    }
    m_rows[plane].assign(&band[within * wide], &band[within * wide] + wide);
    return true;
  }

  std::vector<OpenTiff> m_planes;
  const TiffSamples m_samples;
  const Size m_size;
  Size m_tile;                                ///< zero in strips
  int64_t m_together = 1;                     ///< rows of a strip or of a row of tiles
  int64_t m_lostUntil = 0;                    ///< rows before this one that are still to come are lost
  std::string m_reason;                       ///< of the first loss
  std::vector<std::vector<uint8_t>> m_rows;   ///< samples of the row, one for each plane
  std::vector<std::vector<uint8_t>> m_bands;  ///< a row of tiles, one for each plane
  int64_t m_row = 0;
};

uint64_t longestPiece(TIFF* tiff) {
  const uint64_t* counts = nullptr;
  if (!TIFFGetField(tiff, TIFFIsTiled(tiff) ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS, &counts) ||
      !counts)
    return 0;
  const uint32_t count = TIFFIsTiled(tiff) ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  return count == 0 ? 0 : *std::max_element(counts, counts + count);
}

/// Of a row of tiles of one plane, which lies in memory; 0 in strips.
double bandBytes(TIFF* tiff) {
  const auto side = tiffNumber<uint32_t>(tiff, TIFFTAG_TILEWIDTH);
  if (!TIFFIsTiled(tiff) || side == 0) return 0;
  const double across = std::ceil(double(tiffNumber<uint32_t>(tiff, TIFFTAG_IMAGEWIDTH)) / side);
  return across * double(TIFFTileRowSize(tiff)) * tiffNumber<uint32_t>(tiff, TIFFTAG_TILELENGTH);
}

/// Why a picture that is a plain one is not read; empty where it is.
std::string refusalOf(TIFF* tiff, const TiffSamples& samples, uint64_t bytes) {
  constexpr uint64_t kMostBytes = uint64_t{512} << 20;
  constexpr double kMostBand = 1 << 28;
  const auto compression = tiffNumber<uint16_t>(tiff, TIFFTAG_COMPRESSION);
  if (!TIFFIsCODECConfigured(compression) || compression == COMPRESSION_OJPEG)
    return fmt::format("its pixels are packed in a way that is not known (TIFF compression {})", compression);
  if (tiffNumber<uint16_t>(tiff, TIFFTAG_ORIENTATION) != ORIENTATION_TOPLEFT)
    return "it is stored turned or mirrored: 'vips autorot IN.tif OUT.tif' turns it";
  if (samples.photometric == PHOTOMETRIC_SEPARATED)
    return "its colours are those of printing inks (CMYK), which no screen has: convert it to RGB";
  const bool isKnown = samples.photometric <= PHOTOMETRIC_PALETTE &&
                       (samples.photometric != PHOTOMETRIC_PALETTE || !samples.palette.empty()) &&
                       samples.count >= samples.colours();
  if (!isKnown) return "its colours are not RGB, grey or a palette: convert it to RGB";
  if (longestPiece(tiff) > std::min(bytes, kMostBytes) || bandBytes(tiff) > kMostBand)
    return "a piece of it does not fit into memory, or is longer than the file";
  return {};
}

/// Described in XML that is not OME's: its maker's driver knows how its levels lie.
bool isAnotherMakers(TIFF* tiff) {
  const char* words = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &words) || !words) return false;
  const std::string_view description = words;
  return description.find('<') != std::string_view::npos &&
         description.find("<OME") == std::string_view::npos;
}

bool isOfSmallNumbers(TIFF* tiff) {
  const auto bits = tiffNumber<uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE);
  const auto format = tiffNumber<uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT);
  return (bits == 1 || bits == 2 || bits == 4 || bits == 8) && format == SAMPLEFORMAT_UINT;
}

}  // namespace

Result<std::optional<PlainPicture>> openTiffPicture(const FileHead& head) {
  if (head.tiff.pictures.empty()) return std::nullopt;
  std::vector<OpenTiff> planes(1);
  planes[0].tiff = openTiff(head.path, planes[0].complaint.get());
  if (!planes[0].tiff) return std::nullopt;
  const LargestPicture largest = largestOf(planes[0].tiff.get());
  if (largest.size.width == 0 || !largest.isAlone || !planes[0].stand(head.path, largest.position))
    return std::nullopt;
  TIFF* tiff = planes[0].tiff.get();
  if (!isOfSmallNumbers(tiff) || isAnotherMakers(tiff)) return std::nullopt;
  TiffSamples samples = samplesOf(tiff);
  if (const std::string reason = refusalOf(tiff, samples, head.file->size()); !reason.empty())
    return cannotOpen(head.path, reason);
  if (samples.apart) planes.resize(static_cast<size_t>(samples.colours() + samples.hasAlpha));
  for (size_t plane = 1; plane < planes.size(); ++plane)
    if (!planes[plane].stand(head.path, largest.position))
      return cannotOpen(head.path, "its TIFF directory cannot be read again");
  PlainPicture picture;
  picture.kind = "tiff";
  picture.size = largest.size;
  picture.colourProfile = head.tiff.colourProfile(largest.size);
  auto rows = std::make_shared<TiffRows>(std::move(planes), std::move(samples), largest.size);
  picture.rows.next = [rows](Image& into) { return rows->next(into); };
  return picture;
}

}  // namespace geneglass
