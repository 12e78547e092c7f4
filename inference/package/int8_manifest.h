// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/int8_facts.h"
#include "inference/package/manifest_reader.h"

namespace geneglass {

/// The block "int8" of a manifest. Throws as ManifestReader does, below too.
Int8Facts readInt8(const ManifestReader& from);
nlohmann::json toJson(const Int8Facts& facts);

/// The block "bfloat16".
Agreement readBfloat16(const ManifestReader& from);
nlohmann::json toJson(const Agreement& facts);

}  // namespace geneglass
