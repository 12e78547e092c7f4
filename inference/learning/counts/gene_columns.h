// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace geneglass {

/// The features of a table of counts as its genes.
struct GeneColumns {
  std::vector<std::string> genes;                  ///< G symbols, in the order of their first feature
  std::vector<std::optional<uint32_t>> ofFeature;  ///< to which each adds; none for what is no gene
};

/// Of features with one symbol the counts are added. `kinds`: what each feature is; those that are not "Gene
/// Expression" are no genes. Empty: all are.
GeneColumns geneColumns(const std::vector<std::string>& symbols, const std::vector<std::string>& kinds);

}  // namespace geneglass
