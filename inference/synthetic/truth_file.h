// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

/// Where the planted truth of a synthetic slide lies: NAME.tif -> NAME.truth.h5.
inline std::filesystem::path truthFileOf(const std::filesystem::path& slide) {
  return slide.parent_path() / (slide.stem().string() + ".truth.h5");
}

}  // namespace geneglass
