// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/bounded_line.h"

#include <algorithm>
#include <array>
#include <istream>

namespace geneglass {

bool nextLine(std::istream& stream, std::string& line) {
  std::array<char, 65536> piece;
  line.clear();
  while (line.size() < kLongestTableLine) {
    stream.getline(piece.data(), piece.size());
    const auto count = static_cast<size_t>(stream.gcount());
    if (stream.good()) {
      line.append(piece.data(), count - 1);
      return true;
    }
    line.append(piece.data(), count);
    if (stream.eof() || stream.bad() || count == 0) return !line.empty();
    stream.clear();  // only the piece was full
  }
  return true;
}

bool hasTooManyCells(std::string_view line) {
  if (line.size() <= kMostCellsOfLine) return false;
  return std::ranges::any_of(std::string_view(",;\t|"), [&](char separator) {
    return std::ranges::count(line, separator) >= static_cast<std::ptrdiff_t>(kMostCellsOfLine);
  });
}

}  // namespace geneglass
