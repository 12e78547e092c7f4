// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/read_spots.h"

#include "inference/learning/spots/space_ranger.h"

namespace geneglass {

Result<SpotTable> readSpots(const std::filesystem::path& counts, const std::filesystem::path& places) {
  return counts.extension() == ".h5" ? readSpaceRanger(counts, places) : readTabbedSpots(counts, places);
}

}  // namespace geneglass
