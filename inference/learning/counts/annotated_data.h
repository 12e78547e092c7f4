// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/counts/spot_table.h"

namespace geneglass {

/// Reads a table of AnnData 0.7 and later (.h5ad): observations are spots, variables genes; X dense or
/// compressed by rows or columns. Counts are layers/counts where there are such, else X, else raw/X,
/// whichever first holds whole numbers alone; a note says where it is not X. Genes bear the variables' names
/// or, where those are Ensembl's, their column of symbols; of one symbol the counts are added. With centres
/// of obsm/spatial and the diameter of uns/spatial where there are such; of spots that obs/in_tissue says are
/// beside the tissue none are listed. Errors name the file and the reason.
Result<SpotTable> readAnnotatedData(const std::filesystem::path& file);

}  // namespace geneglass
