// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inference/learning/counts/sparse_counts.h"
#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Gene counts measured at places of one slide: spatial transcriptomics. S spots, G genes.
struct SpotTable {
  std::filesystem::path file;        ///< of the counts
  std::vector<std::string> genes;    ///< G symbols, in the order of the columns
  std::vector<std::string> names;    ///< S: a barcode, or the array position "10x21"
  std::vector<Point> centres;        ///< S, level-0 pixels; none where the file of counts does not tell
  SparseCounts counts{};             ///< S x G, molecules counted
  double diameter = 0;               ///< of a spot, level-0 pixels; 0 where nothing tells
  size_t listed = 0;                 ///< spots of the table of counts
  size_t withoutPlace = 0;           ///< of them, those whose place is nowhere said: left out
  std::vector<std::string> notes{};  ///< a sentence each, for people: what was chosen of the file
};

/// "Cannot use the spots in 'FILE': REASON."
tl::unexpected<Error> refuseSpots(const std::filesystem::path& file, const std::string& reason);

}  // namespace geneglass
