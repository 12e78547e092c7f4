// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlay_settings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

using nlohmann::json;

json jsonOf(const HeatmapStyle& style) {
  return {{"colours", int(style.colours)},
          {"absolute", style.range == HeatmapStyle::Range::Absolute},
          {"low", style.low},
          {"high", style.high},
          {"threshold", style.threshold},
          {"opacity", style.opacity},
          {"smooth", style.smooth}};
}

HeatmapStyle styleIn(const json& read) {
  HeatmapStyle style;
  const int colours = read.at("colours").get<int>();
  if (colours >= 0 && size_t(colours) < kAllColourMaps.size()) style.colours = ColourMap(colours);
  style.range =
      read.at("absolute").get<bool>() ? HeatmapStyle::Range::Absolute : HeatmapStyle::Range::Percentile;
  read.at("low").get_to(style.low);
  read.at("high").get_to(style.high);
  read.at("threshold").get_to(style.threshold);
  style.opacity = std::clamp(read.at("opacity").get<double>(), 0.0, 1.0);
  read.at("smooth").get_to(style.smooth);
  return style;
}

json jsonOf(const OverlaySetting& setting) {
  json made{{"overlay", setting.identifier}, {"on", setting.on}};
  if (setting.style) made["style"] = jsonOf(*setting.style), made["map"] = setting.styledMap;
  for (const auto& [map, style] : setting.inValues) made["values"][map] = jsonOf(style);
  for (const auto& [key, value] : setting.controls) made["controls"][key] = value;
  return made;
}

OverlaySetting settingIn(const json& read) {
  OverlaySetting setting{read.at("overlay").get<std::string>(), read.at("on").get<bool>(), {}, {}};
  if (read.contains("style")) {
    setting.style = styleIn(read["style"]);
    setting.styledMap = read.at("map").get<std::string>();
  }
  if (read.contains("values"))
    for (const auto& [map, style] : read["values"].items()) setting.inValues[map] = styleIn(style);
  if (read.contains("controls")) read["controls"].get_to(setting.controls);
  return setting;
}

}  // namespace

std::string textOf(const std::vector<OverlaySetting>& settings) {
  json list = json::array();
  for (const OverlaySetting& setting : settings) list.push_back(jsonOf(setting));
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<std::vector<OverlaySetting>> overlaySettingsOf(std::string_view text) {
  const json read = jsonOrNull(text);
  if (!read.is_array()) return {};
  try {
    std::vector<OverlaySetting> settings;
    for (const json& setting : read) settings.push_back(settingIn(setting));
    return settings;
  } catch (const std::exception&) {  // of the library, where a value is missing or of another kind
    return {};
  }
}

std::vector<OverlaySetting> overlaySettings(const OverlayChoice& choice) {
  std::vector<OverlaySetting> settings;
  for (const OverlayWish& wish : choice.wishes()) {
    settings.push_back(
        {wish.entry.identifier.toStdString(), wish.on, wish.style, wish.styledMap.toStdString()});
    for (const auto& [map, style] : wish.inValues) settings.back().inValues[map.toStdString()] = style;
    for (size_t control = 0; control < wish.settings.size(); ++control)
      settings.back().controls[wish.entry.controls[control].key.toStdString()] = wish.settings[control];
  }
  return settings;
}

void bringBack(const std::vector<OverlaySetting>& settings, OverlayChoice& choice) {
  for (size_t i = 0; i < choice.wishes().size(); ++i) {
    const auto known = std::ranges::find(settings, choice.wishes()[i].entry.identifier.toStdString(),
                                         &OverlaySetting::identifier);
    if (known == settings.end()) continue;
    choice.setOn(i, known->on, true);
    if (known->style) choice.setStyle(i, *known->style, QString::fromStdString(known->styledMap));
    for (size_t control = 0; control < choice.wishes()[i].settings.size(); ++control)
      if (const auto kept =
              known->controls.find(choice.wishes()[i].entry.controls[control].key.toStdString());
          kept != known->controls.end())
        choice.setSetting(i, control, kept->second);
    if (known->inValues.empty()) continue;
    std::map<QString, HeatmapStyle> inValues;
    for (const auto& [map, style] : known->inValues) inValues[QString::fromStdString(map)] = style;
    choice.setRanges(i, std::move(inValues));
  }
}

}  // namespace geneglass
