// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/direct_tiff_source.h"

#include <tiff.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/jpeg2000_decoder.h"
#include "viewer/slide/formats/jpeg_decoder.h"
#include "viewer/slide/formats/ome_tiff.h"
#include "viewer/slide/formats/openslide_source.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/formats/tiff_decoding.h"
#include "viewer/slide/formats/tiff_directories.h"
#include "viewer/slide/formats/tiff_facts.h"
#include "viewer/slide/formats/tiff_sanity.h"
#include "viewer/slide/formats/tiff_tile_reader.h"

namespace geneglass {
namespace {

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
  DirectTiffSource(const FileHead& head, const std::string& vendor, std::vector<SourceLevel> levels,
                   std::shared_ptr<const TileSource> rest)
      : m_path(head.path),
        m_vendor(vendor),
        m_levels(std::move(levels)),
        m_rest(std::move(rest)),
        m_file(head.file),
        m_reader(head.path) {}

  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;

 private:
  bool contains(TileKey key) const;
  std::string sentenceOf(TileKey key, const std::string& reason) const;
  bool isLeftOut(const DirectLevel& level, int64_t column, int64_t row) const;
  std::string decode(const DirectLevel& level, int64_t column, int64_t row, int reduction,
                     Image& image) const;
  Result<TilePtr> readByOpenSlide(int fileLevel, TileKey key) const;
  Result<TilePtr> readLeftOut(const SourceLevel& level, int64_t column, int64_t row) const;
  std::string readFileTile(const SourceLevel& level, TileKey key, Image& image) const;
  std::string readBlock(const SourceLevel& level, int64_t column, int64_t row, Image& block) const;
  std::string readReducedTile(const SourceLevel& level, TileKey key, Tile& tile) const;

