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
#include "viewer/slide/reduced_levels.h"
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

/// A level of the slide; `direct` is null where OpenSlide reads it.
struct SourceLevel {
  LevelOrigin origin;
  std::shared_ptr<const DirectLevel> direct;
};

class DirectTiffSource final : public TileSource {
 public:
  DirectTiffSource(const std::filesystem::path& file, std::vector<SourceLevel> levels,
                   std::shared_ptr<const TileSource> rest)
      : m_path(file), m_levels(std::move(levels)), m_rest(std::move(rest)), m_file(file), m_reader(file) {}

  bool isOpen() const { return m_file.isOpen(); }
  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override {
    return m_rest->readAssociatedImage(name);
  }

 private:
  bool contains(TileKey key) const;
  bool isLeftOut(const DirectLevel& level, int64_t column, int64_t row) const;
  std::string decode(const DirectLevel& level, int64_t column, int64_t row, int reduction,
                     Image& image) const;
  Result<TilePtr> readByOpenSlide(const SourceLevel& level, TileKey key) const;
  std::string readFileTile(const SourceLevel& level, TileKey key, Image& image) const;
  std::string readBlock(const SourceLevel& level, int64_t column, int64_t row, Image& block) const;
  std::string readReducedTile(const SourceLevel& level, TileKey key, Image& image) const;

  const std::filesystem::path m_path;
  const std::vector<SourceLevel> m_levels;
  const std::shared_ptr<const TileSource> m_rest;  ///< knows the file's levels only
  const PositionedFile m_file;
  const TiffTileReader m_reader;
};

bool DirectTiffSource::contains(TileKey key) const {
  if (key.level < 0 || key.level >= static_cast<int>(m_levels.size())) return false;
  const Level& level = m_levels[static_cast<size_t>(key.level)].origin.level;
  return key.column >= 0 && key.row >= 0 && key.column < level.columns() && key.row < level.rows();
}

/// By the scanner.
bool DirectTiffSource::isLeftOut(const DirectLevel& level, int64_t column, int64_t row) const {
  const auto index = static_cast<size_t>(row * level.directory.columns() + column);
  return index >= level.directory.tileByteCounts.size() || level.directory.tileByteCounts[index] == 0;
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

/// `reduction` is 1 for all but JPEG.
std::string DirectTiffSource::decode(const DirectLevel& level, int64_t column, int64_t row, int reduction,
                                     Image& image) const {
  const TiffDirectory& directory = level.directory;
  if (level.decoding == Decoding::ByLibtiff) return m_reader.read(directory, column, row, image);
  const auto index = static_cast<size_t>(row * directory.columns() + column);
  std::span<const uint8_t> bytes;
  if (std::string reason = readCompressed(m_file, directory, index, bytes); !reason.empty()) return reason;
  if (level.decoding == Decoding::Jpeg2000)
    return decodeJpeg2000(bytes,
                          directory.compression == aperioRgb ? Jpeg2000Colour::Rgb : Jpeg2000Colour::YCbCr,
                          directory.tile, image);
  const JpegColour colour = directory.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  return decodeJpeg({bytes, directory.jpegTables, colour, directory.tile, reduction}, image);
}

Result<TilePtr> DirectTiffSource::readByOpenSlide(const SourceLevel& level, TileKey key) const {
  Result<TilePtr> tile = m_rest->read({level.origin.fileLevel, key.column, key.row});
  if (!tile || (*tile)->key == key) return tile;
  return std::make_shared<const Tile>(Tile{key, (*tile)->image, (*tile)->damaged});
}

/// One tile of a reduced level's file level, reduced.
std::string DirectTiffSource::readBlock(const SourceLevel& level, int64_t column, int64_t row,
                                        Image& block) const {
  const int factor = level.origin.factor;
  if (isLeftOut(*level.direct, column, row)) {
    const Result<TilePtr> tile =
        m_rest->read({level.origin.fileLevel, static_cast<int>(column), static_cast<int>(row)});
    if (!tile) return "a tile that it is made from is left out and cannot be made up";
    block = boxMean((*tile)->image, factor);
    return {};
  }
  const int reduction = std::min(factor, 8);
  const Size tile = level.direct->directory.tile;
  block = Image::unset(static_cast<int>(tile.width / reduction), static_cast<int>(tile.height / reduction));
  const std::string reason = decode(*level.direct, column, row, reduction, block);
  if (reason.empty() && factor > reduction) block = boxMean(block, factor / reduction);
  return reason;
}

/// Every block but those at the level's right and lower edge is of one size.
std::string DirectTiffSource::readReducedTile(const SourceLevel& level, TileKey key, Image& image) const {
  const int64_t group = level.origin.group;
  const Size tile = level.direct->directory.tile;
  const int64_t width = tile.width / level.origin.factor;
  const int64_t height = tile.height / level.origin.factor;
  for (int64_t y = 0; y < image.height; y += height)
    for (int64_t x = 0; x < image.width; x += width) {
      Image block;
      std::string reason =
          readBlock(level, key.column * group + x / width, key.row * group + y / height, block);
      if (!reason.empty()) return reason;
      const int64_t columns = std::min<int64_t>(block.width, image.width - x);
      const int64_t rows = std::min<int64_t>(block.height, image.height - y);
      for (int64_t row = 0; row < rows; ++row)
        std::copy_n(&block.at(0, static_cast<int>(row)), columns,
                    &image.at(static_cast<int>(x), static_cast<int>(y + row)));
    }
  return {};
}

Result<TilePtr> DirectTiffSource::read(TileKey key) const {
  const auto cannot = [&](const std::string& reason) {
    return fail(fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level,
                            key.column, key.row, m_path.string(), reason));
  };
  if (!contains(key)) return cannot("there is no such tile");
  const SourceLevel& source = m_levels[static_cast<size_t>(key.level)];
  const Level& level = source.origin.level;
  if (!source.direct || (!level.reduced && isLeftOut(*source.direct, key.column, key.row)))
    return readByOpenSlide(source, key);
  const auto width = std::min(level.tile.width, level.size.width - key.column * level.tile.width);
  const auto height = std::min(level.tile.height, level.size.height - key.row * level.tile.height);
  auto tile = std::make_shared<Tile>();
  tile->key = key;
  tile->image = Image::unset(static_cast<int>(width), static_cast<int>(height));
  const std::string reason = level.reduced ? readReducedTile(source, key, tile->image)
                                           : decode(*source.direct, key.column, key.row, 1, tile->image);
  if (reason.empty()) return tile;
  return cannot(reason);
}

