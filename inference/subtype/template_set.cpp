// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/subtype/template_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {
namespace {

/// Of the columns that are read.
struct TemplateColumns {
  std::optional<size_t> ofClass, symbol, probe;
};

class TemplateReader final {
 public:
  explicit TemplateReader(const std::filesystem::path& file) : m_csv(file, "template file") {
    m_set.file = file;
    std::string stem = file.stem().string();
    if (const size_t dot = stem.rfind('.'); dot != std::string::npos) stem = stem.substr(dot + 1);
    m_set.target = stem;
  }

  Result<TemplateSet> read() {
    const Result<void> read = m_csv.read([this](const auto& cells) { return readHeader(cells); },
                                         [this](const auto& cells) { return readRow(cells); });
    if (!read) return tl::unexpected(read.error());
    if (m_classOfRow.empty()) return m_csv.refuse("it has no rows");
    std::set<std::string> names(m_classOfRow.begin(), m_classOfRow.end());
    if (names.size() < 2)
      return m_csv.refuse(fmt::format("it has one class alone, '{}'", shortened(*names.begin())));
    if (names.size() > kMostTemplates)
      return m_csv.refuse(fmt::format("it has {} classes; {} are the most", names.size(), kMostTemplates));
    m_set.classes.assign(names.begin(), names.end());
    for (size_t i = 0; i < m_classOfRow.size(); ++i)
      m_set.rows[i].ofClass =
          uint8_t(std::ranges::lower_bound(m_set.classes, m_classOfRow[i]) - m_set.classes.begin());
    return std::move(m_set);
  }

 private:
  Result<void> readHeader(const std::vector<std::string>& cells) {
    for (size_t column = 0; column < cells.size(); ++column)
      for (const auto& [name, place] :
           {std::pair("class", &m_columns.ofClass), std::pair("symbol", &m_columns.symbol),
            std::pair("probe", &m_columns.probe)}) {
        if (cells[column] != name) continue;
        if (*place) return m_csv.refuseRow(fmt::format("there are two columns '{}'", name));
        *place = column;
      }
    if (!m_columns.ofClass) return m_csv.refuseRow("there is no column 'class'");
    if (!m_columns.symbol) return m_csv.refuseRow("there is no column 'symbol'");
    return {};
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    const std::string &ofClass = cells[*m_columns.ofClass], &symbol = cells[*m_columns.symbol];
    if (ofClass.empty()) return m_csv.refuseRow("the class is empty");
    if (symbol.empty()) return m_csv.refuseRow("the symbol is empty");
    if (const auto [known, fresh] = m_rowOf.emplace(std::pair(ofClass, symbol), m_csv.row()); !fresh)
      return m_csv.refuseRow(fmt::format("{} is in the class '{}' already, in row {}", shortened(symbol),
                                         shortened(ofClass), known->second));
    m_classOfRow.push_back(ofClass);
    m_set.rows.push_back({0, symbol, m_columns.probe ? cells[*m_columns.probe] : std::string()});
    return {};
  }

  CsvReader m_csv;
  TemplateSet m_set;
  TemplateColumns m_columns;
  std::vector<std::string> m_classOfRow;
  std::map<std::pair<std::string, std::string>, size_t> m_rowOf;  ///< by class and symbol
};

}  // namespace

Result<TemplateSet> readTemplates(const std::filesystem::path& file) {
  return TemplateReader(file).read();
}

Result<PlacedTemplates> placeTemplates(const TemplateSet& set,
                                       const std::vector<std::optional<size_t>>& places) {
  PlacedTemplates placed;
  placed.rows.resize(set.classes.size());
  for (size_t row = 0; row < set.rows.size(); ++row) {
    if (!places[row]) continue;
    placed.gene.push_back(*places[row]);
    placed.ofClass.push_back(set.rows[row].ofClass);
    ++placed.rows[set.rows[row].ofClass];
  }
  for (size_t each = 0; each < placed.rows.size(); ++each)
    if (placed.rows[each] == 0)
      return fail(fmt::format("no gene of the class '{}' is there", set.classes[each]));
  return placed;
}

}  // namespace geneglass
