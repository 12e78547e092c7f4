// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/slide_rows.h"

#include <fmt/format.h>

#include "viewer/slide/open_slide.h"

namespace geneglass {

const char* toString(Split split) {
  return split == Split::Train ? "train" : "test";
}

Result<void> SlideRows::read(const CsvReader::OnRow& onHeader, const OnRow& onRow) {
  const Result<void> read = m_csv.read(
      [&](const std::vector<std::string>& cells) -> Result<void> {
        if (cells.size() < kOwn || cells[0] != "slide" || cells[1] != "case" || cells[2] != "split")
          return m_csv.refuseRow("the header must begin with slide,case,split");
        return onHeader(cells);
      },
      [&](const std::vector<std::string>& cells) -> Result<void> {
        Result<SlideRow> row = rowOf(cells);
        if (!row) return tl::unexpected(row.error());
        return onRow(std::move(*row), cells);
      });
  if (read && m_rowOfSlide.empty()) return m_csv.refuse("it has a header and no rows");
  return read;
}

Result<SlideRow> SlideRows::rowOf(const std::vector<std::string>& cells) {
  if (cells[1].empty()) return m_csv.refuseRow("the case has no name");
  if (cells[2] != "train" && cells[2] != "test")
    return m_csv.refuseRow(fmt::format("the split is '{}'; it must be train or test", shortened(cells[2])));
  const std::filesystem::path slide = (m_csv.file().parent_path() / cells[0]).lexically_normal();
  if (cells[0].empty() || !checkSlideFile(slide))
    return m_csv.refuseRow(fmt::format("there is no slide '{}'", shortened(cells[0])));
  const auto [place, fresh] = m_rowOfSlide.emplace(std::filesystem::weakly_canonical(slide), m_csv.row());
  if (!fresh)
    return m_csv.refuseRow(
        fmt::format("the slide '{}' was given in row {} already", cells[0], place->second));
  return SlideRow{slide, cells[1], cells[2] == "test" ? Split::Test : Split::Train};
}

}  // namespace geneglass
