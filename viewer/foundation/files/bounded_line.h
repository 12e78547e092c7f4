// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace geneglass {

constexpr size_t kLongestTableLine = size_t{64} << 20;  ///< bytes
constexpr size_t kMostCellsOfLine = 1'000'000;

/// As std::getline, but a line ends where it has kLongestTableLine bytes: then it is longer than any table's.
bool nextLine(std::istream& stream, std::string& line);

/// Whether a line of commas, semicolons, tabs or bars has more than kMostCellsOfLine of one of them.
bool hasTooManyCells(std::string_view line);

}  // namespace geneglass
