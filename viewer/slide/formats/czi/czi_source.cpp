// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/czi/czi_source.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <pugixml.hpp>
#include <utility>

#include "viewer/foundation/files/xml_text.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/czi/czi_level_reader.h"
#include "viewer/slide/formats/direct_source.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {
namespace {

constexpr size_t kKeptBlocks = size_t{64} << 20;  ///< bytes of decoded blocks of a slide

/// Pixel size and objective as the metadata say them.
void addMetadata(const std::string& xml, Slide& slide) {
  const Result<pugi::xml_document> document = parseXml(xml, {uint64_t{64} << 20, 4'000'000, 64});
  if (!document) return;
  const pugi::xml_node metadata = document->child("ImageDocument").child("Metadata");
  const pugi::xml_node scaling = metadata.child("Scaling").child("Items");
  const auto micrometres = [&](const char* axis) {
    constexpr double kInAMetre = 1e6;
    return kInAMetre *
           scaling.find_child_by_attribute("Distance", "Id", axis).child("Value").text().as_double();
  };
  const Mpp mpp{micrometres("X"), micrometres("Y")};
  if (isPlausiblePixel(mpp.x) && isPlausiblePixel(mpp.y)) slide.mpp = mpp;
  const double power = metadata.child("Information")
                           .child("Instrument")
                           .child("Objectives")
                           .child("Objective")
                           .child("NominalMagnification")
                           .text()
                           .as_double();
  if (power > 0 && power <= 200) slide.objectivePower = power;
}

/// A sentence where blocks lie behind the end of a file that was cut; empty where none does.
std::string lostBlocks(const CziLevels& levels, uint64_t bytes) {
  size_t all = 0, lost = 0;
  for (const CziLevel& level : levels.levels)
    for (const PlacedCziBlock& placed : level.blocks) {
      ++all;
      lost += placed.block.position >= bytes;
    }
  return lost > 0 ? fmt::format("{} of {} blocks of its pixels lie beyond the end of the file.", lost, all)
                  : "";
}

Result<TilePtr> bareTile(const std::vector<Level>& levels, TileKey key) {
  const Size tile = levels[static_cast<size_t>(key.level)].tile;
  return std::make_shared<const Tile>(
      Tile{key, Image(static_cast<int>(tile.width), static_cast<int>(tile.height))});
}

Result<std::optional<DriverOutcome>> openCzi(const FileHead& head) {
  if (!head.file) return std::nullopt;
  Result<std::optional<CziDirectory>> directory = readCziDirectory(*head.file);
  if (!directory) return cannotOpen(head.path, directory.error().sentence);
  if (!*directory) return std::nullopt;
  Result<CziLevels> found = cziLevels(std::move((*directory)->blocks));
  if (!found) return cannotOpen(head.path, found.error().sentence);
  Result<std::string> hash = contentHash(*head.file, head.path);
  if (!hash) return tl::unexpected(hash.error());
  Slide slide;
  slide.driver = slide.vendor = "zeiss";
  slide.hash = std::move(*hash);
  slide.note = found->note;
  slide.damage = lostBlocks(*found, head.file->size());
  addMetadata((*directory)->xml, slide);
  std::vector<Level> fileLevels;
  std::vector<std::shared_ptr<const LevelReader>> readers;
  const auto kept = std::make_shared<TileCache>(kKeptBlocks);
  for (CziLevel& level : found->levels) {
    fileLevels.push_back(level.level);
    readers.push_back(std::make_shared<const CziLevelReader>(head.file, std::move(level),
                                                             static_cast<int>(readers.size()), kept));
  }
  std::vector<DirectLevel> levels = directLevels(fileLevels, readers);
  for (const DirectLevel& level : levels) slide.levels.push_back(level.origin.level);
  slide.bounds = {0, 0, static_cast<double>(slide.size().width), static_cast<double>(slide.size().height)};
  auto source = directSource(head.path, std::move(levels),
                             {nullptr, [fileLevels](TileKey key) { return bareTile(fileLevels, key); }});
  return DriverOutcome{std::move(slide), std::move(source)};
}

constexpr std::array<std::string_view, 1> kCziEndings{".czi"};

}  // namespace

const Driver kCziDriver{.nameEndings = kCziEndings, .open = openCzi};

}  // namespace geneglass