/// The first that would not fit into memory; null where all do.
const TiffDirectory* tooLarge(const std::vector<TiffDirectory>& directories) {
  const auto found = std::find_if(directories.begin(), directories.end(), [](const TiffDirectory& directory) {
    return directory.tile.width > mostTilePixels / directory.tile.height;
  });
  return found == directories.end() ? nullptr : &*found;
}

/// The file's levels in order, and reduced ones between them; only JPEG decodes at a part of its size.
std::vector<SourceLevel> sourceLevels(const std::vector<TiffDirectory>& directories, const Slide& slide) {
  std::vector<std::shared_ptr<const DirectLevel>> direct;
  std::vector<bool> canReduce;
  for (const Level& level : slide.levels) {
    std::optional<DirectLevel> found = directLevel(directories, level, slide.vendor);
    canReduce.push_back(found && found->decoding == Decoding::Jpeg);
    direct.push_back(found ? std::make_shared<const DirectLevel>(std::move(*found)) : nullptr);
  }
  std::vector<SourceLevel> levels;
  for (LevelOrigin& origin : withReducedLevels(slide.levels, canReduce)) {
    std::shared_ptr<const DirectLevel> file = direct[static_cast<size_t>(origin.fileLevel)];
    levels.push_back({std::move(origin), std::move(file)});
  }
  return levels;
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
  Slide& slide = (*outcome)->slide;
  std::vector<SourceLevel> levels = sourceLevels(directories, slide);
  if (std::none_of(levels.begin(), levels.end(), [](const auto& level) { return level.direct; }))
    return std::nullopt;
  slide.levels.clear();
  for (const SourceLevel& level : levels) slide.levels.push_back(level.origin.level);
  auto source = std::make_shared<const DirectTiffSource>(file, std::move(levels), (*outcome)->source);
  if (!source->isOpen()) return std::nullopt;
  (*outcome)->source = std::move(source);
  return outcome;
}

}  // namespace geneglass
