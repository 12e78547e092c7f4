// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inference/prediction/genes_together.h"

namespace geneglass {

/// What was wished as a case keeps it: name, genes and mix in JSON, "null" for one gene at a time. No
/// deviations: they are the model's.
std::string textOf(const std::optional<GenesWish>& wish);

/// Back; nothing of a text that is none.
std::optional<GenesWish> genesWishOf(std::string_view text);

}  // namespace geneglass
