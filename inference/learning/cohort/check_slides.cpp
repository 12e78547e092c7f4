// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/check_slides.h"

#include "viewer/slide/open_slide.h"

namespace geneglass {

Result<void> checkSlides(const std::vector<std::filesystem::path>& slides, std::optional<double> mpp,
                         const std::stop_token& stop) {
  for (const std::filesystem::path& file : slides) {
    if (stop.stop_requested()) return fail("The check was cancelled.");
    if (file.extension() == ".h5" || file.extension() == ".pt") continue;
    const Result<OpenedSlide> opened = openSlide(file, mpp);
    if (!opened) return tl::unexpected(opened.error());
    if (auto unfit = unfitForModels(*opened->slide)) return tl::unexpected(*unfit);
  }
  return {};
}

}  // namespace geneglass
