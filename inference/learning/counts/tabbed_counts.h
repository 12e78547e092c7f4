// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/learning/counts/spot_table.h"

namespace geneglass {

/// Reads a tab separated table, gzip or plain, whose header names genes and whose rows are a spot and its
/// counts; or the other way round, where the header names spots by their array positions. R's header without
/// a cell over the names is taken too. Without places. Errors name file and row: a gene or a spot that is
/// there twice, a row of another length, a cell that is no count, no spots.
Result<SpotTable> readTabbedCounts(const std::filesystem::path& file);

}  // namespace geneglass
