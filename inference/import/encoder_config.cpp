// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/encoder_config.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace geneglass {
namespace {

using nlohmann::json;

/// Those below throw std::runtime_error with the reason.
std::vector<float> threeColours(const json& from, const char* key, double least) {
  if (!from.contains(key)) return {};
  std::vector<float> values;
  const json& list = from[key];
  for (size_t i = 0; list.is_array() && i < list.size(); ++i)
    if (list[i].is_number() && list[i].get<double>() >= least && list[i].get<double>() <= 1)
      values.push_back(list[i].get<float>());
  if (!list.is_array() || list.size() != 3 || values.size() != 3)
    throw std::runtime_error(fmt::format("its '{}' is no list of three numbers from {} to 1", key, least));
  return values;
}

std::optional<int> sideOf(const json& from) {
  if (!from.contains("input_size")) return {};
  const json& size = from["input_size"];
  const auto is = [](const json& number, int least, int most) {
    return number.is_number_integer() && number.get<double>() >= least && number.get<double>() <= most;
  };
  if (!size.is_array() || size.size() != 3 || !is(size[0], 3, 3) || !is(size[1], 16, 4096) ||
      size[1] != size[2])
    throw std::runtime_error("its 'input_size' is not [3, side, side]");
  return size[1].get<int>();
}

EncoderConfig parse(const json& document) {
  if (!document.is_object()) throw std::runtime_error("it is no JSON object");
  const auto nested = document.find("pretrained_cfg");
  const json& from = nested != document.end() && nested->is_object() ? *nested : document;
  EncoderConfig config{threeColours(from, "mean", 0), threeColours(from, "std", 0.001), sideOf(from), {}};
  for (const json* place : {&from, &document})
    if (config.licence.empty() && place->contains("license") && (*place)["license"].is_string())
      config.licence = (*place)["license"].get<std::string>();
  return config;
}

}  // namespace

Result<EncoderConfig> readEncoderConfig(const std::filesystem::path& file) {
  try {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("there is no such file that can be read");
    return parse(json::parse(stream, nullptr, false));
  } catch (const std::runtime_error& error) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), error.what()));
  }
}

}  // namespace geneglass
