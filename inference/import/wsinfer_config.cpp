// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/wsinfer_config.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "inference/import/config_values.h"

namespace geneglass {
namespace {

using nlohmann::json;

int wholeOf(const json& from, const char* key, int least, int most) {
  if (const std::optional<int> found = whole(from, key, least, most)) return *found;
  throw std::runtime_error(fmt::format("its '{}' is no number from {} to {}", key, least, most));
}

std::vector<float> coloursOf(const json& from, const char* key, double least) {
  std::vector<float> found = threeColours(from, key, least);
  if (found.empty())
    throw std::runtime_error(fmt::format("its '{}' is no list of three numbers from {} to 1", key, least));
  return found;
}

/// A number, or a list of one or of two that are the same.
int resizedTo(json arguments) {
  json& size = arguments["size"];
  if (size.is_array() && !size.empty() && size.size() <= 2 && size.front() == size.back())
    size = json(size.front());
  return wholeOf(arguments, "size", 16, 4096);
}

void parseTransform(const json& document, EncoderConfig& config) {
  const auto list = document.find("transform");
  if (list == document.end() || !list->is_array()) throw std::runtime_error("its 'transform' is no list");
  for (const json& step : *list) {
    const std::string name = step.is_object() ? step.value("name", json("")).dump() : "";
    const json arguments = step.is_object() ? step.value("arguments", json::object()) : json();
    if (name == "\"Resize\"" && arguments.is_object()) {
      config.tile = resizedTo(arguments);
    } else if (name == "\"Normalize\"" && arguments.is_object()) {
      config.mean = coloursOf(arguments, "mean", 0);
      config.deviation = coloursOf(arguments, "std", 0.001);
    } else if (name != "\"ToTensor\"") {
      throw std::runtime_error(fmt::format("its 'transform' has the step {}, which is not understood here",
                                           name.empty() ? "without a name" : name));
    }
  }
}

}  // namespace

bool isWsInfer(const json& document) {
  return document.contains("patch_size_pixels") || document.contains("spacing_um_px") ||
         document.contains("patch_size_um");
}

void parseWsInfer(const json& document, EncoderConfig& config) {
  if (document.contains("patch_size_um"))
    throw std::runtime_error("it is a model of whole slides, not of tiles");
  const int patch = wholeOf(document, "patch_size_pixels", 1, 1 << 16);
  const auto spacing = document.find("spacing_um_px");
  if (spacing == document.end() || !spacing->is_number() || !(spacing->get<double>() > 0))
    throw std::runtime_error("its 'spacing_um_px' is no number above 0");
  config.tile = patch;
  config.mean = {0, 0, 0};
  config.deviation = {1, 1, 1};
  parseTransform(document, config);
  config.mpp = spacing->get<double>() * patch / *config.tile;
  if (document.contains("architecture") && document["architecture"].is_string())
    config.architecture = document["architecture"].get<std::string>();
  const auto names = document.find("class_names");
  if (names != document.end() && names->is_array())
    for (const json& name : *names)
      if (name.is_string()) config.classes.push_back(name.get<std::string>());
  if (names == document.end() || config.classes.size() != names->size() ||
      int(config.classes.size()) != wholeOf(document, "num_classes", 1, 1 << 16))
    throw std::runtime_error("its 'class_names' are not as many names as 'num_classes' says");
}

}  // namespace geneglass
