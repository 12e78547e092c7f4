// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/slide_name.h"

#include "viewer/slide/open_slide.h"
#include "viewer/slide/slide_path.h"

namespace geneglass {

std::string slideNameOf(const std::filesystem::path& place) {
  const std::filesystem::path slide = withoutSlash(place);
  return (hasSlideName(slide) ? slide.stem() : slide.filename()).string();
}

}  // namespace geneglass
