// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/channels/channel_layout.h"
#include "viewer/slide/channels/plane_cache.h"
#include "viewer/slide/channels/tiff_blocks.h"
#include "viewer/slide/formats/reduced_levels.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// Reads the channels of a TIFF's tiles. Strips are cut into tiles of one size; between the file's levels lie
/// reduced ones. Any thread; strips that lie side by side in several tiles are decoded once.
class TiffPlanes final {
 public:
  /// Every page that `levels` name must be one that unreadBlocks() and unreadSamples() have nothing against.
  /// `kept`: for what it decodes.
  TiffPlanes(const FileHead& head, std::vector<TiffPage> pages, std::vector<ChannelLevel> levels,
             std::shared_ptr<PlaneCache> kept);

  std::vector<Level> levels() const;  ///< the keys' levels

  /// These channels of one tile, in the order asked for. The error is a reason, no sentence.
  Result<std::vector<PlanePtr>> read(TileKey key, std::span<const int> channels) const;

  /// A page as colours; the error is a reason.
  Result<Image> readPicture(size_t page) const;

 private:
  using Channels = std::span<const int>;
  using Planes = std::vector<Plane>;

  bool contains(TileKey key) const;
  const std::vector<ChannelPlace>& placesOf(TileKey key) const;
  std::string decode(TileKey key, Channels channels, std::vector<PlanePtr>& planes) const;
  std::string decodeFileTile(const LevelOrigin& origin, TileKey key, Channels channels, Planes& planes) const;
  std::string decodeTile(const LevelOrigin& origin, TileKey key, Channels channels, Planes& planes) const;
  std::string decodeReduced(const LevelOrigin& origin, TileKey key, Channels channels, Planes& planes) const;
  std::string decodeBand(const LevelOrigin& origin, TileKey key, Channels channels, Planes& planes) const;
  std::string readStrips(const ChannelPlace& place, int64_t top, Plane& band) const;
  std::string readRawRows(const ChannelPlace& place, uint32_t strip, int64_t first, int64_t count,
                          std::vector<uint8_t>& bytes) const;

  const std::shared_ptr<const PositionedFile> m_file;
  const std::vector<TiffPage> m_pages;
  const std::vector<ChannelLevel> m_fileLevels;
  std::vector<LevelOrigin> m_levels;
  bool m_isSwapped = false;  ///< the file's numbers lie the other way round than this machine's
  const TiffBlocks m_blocks;
  const std::shared_ptr<PlaneCache> m_cache;
  mutable std::mutex m_band;  ///< held while strips are decoded: the next one finds them in the cache
};

}  // namespace geneglass
