// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/package/manifest_reader.h"
#include "inference/prediction/diagnosis.h"

namespace geneglass {

/// The block "diagnosis" of a manifest. Throws as ManifestReader does.
DiagnosisFacts readDiagnosis(const ManifestReader& from);
nlohmann::json toJson(const DiagnosisFacts& facts);

}  // namespace geneglass
