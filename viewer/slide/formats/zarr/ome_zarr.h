// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/channels/channel_layout.h"
#include "viewer/slide/formats/zarr/zarr_array.h"

namespace geneglass {

/// Which dimension of the arrays an axis is; none: they lack it.
struct ZarrAxes {
  std::optional<size_t> t, c, z;
  size_t y = 0, x = 0;
};

/// One level and its array.
struct OmeZarrLevel {
  ZarrArray array;
  Level level;  ///< its tiles are the array's chunks
};

/// The first picture of an OME-Zarr (0.1 to 0.4, so of Zarr 2).
struct OmeZarr {
  std::filesystem::path folder;  ///< of the picture
  ZarrAxes axes;
  std::vector<OmeZarrLevel> levels;  ///< at least one, finest first
  std::vector<FoundChannel> channels;
  bool isColour = false;        ///< three channels of bytes are red, green and blue
  int64_t time = 0, plane = 0;  ///< that are shown
  std::optional<Mpp> mpp;
  std::string note;  ///< see Slide::note
};

/// Nothing where the folder is no Zarr. The error is a reason without its name. Blocks on the disk.
Result<std::optional<OmeZarr>> readOmeZarr(const std::filesystem::path& folder);

}  // namespace geneglass
