// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// What an AnnData file holds besides the prediction.
struct AnnDataParts {
  std::filesystem::path maps;                       ///< the prediction's finished NAME.maps.h5
  std::map<std::string, std::string> ensembl = {};  ///< symbol -> gene id, as far as it is known
  Image picture = {};                               ///< of the whole slide, small; empty for none
};

/// FILE.h5ad as AnnData 0.8 and later, scanpy and squidpy read it; whole or not at all.
/// X: tiles x genes (float32), the expression estimates. Columns of genes that the model does not predict
/// well are NaN: they have no map. obsm: `spatial`, the tiles' middles in level-0 pixels, x y, and
/// `spatial_um`. obs: `x`, `y`, `width`, `height` (level-0 pixels), `attention` (1 = uniform, the mean over
/// predictable genes) where the model weighs tiles, `evidence` where it calls tumour or normal,
/// `class_TARGET` (categories) for each call of tiles. var: `value`, `percentile`, `heldout_r`, `ci_low`,
/// `ci_high`, `predictable`, and `gene_ids` where any is known. uns: `geneglass` (slide, its hash, model,
/// mpp, use) and `spatial`, what plots need. Errors name the file.
Result<void> writeAnnData(const std::filesystem::path& file, const Prediction& prediction,
                          const AnnDataParts& parts);

}  // namespace geneglass
