// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/slide_probe.h"

#include <fmt/format.h>

namespace geneglass {

Result<void> SlideProbe::check(const std::filesystem::path& file, std::optional<double> userMpp) {
  if (const Result<void> fine = checkSlideFile(file); !fine) return fine;
  const std::string befell = m_probe.befell(FileProbe::Kind::Slide, file, userMpp.value_or(0));
  if (befell.empty()) return {};
  return fail(fmt::format("Cannot open '{}': {}.", file.string(), befell));
}

Result<OpenedSlide> openProbed(SlideProbe& probe, const std::filesystem::path& file,
                               std::optional<double> userMpp) {
  if (const Result<void> fine = probe.check(file, userMpp); !fine) return tl::unexpected(fine.error());
  return openSlide(file, userMpp);
}

}  // namespace geneglass
