// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/channels/plane.h"
#include "viewer/slide/channels/plane_cache.h"
#include "viewer/slide/formats/level_reader.h"
#include "viewer/slide/formats/zarr/ome_zarr.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// Reads the channels of an OME-Zarr's tiles, which are its chunks. Any thread.
class ZarrPlanes final {
 public:
  /// `kept`: for what it decodes.
  ZarrPlanes(OmeZarr zarr, std::shared_ptr<PlaneCache> kept)
      : m_zarr(std::move(zarr)), m_kept(std::move(kept)) {}

  const OmeZarr& zarr() const { return m_zarr; }
  std::vector<Level> levels() const;

  /// These channels of one tile, in the order asked for. The error is a reason, no sentence.
  Result<std::vector<PlanePtr>> read(TileKey key, std::span<const int> channels) const;

  /// Whether no chunk of a tile has a file: nothing was written there.
  bool isBare(TileKey key) const;

 private:
  std::vector<int64_t> chunkOf(const OmeZarrLevel& level, TileKey key, int channel) const;
  /// A chunk that was unpacked last: it may hold the next channel too.
  struct Unpacked {
    std::filesystem::path file;
    std::vector<uint8_t> bytes;
  };
  std::string decode(TileKey key, int channel, Unpacked& last, Plane& plane) const;

  const OmeZarr m_zarr;
  const std::shared_ptr<PlaneCache> m_kept;
};

/// The tiles of a level whose channels are red, green and blue. Any thread.
class ZarrColourReader final : public LevelReader {
 public:
  ZarrColourReader(std::shared_ptr<const ZarrPlanes> planes, int level)
      : m_planes(std::move(planes)), m_level(level) {}

  Size held(int64_t column, int64_t row) const override;
  bool canReduce() const override { return true; }
  bool isLeftOut(int64_t column, int64_t row) const override;
  std::string decode(int64_t column, int64_t row, int reduction, Image& image) const override;

 private:
  const std::shared_ptr<const ZarrPlanes> m_planes;
  const int m_level;
};

}  // namespace geneglass
