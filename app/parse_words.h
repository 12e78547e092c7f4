// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include "app/streams.h"

namespace geneglass {

/// Throws CLI::ValidationError: nan and inf are in every range that is asked about by < and >.
inline void checkFinite(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options())
    if (option->get_type_name().find("FLOAT") != std::string::npos)
      for (const std::string& word : option->results())
        if (char* end = nullptr; !std::isfinite(std::strtod(word.c_str(), &end)) && *end == 0)
          throw CLI::ValidationError(option->get_name(), fmt::format("'{}' is no finite number", word));
}

/// Reads a program's words. Its exit status where that is all: 0 where help or the version was asked for, 2
/// where the call is wrong, which standard error then says with the usage.
inline std::optional<int> parseWords(CLI::App& program, int count, const char* const* words) {
  try {
    program.parse(count, words);
    checkFinite(program);
    for (const CLI::App* command : program.get_subcommands()) checkFinite(*command);
    return {};
  } catch (const CLI::Success& asked) {
    const int status = program.exit(asked);
    const Result<void> written = finishOutput();
    if (!written) say(written.error().sentence + '\n');
    return written ? status : 1;
  } catch (const CLI::ParseError& wrong) {
    say(fmt::format("{}\n\n{}", wrong.what(), program.help()));
    return 2;
  }
}

}  // namespace geneglass
