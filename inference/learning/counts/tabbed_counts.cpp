// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/tabbed_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "inference/learning/counts/array_position.h"
#include "inference/learning/counts/text_rows.h"

namespace geneglass {
namespace {

class TabbedCounts final {
 public:
  explicit TabbedCounts(TextRows rows) : m_rows(std::move(rows)) {}

  Result<SpotTable> read() {
    const auto header = m_rows.next();
    if (!header) return tl::unexpected(header.error());
    if (!*header) return m_rows.refuse("there are only blank lines");
    std::vector<std::string_view> cells = cellsBetween('\t', **header);
    while (cells.size() > 1 && cells.back().empty()) cells.pop_back();
    if (cells.size() < 2) return m_rows.refuseRow("there are no genes, separated by tabs");
    m_columns.assign(cells.begin(), cells.end());
    const size_t headerRow = m_rows.row();
    for (;;) {
      const auto line = m_rows.next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) break;
      if (Result<void> added = addRow(cellsBetween('\t', **line), headerRow); !added)
        return tl::unexpected(added.error());
    }
    if (m_names.empty()) return m_rows.refuse("there are no spots");
    return m_genesInRows ? turned() : straight();
  }

 private:
  /// Once the first row tells whether there is a cell over the names.
  Result<void> begin(size_t cells, size_t headerRow) {
    if (cells != m_columns.size() + 1) m_columns.erase(m_columns.begin());
    m_genesInRows =
        std::ranges::all_of(m_columns, [](const std::string& name) { return bool(arrayPosition(name)); });
    std::unordered_set<std::string_view> seen;
    for (const std::string& name : m_columns)
      if (!seen.insert(name).second)
        return m_rows.refuse(fmt::format("row {}: the {} {} has two columns", headerRow,
                                         m_genesInRows ? "spot" : "gene", name));
    m_straight = SparseCounts(m_columns.size());
    if (m_genesInRows) m_turned.resize(m_columns.size());
    return {};
  }

  Result<void> addRow(std::vector<std::string_view> cells, size_t headerRow) {
    while (cells.size() > m_columns.size() && cells.back().empty()) cells.pop_back();
    if (m_names.empty())
      if (Result<void> begun = begin(cells.size(), headerRow); !begun) return begun;
    if (cells.size() != m_columns.size() + 1)
      return m_rows.refuseRow(
          fmt::format("{} cells where the header has {}", cells.size(), m_columns.size() + 1));
    if (!m_seen.emplace(cells[0]).second)
      return m_rows.refuseRow(
          fmt::format("the {} '{}' is there already", m_genesInRows ? "gene" : "spot", cells[0]));
    m_counts.clear();
    for (size_t column = 0; column < m_columns.size(); ++column) {
      const std::optional<float> count = countIn(cells[column + 1]);
      if (!count)
        return m_rows.refuseRow(
            fmt::format("'{}' for {} is not a count", cells[column + 1], m_columns[column]));
      if (*count == 0) continue;
      if (m_genesInRows)
        m_turned[column].push_back({uint32_t(m_names.size()), *count});
      else
        m_counts.push_back({uint32_t(column), *count});
    }
    if (!m_genesInRows) m_straight.addSpot(m_counts);
    m_names.emplace_back(cells[0]);
    return {};
  }

  SpotTable straight() {
    SpotTable table;
    table.genes = std::move(m_columns);
    table.names = std::move(m_names);
    table.counts = std::move(m_straight);
    return table;
  }

  SpotTable turned() {
    SpotTable table;
    table.genes = std::move(m_names);
    table.names = std::move(m_columns);
    table.counts = SparseCounts(table.genes.size());
    for (std::vector<GeneCount>& spot : m_turned) table.counts.addSpot(spot);
    return table;
  }

  TextRows m_rows;
  std::vector<std::string> m_columns, m_names;  ///< of the header, of the rows
  std::unordered_set<std::string> m_seen;       ///< names of rows
  bool m_genesInRows = false;
  std::vector<GeneCount> m_counts;
  SparseCounts m_straight;
  std::vector<std::vector<GeneCount>> m_turned;  ///< a column of the file each
};

}  // namespace

Result<SpotTable> readTabbedCounts(const std::filesystem::path& file) {
  Result<TextRows> rows = TextRows::open(file);
  if (!rows) return tl::unexpected(rows.error());
  Result<SpotTable> table = TabbedCounts(std::move(*rows)).read();
  if (table) table->file = file;
  return table;
}

}  // namespace geneglass
