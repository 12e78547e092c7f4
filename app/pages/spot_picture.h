// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>

#include "inference/learning/spots/spot_scores.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Draws the slide twice where the spots are, as PNG: with the measured values left and the predicted ones
/// right, in one colour scale of standard deviations from each side's mean; above them the gene with its
/// correlations, below them the scale and what the model says of itself. `gene` is an index into the scores.
/// Blocks. Errors: a slide that cannot be read, a file that cannot be written.
Result<void> drawSpots(const OpenedSlide& opened, const Prediction& prediction,
                       const SpotComparison& comparison, size_t gene, const std::filesystem::path& file,
                       std::stop_token stop);

}  // namespace geneglass
