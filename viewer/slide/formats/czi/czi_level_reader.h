// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <mutex>

#include "viewer/slide/formats/czi/czi_levels.h"
#include "viewer/slide/formats/level_reader.h"
#include "viewer/slide/tile_cache.h"

namespace geneglass {

/// Puts the tiles of one level together from the blocks that lie there, which may overlap and are larger than
/// tiles: the last ones decoded are kept. Any thread.
class CziLevelReader final : public LevelReader {
 public:
  /// `kept`: for the blocks of all levels; `index`: this level's among them.
  CziLevelReader(std::shared_ptr<const PositionedFile> file, CziLevel level, int index,
                 std::shared_ptr<TileCache> kept)
      : m_file(std::move(file)), m_level(std::move(level)), m_index(index), m_kept(std::move(kept)) {}

  Size held(int64_t, int64_t) const override { return m_level.level.tile; }
  /// Only where a row of tiles is too wide to make an overview of, row by row.
  bool canReduce() const override { return m_level.level.size.width > kWidestOverview; }
  bool isLeftOut(int64_t column, int64_t row) const override;
  std::string decode(int64_t column, int64_t row, int reduction, Image& image) const override;

 private:
  static constexpr int64_t kWidestOverview = 1 << 17;

  std::string blockOf(size_t number, TilePtr& block) const;
  std::string compose(int64_t left, int64_t top, Image& image) const;

  const std::shared_ptr<const PositionedFile> m_file;
  const CziLevel m_level;
  const int m_index;
  const std::shared_ptr<TileCache> m_kept;
  mutable std::array<std::mutex, 32>
      m_decoding;  ///< of a block by its number: nobody decodes it twice at once
};

}  // namespace geneglass
