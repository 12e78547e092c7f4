// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/gene_list.h"

#include <fmt/format.h>

#include <fstream>
#include <map>

#include "inference/learning/csv_line.h"

namespace geneglass {

Result<std::vector<std::string>> readGeneList(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return fail(fmt::format("Cannot open the list of genes '{}'.", file.string()));
  const auto refuse = [&](const std::string& why) {
    return fail(fmt::format("Cannot use the list of genes '{}': {}.", file.string(), why));
  };
  std::vector<std::string> genes;
  std::map<std::string, size_t> rowOfGene;
  std::string line;
  for (size_t row = 1; std::getline(stream, line); ++row) {
    if (row == 1) line = withoutByteOrderMark(line);
    if (isBlank(line) || line.front() == '#') continue;
    const std::vector<std::string> cells = cellsOf(line);
    if (cells.size() != 1 || cells[0].find_first_of(" \t;") != std::string::npos)
      return refuse(fmt::format("row {}: '{}' is not one symbol; give one a line", row, line));
    const auto [place, fresh] = rowOfGene.emplace(cells[0], row);
    if (!fresh) return refuse(fmt::format("row {}: {} is in row {} already", row, cells[0], place->second));
    genes.push_back(cells[0]);
  }
  if (genes.empty()) return refuse("it holds no symbol");
  return genes;
}

}  // namespace geneglass
