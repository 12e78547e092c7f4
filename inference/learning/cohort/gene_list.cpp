// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/gene_list.h"

#include <fmt/format.h>

#include <map>

#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {

Result<std::vector<std::string>> readGeneList(const std::filesystem::path& file) {
  CsvReader lines(file, "list of genes");
  std::vector<std::string> genes;
  std::map<std::string, size_t> rowOfGene;
  const Result<void> read = lines.readLines([&](const std::string& line) -> Result<void> {
    if (line.front() == '#') return {};
    const std::vector<std::string> cells = cellsOf(line);
    if (cells.size() != 1 || cells[0].find_first_of(" \t;") != std::string::npos)
      return lines.refuseRow(fmt::format("'{}' is not one symbol; give one a line", shortened(line)));
    const auto [place, fresh] = rowOfGene.emplace(cells[0], lines.row());
    if (!fresh)
      return lines.refuseRow(fmt::format("{} is in row {} already", shortened(cells[0]), place->second));
    genes.push_back(cells[0]);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  if (genes.empty()) return lines.refuse("it holds no symbol");
  return genes;
}

}  // namespace geneglass
