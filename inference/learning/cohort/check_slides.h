// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Whether each can be opened and a model can read it (see unfitForModels), with the sentence that reading it
/// would end with; bags of features (.h5) are passed over. `mpp`: of slides that do not say it. Slow: it
/// opens all.
Result<void> checkSlides(const std::vector<std::filesystem::path>& slides, std::optional<double> mpp,
                         const std::stop_token& stop);

}  // namespace geneglass
