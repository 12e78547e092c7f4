// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/direct_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace geneglass {
namespace {

class DirectSource final : public TileSource {
 public:
  DirectSource(std::filesystem::path file, std::vector<DirectLevel> levels, DirectRest rest)
      : m_file(std::move(file)), m_levels(std::move(levels)), m_rest(std::move(rest)) {}

  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;

 private:
  bool contains(TileKey key) const;
  std::string sentenceOf(TileKey key, const std::string& reason) const;
  Result<TilePtr> readByRest(int fileLevel, TileKey key) const;
  std::string readFileTile(const DirectLevel& level, TileKey key, Image& image) const;
  std::string readBlock(const DirectLevel& level, int64_t column, int64_t row, Image& block) const;
  std::string readReducedTile(const DirectLevel& level, TileKey key, Tile& tile) const;

  const std::filesystem::path m_file;
  const std::vector<DirectLevel> m_levels;
  const DirectRest m_rest;
};

bool DirectSource::contains(TileKey key) const {
  if (key.level < 0 || key.level >= static_cast<int>(m_levels.size())) return false;
  const Level& level = m_levels[static_cast<size_t>(key.level)].origin.level;
  return key.column >= 0 && key.row >= 0 && key.column < level.columns() && key.row < level.rows();
}

/// The rest counts the file's levels only; its tile is passed on where both count alike.
Result<TilePtr> DirectSource::readByRest(int fileLevel, TileKey key) const {
  Result<TilePtr> tile = m_rest.source->read({fileLevel, key.column, key.row});
  if (!tile || key.level == fileLevel) return tile;
  return std::make_shared<const Tile>(Tile{key, (*tile)->image});
}

/// One tile of a reduced level's file level, reduced.
std::string DirectSource::readBlock(const DirectLevel& level, int64_t column, int64_t row,
                                    Image& block) const {
  const int factor = level.origin.factor;
  if (level.reader->isLeftOut(column, row)) {
    Result<TilePtr> tile =
        m_rest.leftOut({level.origin.fileLevel, static_cast<int>(column), static_cast<int>(row)});
    if (!tile) return std::move(tile.error().sentence);
    block = boxMean((*tile)->image, factor);
    return {};
  }
  const int reduction = std::min(factor, 8);
  const Size held = level.reader->held(column, row);
  block = Image::unset(static_cast<int>(held.width / reduction), static_cast<int>(held.height / reduction));
  std::string reason = level.reader->decode(column, row, reduction, block);
  if (reason.empty() && factor > reduction) block = boxMean(block, factor / reduction);
  return reason;
}

void paste(const Image& block, Image& image, int64_t left, int64_t top) {
  const int64_t columns = std::min<int64_t>(block.width, image.width - left);
  const int64_t rows = std::min<int64_t>(block.height, image.height - top);
  for (int64_t row = 0; row < rows; ++row)
    std::copy_n(block.pixels.begin() + row * block.width, columns,
                &image.at(static_cast<int>(left), static_cast<int>(top + row)));
}

/// Every block but those at the level's right and lower edge is of one size. Fails where no block is whole.
std::string DirectSource::readReducedTile(const DirectLevel& level, TileKey key, Tile& tile) const {
  const int64_t group = level.origin.group;
  const int64_t width = level.origin.level.tile.width / group;
  const int64_t height = level.origin.level.tile.height / group;
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
        block = Image(static_cast<int>(width), static_cast<int>(height));
      paste(block, tile.image, x, y);
      if (damage.empty()) damage = std::move(reason);
    }
  if (!any) return damage;
  tile.damaged = !damage.empty();
  if (tile.damaged) tile.damage = sentenceOf(key, damage);
  return {};
}

std::string DirectSource::readFileTile(const DirectLevel& level, TileKey key, Image& image) const {
  if (!level.reader->isLeftOut(key.column, key.row))
    return level.reader->decode(key.column, key.row, 1, image);
  Result<TilePtr> whole = m_rest.leftOut({level.origin.fileLevel, key.column, key.row});
  if (!whole) return std::move(whole.error().sentence);
  paste((*whole)->image, image, 0, 0);
  return {};
}

std::string DirectSource::sentenceOf(TileKey key, const std::string& reason) const {
  if (reason.starts_with("Cannot read")) return reason;  // OpenSlide's source said it all
  return fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level, key.column,
                     key.row, m_file.string(), reason);
}

Result<TilePtr> DirectSource::read(TileKey key) const {
  const auto cannot = [&](const std::string& reason) { return fail(sentenceOf(key, reason)); };
  if (!contains(key)) return cannot("there is no such tile");
  const DirectLevel& source = m_levels[static_cast<size_t>(key.level)];
  if (!source.reader) {
    Result<TilePtr> tile = readByRest(source.origin.fileLevel, key);
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

Result<Image> DirectSource::readAssociatedImage(const std::string& name) const {
  if (m_rest.source) return m_rest.source->readAssociatedImage(name);
  return fail(
      fmt::format("Cannot read the image '{}' of '{}': there is no such image.", name, m_file.string()));
}

}  // namespace

std::vector<DirectLevel> directLevels(const std::vector<Level>& fileLevels,
                                      const std::vector<std::shared_ptr<const LevelReader>>& readers) {
  std::vector<bool> canReduce;
  for (const auto& reader : readers) canReduce.push_back(reader && reader->canReduce());
  std::vector<DirectLevel> levels;
  for (LevelOrigin& origin : withReducedLevels(fileLevels, canReduce)) {
    std::shared_ptr<const LevelReader> reader = readers[static_cast<size_t>(origin.fileLevel)];
    levels.push_back({std::move(origin), std::move(reader)});
  }
  return levels;
}

std::shared_ptr<const TileSource> directSource(std::filesystem::path file, std::vector<DirectLevel> levels,
                                               DirectRest rest) {
  return std::make_shared<const DirectSource>(std::move(file), std::move(levels), std::move(rest));
}

}  // namespace geneglass
