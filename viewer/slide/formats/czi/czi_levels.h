// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/czi/czi_directory.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// A block of a level and where it lies there.
struct PlacedCziBlock {
  CziBlock block;
  int64_t left = 0;  ///< pixels of the level
  int64_t top = 0;
  int64_t right() const { return left + block.stored.width; }
  int64_t bottom() const { return top + block.stored.height; }
};

struct CziLevel {
  Level level;
  std::vector<PlacedCziBlock> blocks;  ///< those drawn later lie over those before
};

/// The one picture of a CZI that is shown.
struct CziLevels {
  std::vector<CziLevel> levels;  ///< at least one, finest first
  std::string note;              ///< sentences on what was chosen, see Slide::note
};

/// Of several focal planes the middle one, of other dimensions the first. Level 0 is the smallest rectangle
/// that holds all blocks of full resolution; a coarser level is one only where each scene has it. The error
/// is a reason without the file's name: not in colours of 8 bits, packed otherwise. Pure.
Result<CziLevels> cziLevels(std::vector<CziBlock> blocks);

}  // namespace geneglass
