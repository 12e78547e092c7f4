// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "viewer/slide/tile_source.h"

namespace geneglass {

/// The border where a driver's exceptions end: whatever goes wrong with a tile is this tile's error and no
/// other's. Lack of memory is not the tile's: std::bad_alloc is thrown on. Any thread.
Result<TilePtr> readGuarded(const TileSource& source, TileKey key);

/// For who shows tiles: one that cannot be read is marked as damaged, with the reason.
TilePtr readOrMarkDamaged(const TileSource& source, TileKey key);

/// The same of TileSource::look(): may be unfinished, or null where there is nothing yet.
TilePtr lookOrMarkDamaged(const TileSource& source, TileKey key);

/// Blocks until no read() waits for what is yet to be prepared. False where stopped before, or closed.
bool waitUntilPrepared(const TileSource& source, const std::stop_token& stop);

}  // namespace geneglass
