// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spot_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "inference/learning/csv_line.h"
#include "inference/tile_grid.h"

namespace geneglass {
namespace {

/// Reads the table row by row.
class SectionReader final {
 public:
  explicit SectionReader(const std::filesystem::path& file) : m_file(file) {}

  Result<std::vector<SpotSection>> read() {
    std::ifstream stream(m_file);
    if (!stream) return fail(fmt::format("Cannot open the sections '{}'.", m_file.string()));
    std::string line;
    for (m_row = 1; std::getline(stream, line); ++m_row) {
      if (m_row > 1 && isBlank(line)) continue;
      const Result<void> read = m_row == 1 ? readHeader(line) : readRow(cellsOf(line));
      if (!read) return tl::unexpected(read.error());
    }
    if (m_sections.size() < 2)
      return fail(fmt::format("Cannot use the sections '{}': one is left out in turn, so there must be two.",
                              m_file.string()));
    return std::move(m_sections);
  }

 private:
  tl::unexpected<Error> refuse(const std::string& reason) const {
    return fail(fmt::format("Cannot use the sections '{}': row {}: {}.", m_file.string(), m_row, reason));
  }

  Result<void> readHeader(const std::string& line) {
    if (const auto separator = otherSeparator(line))
      return refuse(fmt::format("the columns are separated by {}; separate them with commas", *separator));
    m_header = cellsOf(withoutByteOrderMark(line));
    for (const char* name : {"section", "slide", "counts", "spots"})
      if (std::ranges::find(m_header, name) == m_header.end())
        return refuse(fmt::format("there is no column '{}'", name));
    return {};
  }

  /// The row's cell of a column; empty where the table has no such column.
  std::string cell(const std::vector<std::string>& cells, const char* name) const {
    const auto found = std::ranges::find(m_header, name);
    return found == m_header.end() ? "" : cells[size_t(found - m_header.begin())];
  }

  Result<void> readRow(const std::vector<std::string>& cells) {
    if (cells.size() != m_header.size())
      return refuse(fmt::format("{} cells where the header has {}", cells.size(), m_header.size()));
    const std::string name = cell(cells, "section");
    if (name.empty()) return refuse("the section has no name");
    if (std::ranges::any_of(m_sections, [&](const SpotSection& other) { return other.name == name; }))
      return refuse(fmt::format("the section '{}' is there already", name));
    std::optional<double> mpp;
    if (const std::string text = cell(cells, "mpp"); !text.empty()) {
      mpp = numberOf(text);
      if (!mpp || *mpp <= 0) return refuse(fmt::format("'{}' for mpp is not a number above 0", text));
    }
    const std::filesystem::path folder = m_file.parent_path();
    const Result<OpenedSlide> opened = openSlide(folder / cell(cells, "slide"), mpp);
    if (!opened) return tl::unexpected(opened.error());
    if (!opened->slide->mpp) return tl::unexpected(unknownMpp(*opened->slide));
    Result<SpotTable> spots = readSpots(folder / cell(cells, "counts"), folder / cell(cells, "spots"));
    if (!spots) return tl::unexpected(spots.error());
    m_sections.push_back({name, *opened, std::move(*spots)});
    return {};
  }

  std::filesystem::path m_file;
  std::vector<std::string> m_header;
  std::vector<SpotSection> m_sections;
  size_t m_row = 1;
};

}  // namespace

Result<std::vector<SpotSection>> readSections(const std::filesystem::path& file) {
  return SectionReader(file).read();
}

}  // namespace geneglass
