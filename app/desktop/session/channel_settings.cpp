// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/channel_settings.h"

#include <nlohmann/json.hpp>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/whole_number.h"

namespace geneglass {

std::string textOf(const std::vector<Channel>& channels) {
  nlohmann::json list = nlohmann::json::array();
  for (const Channel& channel : channels)
    list.push_back({{"name", channel.name},
                    {"shown", channel.shown},
                    {"colour", channel.colour},
                    {"low", channel.low},
                    {"high", channel.high}});
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Channel> channelsAs(std::string_view text, const std::vector<Channel>& opened) {
  const nlohmann::json list = jsonOrNull(text);
  if (!list.is_array() || list.size() != opened.size()) return opened;
  std::vector<Channel> channels = opened;
  try {
    for (size_t i = 0; i < channels.size(); ++i) {
      Channel& channel = channels[i];
      const nlohmann::json& kept = list[i];
      if (kept.at("name") != nlohmann::json(channel.name)) return opened;
      kept.at("shown").get_to(channel.shown);
      const auto colour = wholeNumberOf(kept.at("colour"), 0, 0xffffff);
      if (!colour) return opened;
      channel.colour = static_cast<uint32_t>(*colour);
      kept.at("low").get_to(channel.low);
      kept.at("high").get_to(channel.high);
      if (!(channel.low < channel.high)) return opened;
    }
  } catch (const nlohmann::json::exception&) {  // a value is missing or of another kind
    return opened;
  }
  return channels;
}

}  // namespace geneglass
