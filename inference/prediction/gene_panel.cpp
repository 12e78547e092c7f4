// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/gene_panel.h"

#include <algorithm>

namespace geneglass {

static int indexOf(const std::vector<GeneGroup>& groups, std::vector<GeneGroup>::const_iterator group) {
  return group == groups.end() ? -1 : static_cast<int>(group - groups.begin());
}

int GenePanel::groupOf(const std::string& symbol) const {
  return indexOf(groups, std::ranges::find_if(groups, [&](const GeneGroup& group) {
                   return std::ranges::find(group.genes, symbol, &PanelGene::symbol) != group.genes.end();
                 }));
}

int GenePanel::groupNamed(const std::string& name) const {
  return indexOf(groups, std::ranges::find(groups, name, &GeneGroup::name));
}

std::string GenePanel::nameOf(int group) const {
  return group < 0 ? std::string() : groups[static_cast<size_t>(group)].name;
}

uint32_t GenePanel::colourOf(int group) const {
  return group < 0 ? GeneGroup::kUngrouped : groups[static_cast<size_t>(group)].colour;
}

}  // namespace geneglass
