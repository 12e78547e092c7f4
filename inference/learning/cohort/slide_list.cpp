// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/slide_list.h"

#include "inference/learning/cohort/tcga_barcode.h"

namespace geneglass {

static Result<void> addRows(const std::filesystem::path& file, Cohort& slides) {
  SlideRows rows(file);
  const auto pass = [](const std::vector<std::string>&) { return Result<void>(); };
  return rows.read(pass, [&](SlideRow row, const std::vector<std::string>&) -> Result<void> {
    if (row.split == Split::Train)
      slides.cases.push_back(
          {file.string() + ": " + patientOf(row.name), row.split, {row.slide}, {}, rows.csv().row()});
    return {};
  });
}

Result<Cohort> readSlideList(std::span<const std::filesystem::path> files) {
  Cohort slides;
  for (const std::filesystem::path& file : files) {
    if (file.extension() != ".csv")
      slides.cases.push_back({file.string(), Split::Train, {file}, {}, 0});
    else if (const Result<void> added = addRows(file, slides); !added)
      return tl::unexpected(added.error());
  }
  if (slides.cases.empty()) return fail("There is no slide in the train split.");
  return slides;
}

}  // namespace geneglass
