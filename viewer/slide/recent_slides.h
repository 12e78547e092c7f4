// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <mutex>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Keeps the sixteen slides that were asked for last open, for work that goes back and forth between files.
/// Any thread.
class RecentSlides final {
 public:
  /// The slide, opened where it is none of these; `mpp` as in openSlide. Errors are openSlide's.
  Result<OpenedSlide> open(const std::filesystem::path& file, std::optional<double> mpp = {});

 private:
  std::mutex m_mutex;
  std::list<OpenedSlide> m_open;  ///< the newest first
};

}  // namespace geneglass
