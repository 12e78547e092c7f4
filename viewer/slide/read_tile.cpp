// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/read_tile.h"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <string_view>
#include <utility>

#include "viewer/foundation/exception_reason.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unreadTile(TileKey key, std::string_view reason) {
  return fail(fmt::format("Cannot read tile (level {}, column {}, row {}): {}.", key.level, key.column,
                          key.row, reason));
}

/// Calls `read` within the border.
template <typename Read>
Result<TilePtr> guarded(TileKey key, const Read& read) {
  try {
    return read();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return unreadTile(key, reasonOf(error));
  } catch (...) {
    return unreadTile(key, "its driver failed");
  }
}

TilePtr orDamaged(TileKey key, Result<TilePtr> tile) {
  if (tile) return std::move(*tile);
  return std::make_shared<const Tile>(Tile{key, {}, true, std::move(tile.error().sentence)});
}

}  // namespace

Result<TilePtr> readGuarded(const TileSource& source, TileKey key) {
  return guarded(key, [&]() -> Result<TilePtr> {
    Result<TilePtr> tile = source.read(key);
    if (tile && !*tile) return unreadTile(key, "its driver gave nothing");
    return tile;
  });
}

TilePtr readOrMarkDamaged(const TileSource& source, TileKey key) {
  return orDamaged(key, readGuarded(source, key));
}

TilePtr lookOrMarkDamaged(const TileSource& source, TileKey key) {
  return orDamaged(key, guarded(key, [&] { return source.look(key); }));
}

bool waitUntilPrepared(const TileSource& source, const std::stop_token& stop) {
  const std::shared_ptr<Preparation> preparation = source.preparation();
  return !preparation || preparation->wait(stop);
}

}  // namespace geneglass
