// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/run/slide_record.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The results, NAME.prediction.json, in a folder, in the order of their names; or the one that is named.
/// Errors: the folder cannot be read, there is none.
Result<std::vector<std::filesystem::path>> resultsIn(const std::filesystem::path& place);

/// What `predict` kept of each slide of its runs into a folder, by the slide's name; none where no run was.
std::map<std::string, SlideRecord> recordsIn(const std::filesystem::path& folder);

}  // namespace geneglass
