// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/direct_tiff_source.h"

#include <tiff.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "viewer/slide/jpeg2000_decoder.h"
#include "viewer/slide/jpeg_decoder.h"
#include "viewer/slide/openslide_source.h"
#include "viewer/slide/positioned_file.h"
#include "viewer/slide/tiff_directories.h"
#include "viewer/slide/tiff_tile_reader.h"

namespace geneglass {
namespace {

constexpr uint16_t aperioYCbCr = 33003;  ///< JPEG 2000
constexpr uint16_t aperioRgb = 33005;    ///< JPEG 2000

/// More than any slide's tile; one tile of it takes 256 MiB.
constexpr int64_t mostTilePixels = 1 << 26;

enum class Decoding { Jpeg, Jpeg2000, ByLibtiff };

/// A level of the slide that the file holds as one directory.
struct DirectLevel {
  TiffDirectory directory;
  Decoding decoding;
};

std::optional<Decoding> decodingOf(const TiffDirectory& directory, const std::string& vendor) {
  constexpr std::array plain{COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE,
                             COMPRESSION_DEFLATE};
  if (directory.orientation != ORIENTATION_TOPLEFT) return {};
  if (std::find(plain.begin(), plain.end(), directory.compression) != plain.end()) return Decoding::ByLibtiff;
  const bool threeBytes = directory.planes == PLANARCONFIG_CONTIG && directory.samplesPerPixel == 3 &&
                          directory.bitsPerSample == 8;
  if (!threeBytes) return {};
  if (directory.compression == COMPRESSION_JPEG)
    return directory.photometric == PHOTOMETRIC_RGB || directory.photometric == PHOTOMETRIC_YCBCR
               ? std::optional(Decoding::Jpeg)
               : std::nullopt;
  const bool ofAperio = directory.compression == aperioYCbCr || directory.compression == aperioRgb;
  return ofAperio && vendor == "aperio" ? std::optional(Decoding::Jpeg2000) : std::nullopt;
}

/// Philips pads its coarser directories up to whole tiles, and the level is their upper left part.
bool holds(const TiffDirectory& directory, const Level& level, const std::string& vendor) {
  if (directory.tile != level.tile) return false;
  if (directory.size == level.size) return true;
  const int64_t right = directory.size.width - level.size.width;
  const int64_t below = directory.size.height - level.size.height;
  return vendor == "philips" && right >= 0 && below >= 0 && right < 2 * level.tile.width &&
         below < 2 * level.tile.height;
}

/// Nothing where no directory, or more than one, could be the level.
std::optional<DirectLevel> directLevel(const std::vector<TiffDirectory>& directories, const Level& level,
                                       const std::string& vendor) {
  const auto fits = [&](const TiffDirectory& directory) { return holds(directory, level, vendor); };
  const auto found = std::find_if(directories.begin(), directories.end(), fits);
  if (found == directories.end()) return {};
  if (std::find_if(found + 1, directories.end(), fits) != directories.end()) return {};
  const std::optional<Decoding> decoding = decodingOf(*found, vendor);
  return decoding ? std::optional(DirectLevel{*found, *decoding}) : std::nullopt;
}

class DirectTiffSource final : public TileSource {
 public:
  DirectTiffSource(const std::filesystem::path& file, std::vector<Level> levels,
                   std::vector<std::optional<DirectLevel>> direct, std::shared_ptr<const TileSource> rest)
      : m_path(file),
        m_levels(std::move(levels)),
        m_direct(std::move(direct)),
        m_rest(std::move(rest)),
        m_file(file),
        m_reader(file) {}

  bool isOpen() const { return m_file.isOpen(); }
  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override {
    return m_rest->readAssociatedImage(name);
  }

 private:
  const DirectLevel* directLevelOf(TileKey key) const;
  std::string readInto(const DirectLevel& level, TileKey key, size_t index, Image& image) const;

