// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/direct_tiff_source.h"

#include <tiff.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "viewer/slide/formats/jpeg2000_decoder.h"
#include "viewer/slide/formats/jpeg_decoder.h"
#include "viewer/slide/formats/openslide_source.h"
#include "viewer/slide/formats/positioned_file.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/formats/tiff_decoding.h"
#include "viewer/slide/formats/tiff_directories.h"
#include "viewer/slide/formats/tiff_facts.h"
#include "viewer/slide/formats/tiff_tile_reader.h"

namespace geneglass {
namespace {

/// More than any slide's tile; one tile of it takes 256 MiB.
constexpr int64_t mostTilePixels = 1 << 26;

/// A level of the slide that the file holds as one directory.
struct DirectLevel {
  TiffDirectory directory;
  TiffDecoding decoding;
};

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
  const std::optional<TiffDecoding> decoding = decodingOf(*found, vendor);
  return decoding ? std::optional(DirectLevel{*found, *decoding}) : std::nullopt;
}

/// A level of the slide; `direct` is null where OpenSlide reads it.
struct SourceLevel {
  LevelOrigin origin;
  std::shared_ptr<const DirectLevel> direct;
};

class DirectTiffSource final : public TileSource {
 public:
  DirectTiffSource(const std::filesystem::path& file, const std::string& vendor,
                   std::vector<SourceLevel> levels, std::shared_ptr<const TileSource> rest)
      : m_path(file),
        m_vendor(vendor),
        m_levels(std::move(levels)),
        m_rest(std::move(rest)),
        m_file(file),
        m_reader(file) {}

  bool isOpen() const { return m_file.isOpen(); }
  uint64_t bytes() const { return m_file.size(); }
  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;

 private:
  bool contains(TileKey key) const;
  bool isLeftOut(const DirectLevel& level, int64_t column, int64_t row) const;
  std::string decode(const DirectLevel& level, int64_t column, int64_t row, int reduction,
                     Image& image) const;
  std::string readByOpenSlide(int fileLevel, int64_t column, int64_t row, Image& image) const;
  std::string readLeftOut(const SourceLevel& level, int64_t column, int64_t row, Image& image) const;
  std::string readFileTile(const SourceLevel& level, TileKey key, Image& image) const;
  std::string readBlock(const SourceLevel& level, int64_t column, int64_t row, Image& block) const;
  std::string readReducedTile(const SourceLevel& level, TileKey key, Tile& tile) const;

