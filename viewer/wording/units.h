// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace geneglass {

/// In what lengths, areas and positions are shown; files keep what they are defined in.
enum class Units { Metric, Pixels };

Units shownUnits();
void showUnits(Units units);

/// The pixel size to show lengths with: none where they are wanted in pixels.
template <typename Mpp>
std::optional<Mpp> shownMpp(const std::optional<Mpp>& mpp) {
  return shownUnits() == Units::Metric ? mpp : std::nullopt;
}

}  // namespace geneglass
