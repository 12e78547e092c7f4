// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>

namespace geneglass {

/// Reads a program's words. Its exit status where that is all: 0 where help or the version was asked for, 2
/// where the call is wrong, which standard error then says with the usage.
inline std::optional<int> parseWords(CLI::App& program, int count, const char* const* words) {
  try {
    program.parse(count, words);
    return {};
  } catch (const CLI::Success& asked) {
    return program.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    fmt::print(stderr, "{}\n\n{}", wrong.what(), program.help());
    return 2;
  }
}

}  // namespace geneglass