  const std::filesystem::path m_path;
  const std::string m_vendor;
  const std::vector<SourceLevel> m_levels;
  const std::shared_ptr<const TileSource> m_rest;  ///< knows the file's levels only; null where it refuses
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

/// `reduction` is 1 where libtiff decodes.
std::string DirectTiffSource::decode(const DirectLevel& level, int64_t column, int64_t row, int reduction,
                                     Image& image) const {
  const TiffDirectory& directory = level.directory;
  if (level.decoding == TiffDecoding::ByLibtiff) return m_reader.read(directory, column, row, image);
  const auto index = static_cast<size_t>(row * directory.columns() + column);
  std::span<const uint8_t> bytes;
  if (std::string reason = readCompressed(m_file, directory, index, bytes); !reason.empty()) return reason;
  if (level.decoding == TiffDecoding::Jpeg2000) {
    const bool rgb = directory.compression == aperioRgb;
    return decodeJpeg2000(
        {bytes, rgb ? Jpeg2000Colour::Rgb : Jpeg2000Colour::YCbCr, directory.tile, reduction}, image);
  }
  const JpegColour colour = directory.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  return decodeJpeg({bytes, directory.jpegTables, colour, directory.tile, reduction}, image);
}

std::string DirectTiffSource::readByOpenSlide(int fileLevel, int64_t column, int64_t row,
                                              Image& image) const {
  Result<TilePtr> tile = m_rest->read({fileLevel, static_cast<int>(column), static_cast<int>(row)});
  if (!tile) return std::move(tile.error().sentence);
  image = (*tile)->image;
  return {};
}

/// A plain TIFF has no such tiles: it lost them. Aperio's finest are transparent, at their whole size;
/// OpenSlide makes up the coarser ones from finer ones.
std::string DirectTiffSource::readLeftOut(const SourceLevel& level, int64_t column, int64_t row,
                                          Image& image) const {
  if (m_vendor == "generic-tiff") return "the file holds no bytes of it";
  if (m_rest && (level.origin.fileLevel > 0 || m_vendor != "aperio"))
    return readByOpenSlide(level.origin.fileLevel, column, row, image);
  const Size tile = level.direct->directory.tile;
  image = Image(static_cast<int>(tile.width), static_cast<int>(tile.height));
  return {};
}

/// One tile of a reduced level's file level, reduced.
std::string DirectTiffSource::readBlock(const SourceLevel& level, int64_t column, int64_t row,
                                        Image& block) const {
  const int factor = level.origin.factor;
  if (isLeftOut(*level.direct, column, row)) {
    std::string reason = readLeftOut(level, column, row, block);
    if (reason.empty()) block = boxMean(block, factor);
    return reason;
  }
  const int reduction = std::min(factor, 8);
  const Size tile = level.direct->directory.tile;
  block = Image::unset(static_cast<int>(tile.width / reduction), static_cast<int>(tile.height / reduction));
  const std::string reason = decode(*level.direct, column, row, reduction, block);
  if (reason.empty() && factor > reduction) block = boxMean(block, factor / reduction);
  return reason;
}

/// What the canvas draws in place of a damaged tile, at this tile's own pixels.
Image hatched(int width, int height) {
  Image image = Image::unset(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      image.at(x, y) = (x + y) % 16 < 4 ? opaque(184, 71, 71) : opaque(230, 224, 224);
  return image;
}

void paste(const Image& block, Image& image, int64_t left, int64_t top) {
  const int64_t columns = std::min<int64_t>(block.width, image.width - left);
  const int64_t rows = std::min<int64_t>(block.height, image.height - top);
  for (int64_t row = 0; row < rows; ++row)
    std::copy_n(block.pixels.begin() + row * block.width, columns,
                &image.at(static_cast<int>(left), static_cast<int>(top + row)));
}

/// Every block but those at the level's right and lower edge is of one size. Fails where no block is whole.
std::string DirectTiffSource::readReducedTile(const SourceLevel& level, TileKey key, Tile& tile) const {
  const int64_t group = level.origin.group;
  const Size fileTile = level.direct->directory.tile;
  const int64_t width = fileTile.width / level.origin.factor;
  const int64_t height = fileTile.height / level.origin.factor;
  bool any = false;
  std::string damage;
  for (int64_t y = 0; y < tile.image.height; y += height)
    for (int64_t x = 0; x < tile.image.width; x += width) {
      Image block;
      std::string reason =
          readBlock(level, key.column * group + x / width, key.row * group + y / height, block);
      if (reason.empty())
        any = true;
      else
        block = hatched(static_cast<int>(width), static_cast<int>(height));
      paste(block, tile.image, x, y);
      if (damage.empty()) damage = std::move(reason);
    }
  tile.damaged = !damage.empty();
  return any ? std::string() : damage;
}

std::string DirectTiffSource::readFileTile(const SourceLevel& level, TileKey key, Image& image) const {
  if (!isLeftOut(*level.direct, key.column, key.row))
    return decode(*level.direct, key.column, key.row, 1, image);
  Image whole;
  std::string reason = readLeftOut(level, key.column, key.row, whole);
  if (reason.empty()) paste(whole, image, 0, 0);
  return reason;
}

Result<TilePtr> DirectTiffSource::read(TileKey key) const {
  const auto cannot = [&](const std::string& reason) {
    return fail(fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level,
                            key.column, key.row, m_path.string(), reason));
  };
  if (!contains(key)) return cannot("there is no such tile");
  const SourceLevel& source = m_levels[static_cast<size_t>(key.level)];
  const Level& level = source.origin.level;
  const auto width = std::min(level.tile.width, level.size.width - key.column * level.tile.width);
  const auto height = std::min(level.tile.height, level.size.height - key.row * level.tile.height);
  auto tile = std::make_shared<Tile>();
  tile->key = key;
  tile->image = Image::unset(static_cast<int>(width), static_cast<int>(height));
  std::string reason;
  if (!source.direct)
    reason = readByOpenSlide(source.origin.fileLevel, key.column, key.row, tile->image);
  else
    reason = level.reduced ? readReducedTile(source, key, *tile) : readFileTile(source, key, tile->image);
  if (reason.empty()) return tile;
  return cannot(reason);
}

Result<Image> DirectTiffSource::readAssociatedImage(const std::string& name) const {
  if (m_rest) return m_rest->readAssociatedImage(name);
  return fail(
      fmt::format("Cannot read the image '{}' of '{}': there is no such image.", name, m_path.string()));
}

bool isTooLarge(const TiffDirectory& directory) {
  return directory.tile.width > mostTilePixels / directory.tile.height;
}

/// The file's levels in order, and reduced ones between them.
std::vector<SourceLevel> sourceLevels(const std::vector<TiffDirectory>& directories, const Slide& slide) {
  std::vector<std::shared_ptr<const DirectLevel>> direct;
  std::vector<bool> canReduce;
  for (const Level& level : slide.levels) {
    std::optional<DirectLevel> found = directLevel(directories, level, slide.vendor);
    canReduce.push_back(found && found->decoding != TiffDecoding::ByLibtiff);
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

/// Who says what the file holds.
struct Facts {
  Slide slide;
  std::shared_ptr<const TileSource> rest;  ///< OpenSlide; null where it refuses the file
  std::string refusal;                     ///< its reason
};

/// Why OpenSlide, which takes lengths on trust, must not see the file: it would end the program. Empty where
/// it may. Kept so narrow that no sound file is affected.
std::string unfitForOpenSlide(const std::vector<TiffDirectory>& directories, uint64_t bytes) {
  const TiffDirectory* finer = nullptr;
  for (const TiffDirectory& directory : directories) {
    if (isTooLarge(directory))
      return fmt::format("a tile of {} x {} pixels does not fit into memory", directory.tile.width,
                         directory.tile.height);
    const auto& counts = directory.tileByteCounts;
    if (std::any_of(counts.begin(), counts.end(), [bytes](uint64_t count) { return count > bytes; }))
      return "a tile is said to be longer than the file";
    // It divides the one by the other, without a remainder, to find what Aperio's scanner left out.
    if (finer && directories.front().description.starts_with("Aperio") &&
        (directory.columns() > finer->columns() || directory.rows() > finer->rows()))
      return "a coarser level has more tiles than a finer one";
    finer = &directory;
  }
  return {};
}

/// OpenSlide's word, and the directories' own where it refuses what can be read, or `unfit` says why it must
/// not see the file. Nothing for other makers' files.
Result<std::optional<Facts>> findFacts(const std::filesystem::path& file,
                                       const std::vector<TiffDirectory>& directories,
                                       const std::string& unfit) {
  Result<std::optional<DriverOutcome>> outcome = cannotOpen(file, unfit);
  if (unfit.empty()) outcome = openWithOpenSlide(file);
  if (outcome && *outcome) {
    if (!isKnown((*outcome)->slide.vendor)) return std::nullopt;
    return Facts{std::move((*outcome)->slide), std::move((*outcome)->source), {}};
  }
  std::error_code ignored;
  std::optional<Slide> own =
      factsOfDirectories(directories, openSlidesVendor(file), std::filesystem::file_size(file, ignored));
  if (own)
    return Facts{std::move(*own), nullptr, outcome ? "it knows no such format" : outcome.error().sentence};
  if (!unfit.empty()) return tl::unexpected(outcome.error());
  return std::nullopt;
}

/// A sentence, or none where all is there.
std::string damageOf(const std::vector<SourceLevel>& levels, uint64_t bytes, const std::string& refusal) {
  int64_t lost = 0;
  size_t tiles = 0;
  for (const SourceLevel& level : levels) {
    if (!level.direct || level.origin.level.reduced) continue;
    lost += tilesBeyond(level.direct->directory, bytes);
    tiles += level.direct->directory.tileOffsets.size();
  }
  const std::string count =
      lost > 0 ? fmt::format("{} of {} tiles lie beyond the end of the file.", lost, tiles) : "";
  if (refusal.empty()) return count;
  return fmt::format(
      "{}{}Read without OpenSlide, which refuses it, so images stored beside the pyramid are left out: {}",
      count, count.empty() ? "" : " ", refusal);
}

}  // namespace

Result<std::optional<DriverOutcome>> openDirectTiff(const std::filesystem::path& file) {
  std::vector<TiffDirectory> directories = readTiledDirectories(file);
  if (directories.empty()) return std::nullopt;
  std::error_code ignored;
  const std::string unfit = unfitForOpenSlide(directories, std::filesystem::file_size(file, ignored));
  std::erase_if(directories, isTooLarge);
  Result<std::optional<Facts>> facts = findFacts(file, directories, unfit);
  if (!facts) return tl::unexpected(facts.error());
  if (!*facts) return std::nullopt;
  Slide& slide = (*facts)->slide;
  std::vector<SourceLevel> levels = sourceLevels(directories, slide);
  if (std::none_of(levels.begin(), levels.end(), [](const auto& level) { return level.direct; }))
    return std::nullopt;
  slide.levels.clear();
  for (const SourceLevel& level : levels) slide.levels.push_back(level.origin.level);
  auto source = std::make_shared<const DirectTiffSource>(file, slide.vendor, levels, (*facts)->rest);
  if (!source->isOpen()) return std::nullopt;
  slide.damage = damageOf(levels, source->bytes(), (*facts)->refusal);
  return DriverOutcome{std::move(slide), std::move(source)};
}

}  // namespace geneglass
