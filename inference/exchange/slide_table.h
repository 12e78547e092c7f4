// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/exchange/slide_result.h"

namespace geneglass {

/// Results of many slides by one model.
struct SlideTable {
  std::vector<ModelGene> genes;     ///< G
  std::vector<SlideResult> slides;  ///< by name, each once
  size_t twice = 0;  ///< results that were left out, since they say the same of a slide as another
};

/// Joins results. Errors: those of readSlideResult(); two of different models or precisions; two of one slide
/// that differ; two slides of one name; stopped.
Result<SlideTable> joinResults(std::span<const std::filesystem::path> files, const std::stop_token& stop);

/// slide,GENE,... and a row a slide, its values in the model's unit. Error: the disk's.
Result<void> writeTableAsCsv(const std::filesystem::path& file, const SlideTable& table);

/// FILE.h5ad as AnnData 0.8 and later read it; whole or not at all. X: slides x genes (float32), the values.
/// layers: `percentile`, `spread`. obs: `slide_file`, `slide_hash`, `width`, `height`, `mpp`, `tiles`,
/// `damaged_tiles`, `share_outside`, `outside`, `withheld`, and a column a class that is called ("TARGET:
/// CLASS"). var: `training_mean`, `heldout_r`, `ci_low`, `ci_high`, `predictable`, and `gene_ids` where any
/// is known
/// (`ensembl`: by symbol). uns: `geneglass`. Error: the disk's.
Result<void> writeTableAsAnnData(const std::filesystem::path& file, const SlideTable& table,
                                 const std::map<std::string, std::string>& ensembl);

}  // namespace geneglass
