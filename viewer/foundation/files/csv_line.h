// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace geneglass {

/// The cells of one line between separators, without spaces around them; a cell in double quotes may hold
/// separators, and "" there is a quote.
std::vector<std::string> cellsOf(const std::string& line, char separator = ',');

/// Whether there is nothing in the line but spaces.
bool isBlank(const std::string& line);

/// A finite number, written in full with a decimal point.
std::optional<float> numberOf(const std::string& cell);

/// What a table's cell says was measured: NaN where it is empty or NA; nothing where it is no number.
std::optional<float> measurementOf(const std::string& cell);

/// What separates a header's columns: of commas, semicolons, tabs and bars the commonest outside quotes.
char separatorOf(const std::string& header);

/// The line without the mark that some programs write before UTF-8.
std::string withoutByteOrderMark(std::string line);

}  // namespace geneglass
