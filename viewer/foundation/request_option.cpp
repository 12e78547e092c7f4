// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/request_option.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

namespace geneglass {
namespace {

using Words = std::vector<std::string>;
using Takes = RequestOption::Takes;

RequestOption bound(std::string name, std::string help, Takes takes, std::function<Words()> words,
                    std::function<bool(const Words&)> take) {
  RequestOption made;
  made.name = std::move(name);
  made.help = std::move(help);
  made.takes = takes;
  made.words = std::move(words);
  made.take = std::move(take);
  return made;
}

template <typename Number>
bool takeNumber(const std::string& word, Number& field) {
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return false;
  field = value;
  return true;
}

/// Several as one word, with commas between them.
template <typename Value>
Words joined(const std::vector<Value>& values) {
  return values.empty() ? Words{} : Words{fmt::format("{}", fmt::join(values, ","))};
}

/// The reverse.
Words parted(const Words& words) {
  Words all;
  for (const std::string& word : words)
    for (size_t from = 0; from <= word.size();) {
      const size_t comma = std::min(word.find(',', from), word.size());
      all.push_back(word.substr(from, comma - from));
      from = comma + 1;
    }
  return all;
}

/// A double in the fewest digits that say it.
template <typename Number>
RequestOption numberOption(std::string name, Number& field, std::string help, Takes takes) {
  return bound(
      std::move(name), std::move(help), takes, [&field] { return Words{fmt::format("{}", field)}; },
      [&field](const Words& words) { return takeNumber(words.front(), field); });
}

}  // namespace

RequestOption RequestOption::required() && {
  isRequired = true;
  return std::move(*this);
}

RequestOption RequestOption::alwaysSaid(bool said) && {
  isAlwaysSaid = said;
  return std::move(*this);
}

RequestOption RequestOption::withDefault() && {
  showsDefault = true;
  return std::move(*this);
}

RequestOption RequestOption::within(double low, double high) && {
  range = {low, high};
  return std::move(*this);
}

RequestOption RequestOption::oneOf(std::vector<std::string> only) && {
  choices = std::move(only);
  return std::move(*this);
}

RequestOption RequestOption::excluding(std::vector<std::string> names) && {
  excludes = std::move(names);
  return std::move(*this);
}

RequestOption RequestOption::needing(std::vector<std::string> names) && {
  needs = std::move(names);
  return std::move(*this);
}

RequestOption requestOption(std::string name, std::string& field, std::string help) {
  return bound(
      std::move(name), std::move(help), Takes::Text,
      [&field] { return field.empty() ? Words{} : Words{field}; },
      [&field](const Words& words) {
        field = words.front();
        return true;
      });
}

RequestOption requestOption(std::string name, std::filesystem::path& field, std::string help) {
  return bound(
      std::move(name), std::move(help), Takes::Text,
      [&field] { return field.empty() ? Words{} : Words{field.string()}; },
      [&field](const Words& words) {
        field = words.front();
        return true;
      });
}

RequestOption requestOption(std::string name, int& field, std::string help) {
  return numberOption(std::move(name), field, std::move(help), Takes::Whole);
}

RequestOption requestOption(std::string name, int64_t& field, std::string help) {
  return numberOption(std::move(name), field, std::move(help), Takes::Whole);
}

RequestOption requestOption(std::string name, uint64_t& field, std::string help) {
  return numberOption(std::move(name), field, std::move(help), Takes::Unsigned);
}

RequestOption requestOption(std::string name, double& field, std::string help) {
  return numberOption(std::move(name), field, std::move(help), Takes::Real);
}

RequestOption requestOption(std::string name, std::optional<double>& field, std::string help) {
  return bound(
      std::move(name), std::move(help), Takes::Real,
      [&field] { return field ? Words{fmt::format("{}", *field)} : Words{}; },
      [&field](const Words& words) {
        double value = 0;
        if (!takeNumber(words.front(), value)) return false;
        field = value;
        return true;
      });
}

RequestOption requestOption(std::string name, std::vector<std::string>& field, std::string help) {
  RequestOption made = bound(
      std::move(name), std::move(help), Takes::Text, [&field] { return joined(field); },
      [&field](const Words& words) {
        field = parted(words);
        return true;
      });
  made.takesMany = true;
  return made;
}

RequestOption requestOption(std::string name, std::vector<double>& field, std::string help) {
  RequestOption made = bound(
      std::move(name), std::move(help), Takes::Real, [&field] { return joined(field); },
      [&field](const Words& words) {
        std::vector<double> values;
        for (const std::string& word : parted(words))
          if (!takeNumber(word, values.emplace_back())) return false;
        field = std::move(values);
        return true;
      });
  made.takesMany = true;
  return made;
}

RequestOption requestOption(std::string name, std::vector<std::filesystem::path>& field, std::string help) {
  RequestOption made = bound(
      std::move(name), std::move(help), Takes::Text,
      [&field] {
        Words words;
        for (const std::filesystem::path& one : field) words.push_back(one.string());
        return words;
      },
      [&field](const Words& words) {
        field.assign(words.begin(), words.end());
        return true;
      });
  made.takesMany = true;
  return made;
}

std::vector<std::string> wordsBeside(const std::vector<RequestOption>& plain,
                                     const std::vector<RequestOption>& asked) {
  Words all;
  for (size_t i = 0; i < asked.size(); ++i) {
    const RequestOption& option = asked[i];
    const Words words = option.words();
    if (words.empty() || !(option.isRequired || option.isAlwaysSaid || words != plain[i].words())) continue;
    if (option.name.starts_with('-')) all.push_back(option.name);
    all.insert(all.end(), words.begin(), words.end());
  }
  return all;
}

}  // namespace geneglass
