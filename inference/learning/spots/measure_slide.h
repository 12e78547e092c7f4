// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "inference/learning/spots/spot_scores.h"
#include "inference/prediction/measured_spots.h"

namespace geneglass {

/// What came of the spots of a folder.
struct SlideMeasurement {
  std::shared_ptr<const MeasuredSpots> spots;
  std::string leftOut;  ///< see leftOutOf()
};

/// Reads the spots of a folder, which lie on this very slide, predicts each and compares: what
/// `geneglass-cli spots` prints, and the same figures. Blocks. Errors: those of readSpots(),
/// lieOn(), predictSpots() and compareSpots().
Result<SlideMeasurement> measureSlide(const std::filesystem::path& folder, const OpenedSlide& opened,
                                      const LoadedModel& model, int threads, std::stop_token stop,
                                      const OnProgress& progress);

}  // namespace geneglass
