// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/layers/overlay_choice.h"

namespace geneglass {

/// An overlay as the user had it, apart from its plugin: what a case and a report keep.
struct OverlaySetting {
  std::string identifier;  ///< of its plugin
  bool on = false;
  std::optional<HeatmapStyle> style;  ///< none: as it comes
  std::string styledMap;
  std::map<std::string, HeatmapStyle> inValues = {};  ///< OverlayWish::inValues
  std::map<std::string, double> controls = {};        ///< what the plugin's are set to, by their keys
  bool operator==(const OverlaySetting&) const = default;
};

/// A JSON list, and back; nothing of a text that is none.
std::string textOf(const std::vector<OverlaySetting>& settings);
std::optional<std::vector<OverlaySetting>> overlaySettingsOf(std::string_view text);

/// What the wishes of a choice are, and their way back: what the choice has no longer is passed over.
std::vector<OverlaySetting> overlaySettings(const OverlayChoice& choice);
void bringBack(const std::vector<OverlaySetting>& settings, OverlayChoice& choice);

}  // namespace geneglass
