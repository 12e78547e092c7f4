// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/read_tile.h"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <string_view>
#include <utility>

namespace geneglass {
namespace {

tl::unexpected<Error> unreadTile(TileKey key, std::string_view reason) {
  return fail(fmt::format("Cannot read tile (level {}, column {}, row {}): {}.", key.level, key.column,
                          key.row, reason));
}

}  // namespace

Result<TilePtr> readGuarded(const TileSource& source, TileKey key) {
  try {
    Result<TilePtr> tile = source.read(key);
    if (tile && !*tile) return unreadTile(key, "its driver gave nothing");
    return tile;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return unreadTile(key, error.what());
  } catch (...) {
    return unreadTile(key, "its driver failed");
  }
}

TilePtr readOrMarkDamaged(const TileSource& source, TileKey key) {
  Result<TilePtr> tile = readGuarded(source, key);
  if (tile) return std::move(*tile);
  return std::make_shared<const Tile>(Tile{key, {}, true, std::move(tile.error().sentence)});
}

}  // namespace geneglass
