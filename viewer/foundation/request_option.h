// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace geneglass {

/// One option of a command, bound to a field of a request, which must outlive it: what it is called and
/// takes, and the field's value in words, both ways. A request lists its options once; commands declare that
/// list, and who starts a command gets its words from it.
struct RequestOption {
  enum class Takes { Text, Whole, Unsigned, Real };

  std::string name;  ///< "--folds"; without dashes it is known by its place
  std::string help;
  Takes takes = Takes::Text;
  std::function<std::vector<std::string>()> words;  ///< that say the value; none where it is that of no word
  std::function<bool(const std::vector<std::string>& words)> take;  ///< false: they are no such value
  std::vector<std::string> choices;                                 ///< the only words; empty = any
  std::optional<std::pair<double, double>> range;                   ///< of a number, both ends included
  bool takesMany = false;                                           ///< one word or more
  bool isRequired = false;
  bool isAlwaysSaid = false;  ///< by wordsBeside(), whatever its value
  bool showsDefault = false;
  std::vector<std::string> excludes;  ///< options that may not be given with it
  std::vector<std::string> needs;     ///< that must be

  RequestOption required() &&;
  RequestOption alwaysSaid(bool said) &&;
  RequestOption withDefault() &&;
  RequestOption within(double low, double high) &&;
  RequestOption oneOf(std::vector<std::string> only) &&;
  RequestOption excluding(std::vector<std::string> names) &&;
  RequestOption needing(std::vector<std::string> names) &&;
};

RequestOption requestOption(std::string name, std::string& field, std::string help);
RequestOption requestOption(std::string name, std::filesystem::path& field, std::string help);
RequestOption requestOption(std::string name, int& field, std::string help);
RequestOption requestOption(std::string name, int64_t& field, std::string help);
RequestOption requestOption(std::string name, uint64_t& field, std::string help);
RequestOption requestOption(std::string name, double& field, std::string help);
RequestOption requestOption(std::string name, std::optional<double>& field, std::string help);
/// Separated by commas, or words of their own.
RequestOption requestOption(std::string name, std::vector<std::string>& field, std::string help);
RequestOption requestOption(std::string name, std::vector<double>& field, std::string help);
RequestOption requestOption(std::string name, std::vector<std::filesystem::path>& field, std::string help);

/// Of a field that has a word for each value, or for some.
template <typename Value>
RequestOption requestChoice(std::string name, Value& field, std::vector<std::pair<std::string, Value>> values,
                            std::string help) {
  RequestOption made;
  made.name = std::move(name);
  made.help = std::move(help);
  for (const auto& [word, value] : values) made.choices.push_back(word);
  made.words = [&field, values]() -> std::vector<std::string> {
    const auto found = std::ranges::find(values, field, &std::pair<std::string, Value>::second);
    if (found == values.end()) return {};
    return {found->first};
  };
  made.take = [&field, values](const std::vector<std::string>& words) {
    const auto found = std::ranges::find(values, words.front(), &std::pair<std::string, Value>::first);
    if (found == values.end()) return false;
    field = found->second;
    return true;
  };
  return made;
}

/// A call's words without the command's name: all that is required, always said, or other than in `plain`,
/// the same options of another request. The call makes of a request like `plain` one like that of `asked`.
std::vector<std::string> wordsBeside(const std::vector<RequestOption>& plain,
                                     const std::vector<RequestOption>& asked);

}  // namespace geneglass
