// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/declare_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace geneglass {
namespace {

const char* nameOf(RequestOption::Takes takes) {
  switch (takes) {
    case RequestOption::Takes::Whole:
      return "INT";
    case RequestOption::Takes::Unsigned:
      return "UINT";
    case RequestOption::Takes::Real:
      return "FLOAT";
    case RequestOption::Takes::Text:
      break;
  }
  return "TEXT";
}

CLI::Range rangeOf(const RequestOption& option) {
  const auto [low, high] = *option.range;
  return option.takes == RequestOption::Takes::Real ? CLI::Range(low, high)
                                                    : CLI::Range(int64_t(low), int64_t(high));
}

void declare(CLI::App& command, const RequestOption& option) {
  CLI::Option* declared = command.add_option(option.name, CLI::callback_t(option.take), option.help);
  declared->type_name(nameOf(option.takes))->required(option.isRequired);
  if (option.takesMany) declared->expected(CLI::detail::expected_max_vector_size);
  if (!option.choices.empty()) declared->check(CLI::IsMember(option.choices));
  if (option.range) declared->check(rangeOf(option));
  if (option.showsDefault) declared->default_str(fmt::format("{}", fmt::join(option.words(), " ")));
}

}  // namespace

void declareOptions(CLI::App& command, const std::vector<RequestOption>& options) {
  for (const RequestOption& option : options) declare(command, option);
  for (const RequestOption& option : options) {
    for (const std::string& other : option.excludes)
      command.get_option(option.name)->excludes(command.get_option(other));
    for (const std::string& other : option.needs)
      command.get_option(option.name)->needs(command.get_option(other));
  }
}

}  // namespace geneglass
