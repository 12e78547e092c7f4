// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/prediction_shapes.h"

#include <fmt/format.h>

#include "viewer/annotation/shape_algebra.h"

namespace geneglass {
namespace {

/// Outer rings and holes in any order: a hole is what two of them cover.
Area evenOdd(const std::vector<std::vector<Point>>& rings) {
  Area area;
  for (const std::vector<Point>& points : rings) {
    const Area ring{{{points, {}}}};
    area = area.parts.empty() ? mended(ring) : united(without(area, ring), without(ring, area));
  }
  return area;
}

}  // namespace

std::vector<Annotation> hotspotAnnotations(const Prediction& prediction, const GenePrediction& gene,
                                           const GeneMap& map) {
  std::vector<Annotation> annotations;
  for (const Hotspot& hotspot : map.hotspots) {
    Annotation annotation;
    annotation.shape = evenOdd(hotspot.rings);
    annotation.className = "Hotspot";
    annotation.name = fmt::format("{} {}", gene.symbol, hotspot.rank);
    annotation.notes = fmt::format("Predicted by {} {}: held-out r {:.2f} ({:.2f} to {:.2f}), mean {:.2f}.",
                                   prediction.modelName, prediction.modelVersion, gene.heldOutR, gene.ciLow,
                                   gene.ciHigh, hotspot.mean);
    annotations.push_back(std::move(annotation));
  }
  return annotations;
}

std::vector<Annotation> regionAnnotations(const SlideCall& call) {
  Area area = evenOdd(call.region);
  if (area.parts.empty()) return {};
  Annotation annotation;
  annotation.shape = std::move(area);
  annotation.name = call.facts.positive().name;
  annotation.notes = fmt::format("Predicted: {} tiles with evidence above {:.2f}. {}.", call.regionTiles,
                                 kRegionEvidence, inWords(call));
  return {std::move(annotation)};
}

std::vector<Annotation> spotAnnotations(const MeasuredSpots& spots) {
  std::vector<Annotation> annotations;
  annotations.reserve(spots.centres.size());
  for (const Point centre : spots.centres) {
    Annotation annotation;
    annotation.shape = Ellipse{centre, spots.diameter / 2, spots.diameter / 2, 0};
    annotation.className = "Spot";
    annotations.push_back(std::move(annotation));
  }
  return annotations;
}

}  // namespace geneglass
