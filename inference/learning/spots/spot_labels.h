// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "inference/learning/counts/spot_table.h"

namespace geneglass {

/// Genes that say more of a cell's state at death and of its ribosomes than of the tissue.
inline const std::vector<std::string> kHousekeepingPrefixes{"MT-", "RPL", "RPS"};

/// The `count` genes with the most molecules counted over all spots of all tables, that every table measured
/// and whose symbol begins with none of `without`; most first. Fewer where there are.
std::vector<std::string> mostExpressedGenes(std::span<const SpotTable* const> tables, size_t count,
                                            const std::vector<std::string>& without = kHousekeepingPrefixes);

/// Spots by index; a bag's tiles are those of its spots.
using SpotGroup = std::vector<size_t>;

/// What a bulk measurement of each group would have given: log(1 + 10,000 c / t), natural, where c counts the
/// gene's molecules over the group and t those of all genes. Groups x genes. A group in which nothing was
/// counted has NaN. Error: a gene the table does not have.
Result<Matrix> pseudoBulk(const SpotTable& table, const std::vector<std::string>& genes,
                          std::span<const SpotGroup> groups);

/// Each spot on its own.
std::vector<SpotGroup> singleSpots(const SpotTable& table);

/// Cuts the spots into contiguous regions of at most `spots`, each half of the section halved again across
/// its longer side, seen in axes turned by `turn` radians: other turns give other regions. Each spot is in
/// exactly one; regions of one cut differ in size by less than a half.
std::vector<SpotGroup> cutRegions(std::span<const Point> centres, size_t spots, double turn = 0);

constexpr const char* kSpotLabelUnit = "log(1 + counts per 10,000)";

}  // namespace geneglass