  const std::filesystem::path m_path;
  const std::vector<Level> m_levels;
  const std::vector<std::optional<DirectLevel>> m_direct;  ///< of each level, where it is one
  const std::shared_ptr<const TileSource> m_rest;
  const PositionedFile m_file;
  const TiffTileReader m_reader;
};

/// Null where OpenSlide has to answer, also for a tile that is none.
const DirectLevel* DirectTiffSource::directLevelOf(TileKey key) const {
  if (key.level < 0 || key.level >= static_cast<int>(m_levels.size())) return nullptr;
  const Level& level = m_levels[static_cast<size_t>(key.level)];
  if (key.column < 0 || key.row < 0 || key.column >= level.columns() || key.row >= level.rows())
    return nullptr;
  const std::optional<DirectLevel>& direct = m_direct[static_cast<size_t>(key.level)];
  return direct ? &*direct : nullptr;
}

/// The bytes live until the thread reads its next tile.
std::string readCompressed(const PositionedFile& file, const TiffDirectory& directory, size_t index,
                           std::span<const uint8_t>& bytes) {
  thread_local std::vector<uint8_t> buffer;
  const uint64_t count = directory.tileByteCounts[index];
  const auto pixels = static_cast<uint64_t>(directory.tile.width * directory.tile.height);
  if (count > 16 * pixels + 65536) return "more bytes than a tile can have are said to be its own";
  if (buffer.size() < count) buffer.resize(count);
  bytes = std::span(buffer).first(count);
  return file.read(directory.tileOffsets[index], std::span(buffer).first(count));
}

std::string DirectTiffSource::readInto(const DirectLevel& level, TileKey key, size_t index,
                                       Image& image) const {
  const TiffDirectory& directory = level.directory;
  if (level.decoding == Decoding::ByLibtiff) return m_reader.read(directory, key.column, key.row, image);
  std::span<const uint8_t> bytes;
  if (std::string reason = readCompressed(m_file, directory, index, bytes); !reason.empty()) return reason;
  if (level.decoding == Decoding::Jpeg2000)
    return decodeJpeg2000(bytes,
                          directory.compression == aperioRgb ? Jpeg2000Colour::Rgb : Jpeg2000Colour::YCbCr,
                          directory.tile, image);
  const JpegColour colour = directory.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  return decodeJpeg({bytes, directory.jpegTables, colour, directory.tile}, image);
}

Result<TilePtr> DirectTiffSource::read(TileKey key) const {
  const DirectLevel* direct = directLevelOf(key);
  if (!direct) return m_rest->read(key);
  const TiffDirectory& directory = direct->directory;
  const auto index = static_cast<size_t>(key.row * directory.columns() + key.column);
  const bool leftOut = index >= directory.tileByteCounts.size() || directory.tileByteCounts[index] == 0;
  if (leftOut) return m_rest->read(key);
  const Level& level = m_levels[static_cast<size_t>(key.level)];
  auto tile = std::make_shared<Tile>();
  tile->key = key;
  tile->image =
      Image(static_cast<int>(std::min(level.tile.width, level.size.width - key.column * level.tile.width)),
            static_cast<int>(std::min(level.tile.height, level.size.height - key.row * level.tile.height)));
  const std::string reason = readInto(*direct, key, index, tile->image);
  if (reason.empty()) return tile;
  return fail(fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level,
                          key.column, key.row, m_path.string(), reason));
}

/// The first that would not fit into memory; null where all do.
const TiffDirectory* tooLarge(const std::vector<TiffDirectory>& directories) {
  const auto found = std::find_if(directories.begin(), directories.end(), [](const TiffDirectory& directory) {
    return directory.tile.width > mostTilePixels / directory.tile.height;
  });
  return found == directories.end() ? nullptr : &*found;
}

bool isKnown(const std::string& vendor) {
  constexpr std::array<std::string_view, 3> vendors{"aperio", "generic-tiff", "philips"};
  return std::find(vendors.begin(), vendors.end(), vendor) != vendors.end();
}

}  // namespace

Result<std::optional<DriverOutcome>> openDirectTiff(const std::filesystem::path& file) {
  const std::vector<TiffDirectory> directories = readTiledDirectories(file);
  if (directories.empty()) return std::nullopt;
  if (const TiffDirectory* large = tooLarge(directories))
    return cannotOpen(file, fmt::format("a tile of {} x {} pixels does not fit into memory",
                                        large->tile.width, large->tile.height));
  Result<std::optional<DriverOutcome>> outcome = openWithOpenSlide(file);
  if (!outcome || !*outcome || !isKnown((*outcome)->slide.vendor)) return std::nullopt;
  const Slide& slide = (*outcome)->slide;
  std::vector<std::optional<DirectLevel>> direct;
  for (const Level& level : slide.levels) direct.push_back(directLevel(directories, level, slide.vendor));
  if (std::none_of(direct.begin(), direct.end(), [](const auto& level) { return level.has_value(); }))
    return std::nullopt;
  auto source =
      std::make_shared<const DirectTiffSource>(file, slide.levels, std::move(direct), (*outcome)->source);
  if (!source->isOpen()) return std::nullopt;
  (*outcome)->source = std::move(source);
  return outcome;
}

}  // namespace geneglass
