// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/manifest_reader.h"
#include "inference/prediction/gene_panel.h"

namespace geneglass {

/// The block "panel" of a manifest: {"groups": [{"name", "title" (else the name), "colour": "#rrggbb",
/// "genes": [symbol...], "low": those of them that are low (else none)}]}. Throws as ManifestReader does: a
/// group without a name, a name or a gene that is there twice, a colour that is none.
GenePanel readPanel(const ManifestReader& from);
nlohmann::json toJson(const GenePanel& panel);

/// Of packages that carry none, and of synthetic slides: the consensus molecular subtypes of colorectal
/// cancer (Guinney et al. 2015) and driver genes. resources/panels/colorectal.json, built in.
const GenePanel& colorectalPanel();

}  // namespace geneglass
