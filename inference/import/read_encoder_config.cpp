// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/read_encoder_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "inference/import/config_values.h"
#include "inference/import/wsinfer_config.h"
#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

using nlohmann::json;

/// Those below throw std::runtime_error with the reason.
std::optional<int> sideOf(const json& from) {
  if (!from.contains("input_size")) return {};
  const json& size = from["input_size"];
  if (!size.is_array() || size.size() != 3 || !isWhole(size[0], 3, 3) || !isWhole(size[1], 16, 4096) ||
      size[1] != size[2])
    throw std::runtime_error("its 'input_size' is not [3, side, side]");
  return size[1].get<int>();
}

/// A number, or a height and a width that are the same; none where it says another thing ("shortest_edge").
std::optional<int> squareOf(const json& from, const char* key) {
  if (!from.contains(key)) return {};
  const json& size = from[key];
  if (isWhole(size, 16, 4096)) return size.get<int>();
  if (!size.is_object() || !size.contains("height") || !size.contains("width")) return {};
  if (!isWhole(size["height"], 16, 4096) || size["height"] != size["width"])
    throw std::runtime_error(fmt::format("its '{}' is no square from 16 to 4096", key));
  return size["height"].get<int>();
}

std::string lowerText(const json& from, const char* key) {
  if (!from.contains(key) || !from[key].is_string()) return {};
  std::string text = from[key].get<std::string>();
  std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

const json& objectIn(const json& from, const char* key) {
  static const json kNothing = json::object();
  const auto found = from.find(key);
  return found != from.end() && found->is_object() ? *found : kNothing;
}

std::optional<TokenPool> timmPool(const json& from) {
  const std::string text = lowerText(from, "global_pool");
  if (text == "token") return TokenPool::Class;
  return text == "avg" ? std::optional(TokenPool::Mean) : std::nullopt;
}

void parseTimm(const json& document, EncoderConfig& config) {
  const json &nested = objectIn(document, "pretrained_cfg"), &arguments = objectIn(document, "model_args");
  const json& from = nested.empty() ? document : nested;
  config.mean = threeColours(from, "mean", 0);
  config.deviation = threeColours(from, "std", 0.001);
  config.tile = sideOf(from);
  config.heads = whole(arguments, "num_heads", 1, 1024);
  config.activation = lowerText(arguments, "act_layer");
  const bool argued = arguments.contains("global_pool");
  config.pool = timmPool(argued ? arguments : document);
  for (const json* place : {&from, &document})
    if (config.licence.empty() && place->contains("license") && (*place)["license"].is_string())
      config.licence = (*place)["license"].get<std::string>();
}

void parseTransformers(const json& document, EncoderConfig& config) {
  const json& nested = objectIn(document, "vision_config");
  const json& from = nested.empty() ? document : nested;
  if (const auto heads = whole(from, "num_attention_heads", 1, 1024)) config.heads = heads;
  if (from.contains("layer_norm_eps") && from["layer_norm_eps"].is_number())
    config.epsilon = from["layer_norm_eps"].get<double>();
  if (config.activation.empty()) config.activation = lowerText(from, "hidden_act");
  if (!config.tile) config.tile = squareOf(from, "image_size");
}

void parsePreprocessor(const json& document, EncoderConfig& config) {
  if (document.contains("image_mean")) config.mean = threeColours(document, "image_mean", 0);
  if (document.contains("image_std")) config.deviation = threeColours(document, "image_std", 0.001);
  const bool crops = !document.contains("do_center_crop") || document["do_center_crop"] != false;
  std::optional<int> side = crops ? squareOf(document, "crop_size") : std::nullopt;
  if (!side) side = squareOf(document, "size");
  if (side) config.tile = side;
}

/// Of the lines between "---" that a README.md of Hugging Face begins with; empty where they do not say.
std::string licenceOfCard(const std::filesystem::path& file) {
  constexpr std::string_view kKey = "license:";
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line) || !line.starts_with("---")) return {};
  while (std::getline(stream, line) && !line.starts_with("---"))
    if (line.starts_with(kKey)) {
      const size_t begin = line.find_first_not_of(" \t'\"", kKey.size());
      return begin == line.npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r'\"") + 1 - begin);
    }
  return {};
}

/// Reads a file with `parse`, where it is there.
Result<void> readPart(const std::filesystem::path& file, const std::function<void(const json&)>& parse) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  try {
    const Result<json> document = readJsonFile(file, "it", kSmallJson);
    if (!document) throw std::runtime_error(document.error().sentence);
    if (!document->is_object()) throw std::runtime_error("it is no JSON object");
    parse(*document);
    return {};
  } catch (const std::runtime_error& wrong) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), wrong.what()));
  }
}

}  // namespace

Result<EncoderConfig> readEncoderConfig(const std::filesystem::path& folder) {
  EncoderConfig config;
  Result<void> read = readPart(folder / "config.json", [&](const json& document) {
    if (isWsInfer(document)) return parseWsInfer(document, config);
    parseTimm(document, config);
    parseTransformers(document, config);
  });
  if (read)
    read = readPart(folder / "preprocessor_config.json",
                    [&](const json& document) { parsePreprocessor(document, config); });
  if (config.licence.empty()) config.licence = licenceOfCard(folder / "README.md");
  return read ? Result<EncoderConfig>(config) : tl::unexpected(read.error());
}

}  // namespace geneglass
