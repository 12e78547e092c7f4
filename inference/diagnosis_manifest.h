// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/diagnosis.h"
#include "inference/manifest_reader.h"

namespace geneglass {

/// The block "diagnosis" of a manifest. Throws as ManifestReader does.
DiagnosisFacts readDiagnosis(const ManifestReader& from);
nlohmann::json toJson(const DiagnosisFacts& facts);

}  // namespace geneglass
