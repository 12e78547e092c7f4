// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "inference/prediction/prediction.h"
#include "viewer/annotation/annotation_file.h"
#include "viewer/annotation/formats/geojson_text.h"

namespace geneglass {

/// A prediction's hotspots and regions as the GeoJSON that QuPath opens, collected gene by gene. Each hotspot
/// has measurements: its rank, area, mean expression, and how far its gene is to be believed. One thread.
class ShapesFile final {
 public:
  void add(const Prediction& known, size_t gene, const GeneMap& map);

  /// With the regions of the prediction's calls, whole or not at all. A prediction that is withheld has
  /// neither, and its file no features. Gives all that was collected away; how many there are.
  Result<size_t> write(const std::filesystem::path& file, const Prediction& prediction,
                       const SlideFrame& slide);

 private:
  void take(Annotation annotation, std::vector<std::pair<std::string, double>> numbers);

  std::vector<Annotation> m_shapes;
  AnnotationNumbers m_numbers;
};

}  // namespace geneglass
