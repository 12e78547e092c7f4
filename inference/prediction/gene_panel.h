// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace geneglass {

struct PanelGene {
  std::string symbol;
  bool low = false;  ///< the gene is low, not high, where its group is active (MLH1 in CMS1)
};

/// Genes that are shown together: a subtype, a pathway.
struct GeneGroup {
  std::string name;                                   ///< as files call it: "CMS1"
  std::string title;                                  ///< for people: "Driver genes"
  uint32_t colour = kUngrouped;                       ///< opaque 0xAARRGGBB
  std::vector<PanelGene> genes;                       ///< in the order they are listed
  static constexpr uint32_t kUngrouped = 0xFF767676;  ///< the colour of genes of no group
};

/// The groups of a model's genes, in the order they are shown. A gene is in one of them at most; others are
/// of the group -1, which has no name.
struct GenePanel {
  std::vector<GeneGroup> groups;

  int groupOf(const std::string& symbol) const;
  int groupNamed(const std::string& name) const;  ///< -1 where there is none of this name
  std::string nameOf(int group) const;
  uint32_t colourOf(int group) const;
};

}  // namespace geneglass
