// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/plane.h"

#include <algorithm>

namespace geneglass {

Plane boxMean(const Plane& plane, int factor) {
  Plane mean(plane.width / factor, plane.height / factor);
  const float share = 1.0F / static_cast<float>(factor * factor);
  for (int y = 0; y < mean.height; ++y) {
    float* out = mean.row(y);
    for (int line = 0; line < factor; ++line) {
      const float* in = plane.row(y * factor + line);
      for (int x = 0; x < mean.width; ++x)
        for (int i = 0; i < factor; ++i) out[x] += in[x * factor + i];
    }
    for (int x = 0; x < mean.width; ++x) out[x] *= share;
  }
  return mean;
}

void paste(const Plane& part, Plane& plane, int left, int top) {
  const int columns = std::min(part.width, plane.width - left);
  const int rows = std::min(part.height, plane.height - top);
  for (int y = 0; y < rows; ++y) std::copy_n(part.row(y), std::max(0, columns), plane.row(top + y) + left);
}

}  // namespace geneglass
