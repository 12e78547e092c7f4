// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/shapes_file.h"

#include <utility>

#include "inference/regions/prediction_shapes.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {

void ShapesFile::take(Annotation annotation, std::vector<std::pair<std::string, double>> numbers) {
  annotation.id = freshAnnotationId();
  m_numbers[annotation.id] = std::move(numbers);
  m_shapes.push_back(std::move(annotation));
}

void ShapesFile::add(const Prediction& known, size_t gene, const GeneMap& map) {
  const GenePrediction& facts = known.genes[gene];
  std::vector<Annotation> shapes = hotspotAnnotations(known, facts, map);
  for (size_t i = 0; i < shapes.size(); ++i) {
    const Hotspot& hotspot = map.hotspots[i];
    take(std::move(shapes[i]), {{"Rank", hotspot.rank},
                                {"Area mm^2", hotspot.areaMm2},
                                {"Mean expression", hotspot.mean},
                                {"Held-out r", facts.heldOutR},
                                {"Held-out r, low", facts.ciLow},
                                {"Held-out r, high", facts.ciHigh}});
  }
}

Result<size_t> ShapesFile::write(const std::filesystem::path& file, const Prediction& prediction,
                                 const SlideFrame& slide) {
  if (prediction.withheld) m_shapes.clear();
  for (const SlideCall& call : prediction.calls)
    for (Annotation& region : regionAnnotations(call)) {
      region.className = region.name;
      take(std::move(region), {{"Area mm^2", call.regionMm2},
                               {"Tiles", double(call.regionTiles)},
                               {"Probability", call.probability()},
                               {"Held-out AUC", call.facts.positive().auc}});
    }
  const AnnotationSet set({}, std::exchange(m_shapes, {}));
  const Result<AnnotationDialect::Text> text = geoJsonText(set, &slide, m_numbers);
  if (!text) return tl::unexpected(text.error());
  if (const Result<void> written = writeText(file, text->text); !written)
    return tl::unexpected(written.error());
  return text->written.count;
}

}  // namespace geneglass
