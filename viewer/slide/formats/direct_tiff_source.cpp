// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/direct_tiff_source.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/direct_source.h"
#include "viewer/slide/formats/ome_tiff.h"
#include "viewer/slide/formats/openslide_source.h"
#include "viewer/slide/formats/tiff/tiff_decoding.h"
#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"
#include "viewer/slide/formats/tiff/tiff_sanity.h"
#include "viewer/slide/formats/tiff/unmarked_levels.h"
#include "viewer/slide/formats/tiff_level_reader.h"

namespace geneglass {
namespace {

/// Philips pads its coarser directories up to whole tiles, and the level is their upper left part.
bool holds(const TiffDirectory& directory, const Level& level, const std::string& vendor) {
  if (directory.tile != level.tile) return false;
  if (directory.size == level.size) return true;
  const int64_t right = directory.size.width - level.size.width;
  const int64_t below = directory.size.height - level.size.height;
  return vendor == "philips" && right >= 0 && below >= 0 && right < 2 * level.tile.width &&
         below < 2 * level.tile.height;
}

/// Nothing where no directory, or more than one, could be the level, and where it cannot be decoded here.
std::shared_ptr<const TiffLevelReader> readerOf(const std::vector<TiffDirectory>& directories,
                                                const Level& level, const std::string& vendor,
                                                const FileHead& head,
                                                const std::shared_ptr<const TiffTileReader>& reader) {
  const auto fits = [&](const TiffDirectory& directory) { return holds(directory, level, vendor); };
  const auto found = std::find_if(directories.begin(), directories.end(), fits);
  if (found == directories.end()) return {};
  if (std::find_if(found + 1, directories.end(), fits) != directories.end()) return {};
  const std::optional<TiffDecoding> decoding = decodingOf(*found, vendor);
  return decoding ? std::make_shared<const TiffLevelReader>(*found, *decoding, head.file, reader) : nullptr;
}

/// A plain TIFF has no such tiles: it lost them. Aperio's finest are transparent, at their whole size;
/// OpenSlide makes up the coarser ones from finer ones.
std::function<Result<TilePtr>(TileKey)> leftOutTiles(const std::string& vendor,
                                                     std::shared_ptr<const TileSource> openSlides,
                                                     std::vector<Level> fileLevels) {
  return [vendor, openSlides, fileLevels](TileKey key) -> Result<TilePtr> {
    if (vendor == "generic-tiff" || vendor == "ome-tiff") return fail("the file holds no bytes of it");
    if (openSlides && (key.level > 0 || vendor != "aperio")) return openSlides->read(key);
    const Size tile = fileLevels[static_cast<size_t>(key.level)].tile;
    return std::make_shared<const Tile>(
        Tile{key, Image(static_cast<int>(tile.width), static_cast<int>(tile.height))});
  };
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

using TiffReaders = std::vector<std::shared_ptr<const TiffLevelReader>>;

/// A sentence, or none where all is there.
std::string damageOf(const TiffReaders& readers, uint64_t bytes, const std::string& refusal) {
  int64_t lost = 0;
  size_t tiles = 0;
  for (const auto& reader : readers) {
    if (!reader) continue;
    lost += tilesBeyond(reader->directory(), bytes);
    tiles += reader->directory().tileOffsets.size();
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
  const auto handles = std::make_shared<const TiffTileReader>(head.path);
  TiffReaders readers;
  for (const Level& level : slide.levels)
    readers.push_back(readerOf(directories, level, slide.vendor, head, handles));
  if (std::none_of(readers.begin(), readers.end(), [](const auto& reader) { return reader != nullptr; }))
    return {};
  std::vector<DirectLevel> levels = directLevels(slide.levels, {readers.begin(), readers.end()});
  DirectRest rest{facts.outcome.source, leftOutTiles(slide.vendor, facts.outcome.source, slide.levels)};
  slide.driver = "direct-tiff";
  slide.levels.clear();
  for (const DirectLevel& level : levels) slide.levels.push_back(level.origin.level);
  slide.damage = damageOf(readers, head.file->size(), facts.refusal);
  return DriverOutcome{std::move(slide), directSource(head.path, std::move(levels), std::move(rest))};
}

/// Of a plain TIFF whose further directories do not say what they are: with those that show the same as the
/// first, only smaller, as levels.
std::optional<DriverOutcome> readPages(const FileHead& head, const std::vector<TiffDirectory>& directories,
                                       const Facts& facts) {
  Facts found = facts;
  std::vector<Level>& levels = found.outcome.slide.levels;
  std::vector<TiffDirectory> taken{directories.front()};
  for (const TiffDirectory& copy : unmarkedCopies(directories)) {
    taken.push_back(copy);
    levels.push_back(levelOf(copy, taken.front().size));
    const auto tried = readDirectly(head, taken, found);
    const std::vector<Level> all = tried ? tried->slide.levels : std::vector<Level>();
    std::vector<int> ofFile;
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
      if (!all[static_cast<size_t>(i)].reduced) ofFile.push_back(i);
    if (ofFile.size() > 1 && showsTheSame(*tried->source, all, ofFile[ofFile.size() - 2], ofFile.back()))
      continue;
    taken.pop_back();
    levels.pop_back();
  }
  found.outcome.slide.note = noteOfPages(directories, levels.size());
  return readDirectly(head, taken, found);
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
  const Slide& plain = facts.outcome.slide;
  const bool arePages = plain.vendor == "generic-tiff" && plain.levels.size() == 1 && directories.size() > 1;
  std::optional<DriverOutcome> direct =
      arePages ? readPages(head, directories, facts) : readDirectly(head, directories, facts);
  if (direct) return direct;
  return answer;
}

}  // namespace geneglass