  const std::filesystem::path m_path;
  const std::string m_vendor;
  const std::vector<SourceLevel> m_levels;
  const std::shared_ptr<const TileSource> m_rest;  ///< knows the file's levels only; null where it refuses
  const std::shared_ptr<const PositionedFile> m_file;
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
  if (std::string reason = readCompressed(*m_file, directory, index, bytes); !reason.empty()) return reason;
  if (level.decoding == TiffDecoding::Jpeg2000) {
    const bool rgb = directory.compression == kAperioRgb;
    return decodeJpeg2000(
        {bytes, rgb ? Jpeg2000Colour::Rgb : Jpeg2000Colour::YCbCr, directory.tile, reduction}, image);
  }
  const JpegColour colour = directory.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  return decodeJpeg({bytes, directory.jpegTables, colour, directory.tile, reduction}, image);
}

/// OpenSlide counts the file's levels only; its tile is passed on where both count alike.
Result<TilePtr> DirectTiffSource::readByOpenSlide(int fileLevel, TileKey key) const {
  Result<TilePtr> tile = m_rest->read({fileLevel, key.column, key.row});
  if (!tile || key.level == fileLevel) return tile;
  return std::make_shared<const Tile>(Tile{key, (*tile)->image});
}

/// A plain TIFF has no such tiles: it lost them. Aperio's finest are transparent, at their whole size;
/// OpenSlide makes up the coarser ones from finer ones.
Result<TilePtr> DirectTiffSource::readLeftOut(const SourceLevel& level, int64_t column, int64_t row) const {
  const TileKey key{level.origin.fileLevel, static_cast<int>(column), static_cast<int>(row)};
  if (m_vendor == "generic-tiff" || m_vendor == "ome-tiff") return fail("the file holds no bytes of it");
  if (m_rest && (key.level > 0 || m_vendor != "aperio")) return m_rest->read(key);
  const Size tile = level.direct->directory.tile;
  return std::make_shared<const Tile>(
      Tile{key, Image(static_cast<int>(tile.width), static_cast<int>(tile.height))});
}

/// One tile of a reduced level's file level, reduced.
std::string DirectTiffSource::readBlock(const SourceLevel& level, int64_t column, int64_t row,
                                        Image& block) const {
  const int factor = level.origin.factor;
  if (isLeftOut(*level.direct, column, row)) {
    Result<TilePtr> tile = readLeftOut(level, column, row);
    if (!tile) return std::move(tile.error().sentence);
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
  if (!any) return damage;
  tile.damaged = !damage.empty();
  if (tile.damaged) tile.damage = sentenceOf(key, damage);
  return {};
}

std::string DirectTiffSource::readFileTile(const SourceLevel& level, TileKey key, Image& image) const {
  if (!isLeftOut(*level.direct, key.column, key.row))
    return decode(*level.direct, key.column, key.row, 1, image);
  Result<TilePtr> whole = readLeftOut(level, key.column, key.row);
  if (!whole) return std::move(whole.error().sentence);
  paste((*whole)->image, image, 0, 0);
  return {};
}

std::string DirectTiffSource::sentenceOf(TileKey key, const std::string& reason) const {
  return fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level, key.column,
                     key.row, m_path.string(), reason);
}

Result<TilePtr> DirectTiffSource::read(TileKey key) const {
  const auto cannot = [&](const std::string& reason) { return fail(sentenceOf(key, reason)); };
  if (!contains(key)) return cannot("there is no such tile");
  const SourceLevel& source = m_levels[static_cast<size_t>(key.level)];
  if (!source.direct) {
    Result<TilePtr> tile = readByOpenSlide(source.origin.fileLevel, key);
    if (!tile) return cannot(tile.error().sentence);
    return tile;
  }
  const Level& level = source.origin.level;
  const auto width = std::min(level.tile.width, level.size.width - key.column * level.tile.width);
  const auto height = std::min(level.tile.height, level.size.height - key.row * level.tile.height);
  auto tile = std::make_shared<Tile>();
  tile->key = key;
  tile->image = Image::unset(static_cast<int>(width), static_cast<int>(height));
  const std::string reason =
      level.reduced ? readReducedTile(source, key, *tile) : readFileTile(source, key, tile->image);
  if (reason.empty()) return tile;
  return cannot(reason);
}

Result<Image> DirectTiffSource::readAssociatedImage(const std::string& name) const {
  if (m_rest) return m_rest->readAssociatedImage(name);
  return fail(
      fmt::format("Cannot read the image '{}' of '{}': there is no such image.", name, m_path.string()));
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
  constexpr std::array<std::string_view, 3> kVendors{"aperio", "generic-tiff", "philips"};
  return std::find(kVendors.begin(), kVendors.end(), vendor) != kVendors.end();
}

/// Who says what the file holds.
struct Facts {
  DriverOutcome outcome;  ///< no source where OpenSlide refuses the file
  std::string refusal;    ///< its reason
};

/// What OpenSlide makes of the file, unless `unfit` says why it must not see it.
Result<std::optional<DriverOutcome>> askOpenSlide(const FileHead& head, const std::string& unfit) {
  if (!unfit.empty()) return cannotOpen(head.path, unfit);
  return openWithOpenSlide(head);
}

Result<Facts> withIdentity(const FileHead& head, Slide slide) {
  Result<std::string> hash = contentHash(*head.file, head.path);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  addColours(slide, head.tiff);
  return Facts{{std::move(slide), nullptr}, {}};
}

/// What the directories alone say of a file that OpenSlide refuses with this answer; nothing where it is
/// another maker's, or all of it is lost.
Result<std::optional<Facts>> ownFacts(const FileHead& head, const std::vector<TiffDirectory>& directories,
                                      const Result<std::optional<DriverOutcome>>& answer) {
  std::optional<Slide> slide =
      factsOfDirectories(directories, openSlidesVendor(head.path), head.file->size());
  if (!slide) return std::nullopt;
  Result<Facts> own = withIdentity(head, std::move(*slide));
  if (!own) return tl::unexpected(own.error());
  own->refusal = answer ? "it knows no such format" : answer.error().sentence;
  return std::move(*own);
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

/// The slide with reduced levels between those of the file; nothing where it has none that is read here.
std::optional<DriverOutcome> readDirectly(const FileHead& head, const std::vector<TiffDirectory>& directories,
                                          const Facts& facts) {
  Slide slide = facts.outcome.slide;
  std::vector<SourceLevel> levels = sourceLevels(directories, slide);
  if (std::none_of(levels.begin(), levels.end(), [](const auto& level) { return level.direct; })) return {};
  slide.driver = "direct-tiff";
  slide.levels.clear();
  for (const SourceLevel& level : levels) slide.levels.push_back(level.origin.level);
  slide.damage = damageOf(levels, head.file->size(), facts.refusal);
  auto source =
      std::make_shared<const DirectTiffSource>(head, slide.vendor, std::move(levels), facts.outcome.source);
  return DriverOutcome{std::move(slide), std::move(source)};
}

constexpr std::array<std::string_view, 3> kDirectEndings{".svs", ".tif", ".tiff"};

}  // namespace

const Driver kDirectTiffDriver{.nameEndings = kDirectEndings, .open = openDirectTiff};

Result<std::optional<DriverOutcome>> openDirectTiff(const FileHead& head) {
  std::vector<TiffDirectory> directories = head.tiff.tiled;
  if (directories.empty()) return std::nullopt;
  const std::string unfit = unfitForOpenSlide(directories, head.file->size());
  std::erase_if(directories, isTooLarge);
  if (auto ome = omePyramidOf(head.tiff, head.file->size())) {
    Result<Facts> own = withIdentity(head, std::move(ome->facts));
    if (!own) return tl::unexpected(own.error());
    std::erase_if(ome->directories, isTooLarge);
    if (auto direct = readDirectly(head, ome->directories, *own)) return direct;
  }
  Result<std::optional<DriverOutcome>> answer = askOpenSlide(head, unfit);
  Facts facts;
  if (answer && *answer) {
    facts.outcome = **answer;
    if (!isKnown(facts.outcome.slide.vendor)) return answer;
  } else {
    Result<std::optional<Facts>> own = ownFacts(head, directories, answer);
    if (!own) return tl::unexpected(own.error());
    if (!*own) return answer;
    facts = std::move(**own);
  }
  std::optional<DriverOutcome> direct = readDirectly(head, directories, facts);
  if (direct) return direct;
  return answer;
}

}  // namespace geneglass
