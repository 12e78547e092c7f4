// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "inference/learning/pretraining/contrast_curve.h"

namespace geneglass {

/// What a pretraining has written so far.
struct PretrainingCurve {
  std::vector<ContrastCurve::Row> rows;  ///< NaN where a cell is empty
};

/// Whether the file begins as the curve of a pretraining does, be it a part of its header.
bool isPretrainingCurve(const std::filesystem::path& file);

/// Reads OUT.curve.csv of a pretraining (contrast_curve.h) while it may be written: no file, an empty one and
/// a header or row that is not whole yet are no errors but less to show. Errors name the file and the row:
/// another header, a row that is none.
Result<PretrainingCurve> readPretrainingCurve(const std::filesystem::path& file);

}  // namespace geneglass
