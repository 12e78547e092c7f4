// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/czi/czi_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "viewer/slide/formats/czi/czi_pixels.h"

namespace geneglass {
namespace {

constexpr int64_t kTileSide = 512;
constexpr int64_t kLongestSide = 1 << 20;  ///< pixels
constexpr std::string_view kConvertCzi = ": Bio-Formats' 'bfconvert' makes an OME-TIFF of it";

std::string pixelTypeName(int32_t type) {
  switch (type) {
    case 0:
      return "Gray8";
    case 1:
      return "Gray16";
    case 2:
      return "Gray32Float";
    case 4:
      return "Bgr48";
    case 8:
      return "Bgr96Float";
    case 9:
      return "Bgra32";
    default:
      return fmt::format("of type {}", type);
  }
}

std::set<int32_t> startsOf(const std::vector<CziBlock>& blocks, char dimension) {
  std::set<int32_t> starts;
  for (const CziBlock& block : blocks) starts.insert(block.start(dimension));
  return starts;
}

/// Empty where all that is left is read.
std::string keepColours(std::vector<CziBlock>& blocks) {
  if (std::ranges::any_of(blocks, [](const CziBlock& block) { return block.part != 0; }))
    return fmt::format("it is a CZI in several files, which is not read{}", kConvertCzi);
  const CziBlock first = blocks.front();
  const size_t channels = startsOf(blocks, 'C').size();
  std::erase_if(blocks, [](const CziBlock& block) { return block.pixelType != CziBlock::kBgr24; });
  if (blocks.empty())
    return fmt::format(
        "it is a CZI whose pixels are {} in {} channel{}, not colours of 8 bits, which is not read{}",
        pixelTypeName(first.pixelType), channels, channels == 1 ? "" : "s", kConvertCzi);
  const auto other =
      std::ranges::find_if(blocks, [](const CziBlock& block) { return !isUnpackedCzi(block.packing); });
  if (other == blocks.end()) return {};
  if (other->packing == CziBlock::kJpegXr)
    return fmt::format("it is a CZI whose pixels are packed as JPEG XR, which is not read{}", kConvertCzi);
  return fmt::format("it is a CZI whose pixels are packed in a way that is not read (number {}){}",
                     other->packing, kConvertCzi);
}

/// Keeps one value of each dimension but those of the place.
std::string choose(std::vector<CziBlock>& blocks) {
  struct Dimension {
    char letter;
    const char* name;
  };
  constexpr std::array kDimensions{Dimension{'Z', "focal plane"}, Dimension{'T', "time"},
                                   Dimension{'C', "channel"},     Dimension{'H', "phase"},
                                   Dimension{'R', "angle"},       Dimension{'I', "illumination"},
                                   Dimension{'B', "block"},       Dimension{'V', "view"}};
  std::string note;
  for (const auto& [letter, name] : kDimensions) {
    const std::set<int32_t> starts = startsOf(blocks, letter);
    if (starts.size() < 2) continue;
    const size_t shown = letter == 'Z' ? starts.size() / 2 : 0;
    const int32_t chosen = *std::next(starts.begin(), static_cast<std::ptrdiff_t>(shown));
    std::erase_if(blocks, [dimension = letter, chosen](const CziBlock& block) {
      return block.start(dimension) != chosen;
    });
    note += fmt::format("{}Of {} {}s number {} is shown.", note.empty() ? "" : " ", starts.size(), name,
                        shown + 1);
  }
  return note;
}

/// Adds the blocks of one factor, moved to the origin of level 0.
CziLevel levelOf(std::vector<CziBlock> blocks, int64_t factor, int64_t left, int64_t top, Size finest) {
  std::ranges::stable_sort(blocks, {}, &CziBlock::mosaic);
  CziLevel level;
  level.level = {{(finest.width + factor - 1) / factor, (finest.height + factor - 1) / factor},
                 static_cast<double>(factor),
                 {kTileSide, kTileSide}};
  for (const CziBlock& block : blocks)
    level.blocks.push_back(
        {block, (block.left - left + factor / 2) / factor, (block.top - top + factor / 2) / factor});
  return level;
}

std::set<int32_t> scenesOf(const std::vector<CziBlock>& blocks) {
  return startsOf(blocks, 'S');
}

}  // namespace

Result<CziLevels> cziLevels(std::vector<CziBlock> blocks) {
  if (blocks.empty()) return fail("it holds no picture");
  if (std::string reason = keepColours(blocks); !reason.empty()) return fail(std::move(reason));
  CziLevels found;
  found.note = choose(blocks);
  std::map<int64_t, std::vector<CziBlock>> byFactor;
  for (const CziBlock& block : blocks) byFactor[block.factor()].push_back(block);
  const auto finest = byFactor.find(1);
  if (finest == byFactor.end())
    return fail("it holds no pixels of full resolution, only smaller pictures of them");
  int64_t left = INT64_MAX, top = INT64_MAX, right = INT64_MIN, bottom = INT64_MIN;
  for (const CziBlock& block : finest->second) {
    if (block.stored != block.shown) return fail("its directory is damaged");
    left = std::min(left, block.left);
    top = std::min(top, block.top);
    right = std::max(right, block.left + block.shown.width);
    bottom = std::max(bottom, block.top + block.shown.height);
  }
  const Size size{right - left, bottom - top};
  if (std::max(size.width, size.height) > kLongestSide)
    return fail(fmt::format("{} x {} pixels are more than any slide's", size.width, size.height));
  const std::set<int32_t> scenes = scenesOf(finest->second);
  for (auto& [factor, own] : byFactor)
    if (factor == 1 || scenesOf(own) == scenes)
      found.levels.push_back(levelOf(std::move(own), factor, left, top, size));
  return found;
}

}  // namespace geneglass
