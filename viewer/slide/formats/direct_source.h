// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "viewer/slide/formats/level_reader.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// A level of the slide, and who decodes the level of the file that it is or is made from.
struct DirectLevel {
  LevelOrigin origin;
  std::shared_ptr<const LevelReader> reader;  ///< null where the rest of the source reads it
};

/// What Geneglass does not decode itself. Any thread.
struct DirectRest {
  std::shared_ptr<const TileSource> source;  ///< by the file's levels; null where there is none
  /// The whole of a tile that the scanner left out, by the file's level.
  std::function<Result<TilePtr>(TileKey)> leftOut;
};

/// Reduced levels between those of the file, as far as its readers can decode at a part of the size.
/// `readers`: one for each level of the file, null where there is none.
std::vector<DirectLevel> directLevels(const std::vector<Level>& fileLevels,
                                      const std::vector<std::shared_ptr<const LevelReader>>& readers);

/// Tiles of the file's own and of reduced levels. A reduced tile that is damaged in part has
/// nothing there and is marked.
std::shared_ptr<const TileSource> directSource(std::filesystem::path file, std::vector<DirectLevel> levels,
                                               DirectRest rest);

}  // namespace geneglass
