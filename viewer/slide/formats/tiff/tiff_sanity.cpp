// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_sanity.h"

#include <fmt/format.h>

#include <algorithm>

namespace geneglass {

bool isTooLarge(const TiffDirectory& directory) {
  constexpr int64_t kMostTilePixels = 1 << 24;
  return directory.tile.width > kMostTilePixels / directory.tile.height;
}

std::string unfitForOpenSlide(const std::vector<TiffDirectory>& directories, uint64_t bytes) {
  const TiffDirectory* finer = nullptr;
  for (const TiffDirectory& directory : directories) {
    if (isTooLarge(directory))
      return fmt::format("a tile of {} x {} pixels does not fit into memory", directory.tile.width,
                         directory.tile.height);
    const auto& counts = directory.tileByteCounts;
    if (std::any_of(counts.begin(), counts.end(), [bytes](uint64_t count) { return count > bytes; }))
      return "a tile is said to be longer than the file";
    // It divides the one by the other, without a remainder, to find what Aperio's scanner left out.
    if (finer && directories.front().description.starts_with("Aperio") &&
        (directory.columns() > finer->columns() || directory.rows() > finer->rows()))
      return "a coarser level has more tiles than a finer one";
    finer = &directory;
  }
  return {};
}

}  // namespace geneglass
