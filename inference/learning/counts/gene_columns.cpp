// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/gene_columns.h"

#include <unordered_map>

namespace geneglass {

GeneColumns geneColumns(const std::vector<std::string>& symbols, const std::vector<std::string>& kinds) {
  GeneColumns columns;
  columns.ofFeature.resize(symbols.size());
  std::unordered_map<std::string, uint32_t> places;
  for (size_t feature = 0; feature < symbols.size(); ++feature) {
    if (!kinds.empty() && kinds[feature] != "Gene Expression") continue;
    const auto [place, fresh] = places.emplace(symbols[feature], uint32_t(columns.genes.size()));
    if (fresh) columns.genes.push_back(symbols[feature]);
    columns.ofFeature[feature] = place->second;
  }
  return columns;
}

}  // namespace geneglass
