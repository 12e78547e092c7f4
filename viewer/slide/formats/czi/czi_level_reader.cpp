// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/czi/czi_level_reader.h"

#include <algorithm>

#include "viewer/slide/formats/czi/czi_pixels.h"
#include "viewer/slide/formats/reduced_levels.h"

namespace geneglass {
namespace {

/// A rectangle of a level's pixels.
struct Cut {
  int64_t left = 0, top = 0, right = 0, bottom = 0;
  bool touches(const PlacedCziBlock& placed) const {
    return placed.left < right && placed.right() > left && placed.top < bottom && placed.bottom() > top;
  }
};

void putBlock(const Image& block, const PlacedCziBlock& placed, const Cut& cut, Image& image) {
  const int64_t left = std::max(cut.left, placed.left), right = std::min(cut.right, placed.right());
  for (int64_t y = std::max(cut.top, placed.top); y < std::min(cut.bottom, placed.bottom()); ++y)
    std::copy_n(&block.pixels[static_cast<size_t>((y - placed.top) * block.width + left - placed.left)],
                right - left, &image.at(static_cast<int>(left - cut.left), static_cast<int>(y - cut.top)));
}

}  // namespace

std::string CziLevelReader::blockOf(size_t number, TilePtr& block) const {
  const TileKey key{m_index, static_cast<int>(number), 0};
  if ((block = m_kept->find(key))) return {};
  const std::lock_guard lock(m_decoding[number % m_decoding.size()]);
  if ((block = m_kept->find(key))) return {};
  auto decoded = std::make_shared<Tile>();
  decoded->key = key;
  std::string reason = decodeCziBlock(*m_file, m_level.blocks[number].block, decoded->image);
  if (!reason.empty()) return reason;
  m_kept->insert(decoded);
  block = std::move(decoded);
  return {};
}

bool CziLevelReader::isLeftOut(int64_t column, int64_t row) const {
  const Size tile = m_level.level.tile;
  const Cut cut{column * tile.width, row * tile.height, (column + 1) * tile.width, (row + 1) * tile.height};
  return std::ranges::none_of(m_level.blocks,
                              [&](const PlacedCziBlock& placed) { return cut.touches(placed); });
}

std::string CziLevelReader::decode(int64_t column, int64_t row, int reduction, Image& image) const {
  const Size tile = m_level.level.tile;
  const int64_t left = column * tile.width, top = row * tile.height;
  if (reduction == 1) return compose(left, top, image);
  Image whole = Image::unset(image.width * reduction, image.height * reduction);
  if (std::string reason = compose(left, top, whole); !reason.empty()) return reason;
  image = boxMean(whole, reduction);
  return {};
}

/// What no block covers is transparent.
std::string CziLevelReader::compose(int64_t left, int64_t top, Image& image) const {
  const Cut cut{left, top, left + image.width, top + image.height};
  std::ranges::fill(image.pixels, 0);
  for (size_t number = 0; number < m_level.blocks.size(); ++number) {
    if (!cut.touches(m_level.blocks[number])) continue;
    TilePtr block;
    if (std::string reason = blockOf(number, block); !reason.empty()) return reason;
    putBlock(block->image, m_level.blocks[number], cut, image);
  }
  return {};
}

}  // namespace geneglass
