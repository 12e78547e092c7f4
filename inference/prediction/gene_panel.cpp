// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/gene_panel.h"

namespace geneglass {

const char* toString(Subtype subtype) {
  switch (subtype) {
    case Subtype::Cms1:
      return "CMS1";
    case Subtype::Cms2:
      return "CMS2";
    case Subtype::Cms3:
      return "CMS3";
    case Subtype::Cms4:
      return "CMS4";
    case Subtype::Driver:
      return "driver";
    case Subtype::None:
      break;
  }
  return "";
}

static std::vector<PanelGene> makePanel() {
  std::vector<PanelGene> panel;
  const auto add = [&](Subtype subtype, std::initializer_list<const char*> symbols) {
    for (const char* symbol : symbols) panel.push_back({symbol, subtype});
  };
  add(Subtype::Cms1,
      {"STAT1", "IRF1", "PSMB9", "TAP1", "PRF1", "CXCR4", "FSCN1", "TRIB2", "GNLY", "CD8A", "CXCL9"});
  panel.push_back({"MLH1", Subtype::Cms1, true});
  add(Subtype::Cms2, {"ASCL2", "RNF43", "CDX2", "EREG", "AREG", "SATB2", "QPRT", "AXIN2", "LGR5", "POFUT1",
                      "PLAGL2", "DDX27", "TP53RK"});
  add(Subtype::Cms3, {"MUC2", "TFF3", "AGR2", "KLF4", "FOXA1", "CPS1", "SPINK4", "B3GNT6", "CAPN9", "LYZ"});
  add(Subtype::Cms4, {"VIM", "ZEB1", "AXL", "LOX", "CDH11", "INHBA", "FBN1", "TNS1", "TIMP3", "RBMS1", "MGP",
                      "SDC2", "CCDC80", "RAB34", "ARMCX1"});
  add(Subtype::Driver, {"APC", "TP53", "KRAS", "BRAF", "PIK3CA", "SMAD4"});
  return panel;
}

const std::vector<PanelGene>& colorectalPanel() {
  static const std::vector<PanelGene> panel = makePanel();
  return panel;
}

Subtype subtypeOf(const std::string& symbol) {
  for (const PanelGene& gene : colorectalPanel())
    if (gene.symbol == symbol) return gene.subtype;
  return Subtype::None;
}

}  // namespace geneglass
