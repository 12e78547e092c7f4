// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <vector>

#include "viewer/foundation/request_option.h"

namespace geneglass {

/// Lets a call of `command` fill the fields that the options are bound to; they must outlive it.
void declareOptions(CLI::App& command, const std::vector<RequestOption>& options);

}  // namespace geneglass
