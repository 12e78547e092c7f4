// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "inference/learning/cohort/label_source.h"
#include "viewer/foundation/request_option.h"

namespace geneglass {

/// How a call says where labels come from: --expression, --labels, --fold-change, --tumour, --normal, --genes
/// and --panel.
std::vector<RequestOption> optionsOf(LabelSource& source);

}  // namespace geneglass
