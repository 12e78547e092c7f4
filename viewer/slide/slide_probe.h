// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/file_probe.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Has slides opened in another process first (file_probe.h). Any thread.
class SlideProbe final {
 public:
  static constexpr std::chrono::milliseconds kPatience = FileProbe::kPatience;

  /// As FileProbe.
  explicit SlideProbe(std::filesystem::path program = {}, std::chrono::milliseconds patience = kPatience)
      : m_probe(std::move(program), patience) {}

  /// Opens the file and reads a tile of its coarsest and its finest level, elsewhere. Errors name the file:
  /// its decoder crashed, or does not come to an end. What else there is to say, openSlide() says; where no
  /// other process can be had, nothing. Plain pictures need no check: see tryOutSlide().
  Result<void> check(const std::filesystem::path& file, std::optional<double> userMpp = {});

 private:
  FileProbe m_probe;
};

/// openSlide(), after a check.
Result<OpenedSlide> openProbed(SlideProbe& probe, const std::filesystem::path& file,
                               std::optional<double> userMpp = {});

}  // namespace geneglass
