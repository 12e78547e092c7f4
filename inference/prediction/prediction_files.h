// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "inference/prediction/maps_file.h"
#include "inference/prediction/morans_i.h"
#include "inference/prediction/template_call.h"
#include "inference/prediction/withheld.h"

namespace geneglass {

/// FOLDER/NAME.prediction.json and FOLDER/NAME.maps.h5 with the keys of interfaces.md, while they are
/// written: gene by gene as the maps come, so that these are computed once and never together in memory.
/// Whole or not at all: what is not finished leaves nothing behind. `evidence` (N, SlideCall) where
/// there is a diagnosis, `domain_distance` (N, SlideDomain) where the model knows its training tissue. Of a
/// slide that isOutside() the files hold what withhold() leaves, unless `outside` says that all is shown. One
/// thread.
class PredictionFiles final {
 public:
  PredictionFiles(const std::filesystem::path& folder, const std::string& name,
                  OutsideTissue outside = OutsideTissue::Withheld);

  /// All genes in their order. `known`: everything but values.
  Result<void> add(const Prediction& known, size_t gene, const GeneMap& map);
  /// `subtypes`: what its slide was called by templates.
  Result<void> finish(const Prediction& prediction, const std::vector<TemplateCall>& subtypes = {});

 private:
  bool withholds(const Prediction& prediction) const;
  Result<void> begin(const Prediction& known);
  Result<void> writeFacts(const Prediction& prediction, const std::vector<TemplateCall>& subtypes);

  const std::filesystem::path m_facts, m_mapsPath;
  const OutsideTissue m_outside;
  MapsFile m_maps;
  std::optional<SpatialAutocorrelation> m_neighbours;  ///< of the grid
  std::vector<double> m_moransI;                       ///< of each gene's map, in order
  std::optional<PartPlace> m_hotspotsPlace;            ///< never to become a file
  std::fstream m_hotspots;                             ///< their JSON until it has its place in the file
  size_t m_hotspotCount = 0;
  bool m_begun = false;
};

/// The same of a prediction that is there: computes every map once more.
Result<void> writePrediction(const std::filesystem::path& folder, const std::string& name,
                             const Prediction& prediction);

}  // namespace geneglass
