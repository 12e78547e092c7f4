// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "inference/learning/evaluation/survival_scores.h"

namespace geneglass {

/// What an evaluation's page says of survival, as HTML: the curves of the genes of least p with what tests
/// them, and a table of all genes.
std::string survivalSection(const SurvivalScores& scores);

/// The same figures for programs, without the curves. What is not defined is null.
nlohmann::json survivalAsJson(const SurvivalScores& scores);

}  // namespace geneglass
