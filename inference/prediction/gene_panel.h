// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace geneglass {

/// Consensus molecular subtypes of colorectal cancer (Guinney et al. 2015); Driver and None lie outside them.
enum class Subtype { Cms1, Cms2, Cms3, Cms4, Driver, None };

const char* toString(Subtype subtype);  ///< "CMS1" .. "CMS4", "driver", ""

struct PanelGene {
  std::string symbol;
  Subtype subtype = Subtype::None;
  bool lowInSubtype = false;  ///< the gene is low, not high, in its subtype (MLH1)
};

/// The genes shown first, in the order they are listed: by subtype, drivers last.
const std::vector<PanelGene>& colorectalPanel();

/// The subtype of a symbol in the panel, else None.
Subtype subtypeOf(const std::string& symbol);

}  // namespace geneglass
