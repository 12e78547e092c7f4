// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/dicom/dicom_instance.h"

namespace geneglass {

/// Which frame shows a tile.
struct DicomFramePlace {
  int64_t tile = 0;   ///< row * columns + column
  int32_t part = 0;   ///< of the concatenation, from 0
  int32_t frame = 0;  ///< within the part
};

/// What the Per-Frame Functional Groups say.
struct DicomPlacement {
  std::vector<DicomFramePlace> places;  ///< in the order of the frames; those of the first optical path
  std::optional<Mpp> spacing;           ///< of the first frame
  int64_t silent = 0;                   ///< frames that say no place
  bool hasOtherPaths = false;           ///< frames were passed over
};

/// Walks the groups of an instance that is part `part` of a concatenation. `opticalPath`: frames of another
/// are passed over; where it is empty, the first frame's is put there. The error is a reason without the
/// file's name: damaged, or a frame that lies off the grid of tiles or outside the image.
Result<DicomPlacement> dicomPlacement(const DicomInstance& instance, int32_t part, std::string& opticalPath);

}  // namespace geneglass
