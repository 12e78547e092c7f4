// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/tissue_stains.h"

#include <algorithm>

namespace geneglass {

StainEstimate estimateStainsOf(const Image& picture, const TissueMask* tissue, Size size) {
  if (!tissue || tissue->columns < 1 || tissue->rows < 1) return estimateStains(picture);
  Image shown = picture;
  const auto cellAt = [&](int pixel, int pixels, int64_t length, int cells) {
    const double place = (pixel + 0.5) * static_cast<double>(length) / pixels / tissue->step;
    return std::clamp(static_cast<int>(place), 0, cells - 1);
  };
  for (int y = 0; y < shown.height; ++y) {
    const int row = cellAt(y, shown.height, size.height, tissue->rows);
    const uint8_t* cells = tissue->cells.data() + static_cast<ptrdiff_t>(row) * tissue->columns;
    for (int x = 0; x < shown.width; ++x)
      if (cells[cellAt(x, shown.width, size.width, tissue->columns)] == 0)
        shown.at(x, y) = 0;  // what is transparent does not count
  }
  return estimateStains(shown);
}

}  // namespace geneglass
