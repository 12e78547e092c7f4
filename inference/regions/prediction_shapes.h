// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/prediction/measured_spots.h"
#include "inference/prediction/prediction.h"
#include "viewer/annotation/annotation.h"

namespace geneglass {

/// A gene's hotspots as annotations of the class "Hotspot", named "CD8A 1" by rank; the notes say model,
/// held-out r and mean. Empty of a gene without hotspots. Any thread.
std::vector<Annotation> hotspotAnnotations(const Prediction& prediction, const GenePrediction& gene,
                                           const GeneMap& map);

/// A call's region, named as its class and saying so in the notes; empty where it has none.
std::vector<Annotation> regionAnnotations(const SlideCall& call);

/// Each spot a circle of its size, class "Spot".
std::vector<Annotation> spotAnnotations(const MeasuredSpots& spots);

}  // namespace geneglass
