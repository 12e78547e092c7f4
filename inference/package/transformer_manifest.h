// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/manifest_reader.h"
#include "inference/package/transformer_facts.h"

namespace geneglass {

/// The block "transformer" of an encoder of that many pixels a side. Throws as ManifestReader does.
TransformerFacts readTransformer(const ManifestReader& from, int tile);
nlohmann::json toJson(const TransformerFacts& facts);

}  // namespace geneglass
