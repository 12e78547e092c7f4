// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace geneglass {

/// What the statement of a package has where it learnt from made slides: its held-out figures say nothing of
/// real tissue.
inline constexpr std::string_view kTrainedOnSynthetic = "trained on synthetic tissue";
inline constexpr std::string_view kWithSyntheticEncoder = "with an encoder trained on synthetic tissue";

/// Whether anything of it saw made slides.
inline bool saysSynthetic(std::string_view statement) {
  return statement.find("synthetic") != std::string_view::npos;
}

/// Whether it was judged on them. Heads on an encoder that saw made slides were judged on others.
inline bool saysJudgedOnSynthetic(std::string_view statement) {
  return saysSynthetic(statement) && statement.find(kWithSyntheticEncoder) == std::string_view::npos;
}

}  // namespace geneglass
