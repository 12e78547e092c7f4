// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/config_values.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace geneglass {

using nlohmann::json;

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

bool isWhole(const json& number, int least, int most) {
  return number.is_number_integer() && number.get<double>() >= least && number.get<double>() <= most;
}

std::optional<int> whole(const json& from, const char* key, int least, int most) {
  if (!from.contains(key) || from[key].is_null()) return {};
  if (!isWhole(from[key], least, most))
    throw std::runtime_error(fmt::format("its '{}' is no number from {} to {}", key, least, most));
  return from[key].get<int>();
}

}  // namespace geneglass
