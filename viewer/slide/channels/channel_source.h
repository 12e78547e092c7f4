// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "viewer/slide/channels/plane.h"
#include "viewer/slide/channels/plane_cache.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// Who reads the values of an opened file. Any thread.
struct ChannelReading {
  std::filesystem::path file;
  std::vector<Level> levels;  ///< of the keys
  /// These channels of one tile, of equal size, in the order asked for; the error is a reason, no sentence.
  std::function<Result<std::vector<PlanePtr>>(TileKey key, std::span<const int> channels)> planes;
  std::function<Result<Image>(const std::string& name)> associatedImage;  ///< errors are reasons
  std::shared_ptr<PlaneCache> kept = std::make_shared<PlaneCache>();      ///< what `planes` decoded
};

/// Tiles mixed from channels. Constant: shown otherwise it is another source (TileSource::showing), which
/// shares the reading and what that keeps, so that no thread reads a setting while another changes it. A
/// channel that is off is not read; where all are off tiles are black.
std::shared_ptr<const TileSource> channelSource(std::shared_ptr<const ChannelReading> reading,
                                                std::vector<Channel> channels);

/// Of what a slide may keep of decoded tiles, `bytes`, the part that its decoded channels get: their cache is
/// set to it. 0 for a source without channels.
size_t shareOfPlanes(const TileSource& source, size_t bytes);

}  // namespace geneglass
