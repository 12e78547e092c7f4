// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A column of a Parquet table, a value a row.
struct ParquetColumn {
  std::string name;
  std::vector<std::string> texts;  ///< of a column of texts; "" where there is none
  std::vector<double> numbers;     ///< of one of numbers or truths; NaN where there is none
};

/// Reads the flat columns of a table as pandas, Polars and Arrow write it: plain or by dictionary, not packed
/// or by Snappy, gzip or zstd, pages of either version, any number of row groups. Those of `names`, in their
/// order. At most 2^24 rows, and 100 bytes a text. Errors name the file and the reason: damaged, written in
/// another way, a column that is not there.
Result<std::vector<ParquetColumn>> readParquet(const std::filesystem::path& file,
                                               const std::vector<std::string>& names);

}  // namespace geneglass
