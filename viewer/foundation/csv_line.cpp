// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/csv_line.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace geneglass {

static std::string trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> cellsOf(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"')
        cells.back() += line[++i];
      else
        quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += line[i];
    }
  }
  for (std::string& cell : cells) cell = trimmed(cell);
  return cells;
}

bool isBlank(const std::string& line) {
  return trimmed(line).empty();
}

std::optional<float> numberOf(const std::string& cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return {};
  if (!(std::abs(value) <= std::numeric_limits<float>::max())) return {};  // NaN too
  return static_cast<float>(value);
}

std::optional<std::string> otherSeparator(const std::string& header) {
  if (header.find(',') != std::string::npos) return {};
  for (const auto& [mark, name] :
       {std::pair(';', "semicolons"), std::pair('\t', "tabs"), std::pair('|', "bars")})
    if (header.find(mark) != std::string::npos) return name;
  return {};
}

std::string withoutByteOrderMark(std::string line) {
  if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
  return line;
}

}  // namespace geneglass
