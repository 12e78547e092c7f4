// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/learning/spots/read_spots.h"
#include "inference/prediction/tile_grid.h"
#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {
namespace {

/// Reads the table row by row.
class SectionReader final {
 public:
  explicit SectionReader(const std::filesystem::path& file) : m_csv(file, "sections") {}

  Result<std::vector<SpotSection>> read() {
    const Result<void> read =
        m_csv.read([this](const std::vector<std::string>& cells) { return readHeader(cells); },
                   [this](const std::vector<std::string>& cells) { return readRow(cells); });
    if (!read) return tl::unexpected(read.error());
    if (m_sections.size() < 2) return m_csv.refuse("one is left out in turn, so there must be two");
    return std::move(m_sections);
  }

 private:
  Result<void> readHeader(const std::vector<std::string>& cells) {
    m_header = cells;
    for (const char* name : {"section", "slide", "counts", "spots"})
      if (std::ranges::find(m_header, name) == m_header.end())
        return m_csv.refuseRow(fmt::format("there is no column '{}'", name));
    return {};
  }

  /// The row's cell of a column; empty where the table has no such column.
  std::string cell(const std::vector<std::string>& cells, const char* name) const {
    const auto found = std::ranges::find(m_header, name);
    return found == m_header.end() ? "" : cells[size_t(found - m_header.begin())];
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    const std::string name = cell(cells, "section");
    if (name.empty()) return m_csv.refuseRow("the section has no name");
    if (std::ranges::any_of(m_sections, [&](const SpotSection& other) { return other.name == name; }))
      return m_csv.refuseRow(fmt::format("the section '{}' is there already", name));
    std::optional<double> mpp;
    if (const std::string text = cell(cells, "mpp"); !text.empty()) {
      mpp = numberOf(text);
      if (!mpp || *mpp <= 0)
        return m_csv.refuseRow(fmt::format("'{}' for mpp is not a number above 0", text));
    }
    const std::filesystem::path folder = m_csv.file().parent_path();
    const Result<OpenedSlide> opened = openSlide(folder / cell(cells, "slide"), mpp);
    if (!opened) return tl::unexpected(opened.error());
    if (auto unfit = unfitForModels(*opened->slide)) return tl::unexpected(*unfit);
    Result<SpotTable> spots = readSpots(folder / cell(cells, "counts"),
                                        cell(cells, "spots").empty() ? "" : folder / cell(cells, "spots"));
    if (!spots) return tl::unexpected(spots.error());
    m_sections.push_back({name, *opened, std::move(*spots)});
    return {};
  }

  CsvReader m_csv;
  std::vector<std::string> m_header;
  std::vector<SpotSection> m_sections;
};

}  // namespace

Result<std::vector<SpotSection>> readSections(const std::filesystem::path& file) {
  return SectionReader(file).read();
}

}  // namespace geneglass
