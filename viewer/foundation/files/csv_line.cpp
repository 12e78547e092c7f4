// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/csv_line.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace geneglass {

static std::string trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> cellsOf(const std::string& line, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"')
        cells.back() += line[++i];
      else
        quoted = !quoted;
    } else if (line[i] == separator && !quoted) {
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

std::optional<float> measurementOf(const std::string& cell) {
  if (cell.empty() || cell == "NA") return std::numeric_limits<float>::quiet_NaN();
  return numberOf(cell);
}

char separatorOf(const std::string& header) {
  char best = ',';
  size_t most = 0;
  for (const char mark : {',', ';', '\t', '|'}) {
    const size_t count = cellsOf(header, mark).size();
    if (count > most) best = mark, most = count;
  }
  return best;
}

std::string withoutByteOrderMark(std::string line) {
  if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
  return line;
}

}  // namespace geneglass
