// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/counts/spot_table.h"

namespace geneglass {

/// Reads matrix.mtx (Matrix Market coordinates, features x barcodes or the other way round) with barcodes.tsv
/// and features.tsv or the older genes.tsv beside it, each gzip or plain; what stands before "matrix.mtx" in
/// the name stands before theirs, as in files of GEO. Without places. Errors name the file and the reason: a
/// list that is not there, a header of another kind, sizes that are not those of the lists, an entry outside
/// them or that is no count, more or fewer entries than the header says.
Result<SpotTable> readMatrixMarket(const std::filesystem::path& matrix);

}  // namespace geneglass
