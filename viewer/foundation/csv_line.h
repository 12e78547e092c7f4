// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace geneglass {

/// The cells of one line between commas, without spaces around them; a cell in double quotes may hold commas,
/// and "" there is a quote.
std::vector<std::string> cellsOf(const std::string& line);

/// Whether there is nothing in the line but spaces.
bool isBlank(const std::string& line);

/// A finite number, written in full with a decimal point.
std::optional<float> numberOf(const std::string& cell);

/// What separates a header's columns where it is not a comma: "semicolons", "tabs" or "bars".
std::optional<std::string> otherSeparator(const std::string& header);

/// The line without the mark that some programs write before UTF-8.
std::string withoutByteOrderMark(std::string line);

}  // namespace geneglass
