// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/cells.h"

#include <algorithm>
#include <cmath>

#include "inference/synthetic/random.h"

namespace geneglass {
namespace {

struct Box {
  int left, top, right, bottom;
  bool isEmpty() const { return left >= right || top >= bottom; }
};

/// The pixels of `planes` within `reach` of a place.
Box boxAround(float x, float y, float reach, const StainPlanes& planes) {
  return {std::max(planes.x0, static_cast<int>(std::floor(x - reach))),
          std::max(planes.y0, static_cast<int>(std::floor(y - reach))),
          std::min(planes.x0 + planes.width, static_cast<int>(std::ceil(x + reach)) + 1),
          std::min(planes.y0 + planes.height, static_cast<int>(std::ceil(y + reach)) + 1)};
}

}  // namespace

void StainPlanes::resize(int left, int top, int columns, int rows) {
  x0 = left, y0 = top, width = columns, height = rows;
  const size_t pixels = static_cast<size_t>(columns) * static_cast<size_t>(rows);
  haematoxylin.assign(pixels, 0);
  eosin.assign(pixels, 0);
}

void paint(const Nucleus& n, StainPlanes& planes) {
  const Box box = boxAround(n.x, n.y, std::max(n.halfLength, n.halfWidth) * 1.25f + 1, planes);
  if (box.isEmpty()) return;
  const float egg = 0.30f * (unitOf(n.seed) - 0.5f), bend = 0.7f * (unitOf(n.seed * 0x85EBCA77u) - 0.5f);
  const float spotX = 0.9f * (unitOf(n.seed * 0xC2B2AE35u) - 0.5f),
              spotY = 0.8f * (unitOf(n.seed * 0x27D4EB2Fu) - 0.5f);
  const float softness = n.halfWidth * 0.62f;  // pixels of distance a unit of `edge` stands for
  for (int y = box.top; y < box.bottom; ++y)
    for (int x = box.left; x < box.right; ++x) {
      const float dx = static_cast<float>(x) - n.x, dy = static_cast<float>(y) - n.y;
      const float u = (dx * n.cosine + dy * n.sine) / n.halfLength;
      const float v = (dy * n.cosine - dx * n.sine) / n.halfWidth + bend * (u * u - 0.4f);
      const float radius = u * u + v * v * (1 + egg * 4 * u);
      if (radius > 1.5f) continue;
      const float edge = (1 - radius) * softness;
      const float cover = smoothStep(-0.9f, 0.9f, edge);
      if (cover <= 0) continue;
      const float grain = noise2(dx * 0.31f + 50, dy * 0.31f + 50, n.seed);
      const float membrane = n.texture * 0.34f * (1 - smoothStep(0.6f, 2.4f, edge));
      const float nucleolus =
          n.texture * 0.35f *
          std::max(0.0f, 1 - 14 * ((u - spotX) * (u - spotX) + (v - spotY) * (v - spotY)));
      const float inside =
          n.amount * (1 - 0.22f * n.texture + 0.95f * n.texture * (grain - 0.5f) + membrane + nucleolus);
      const size_t i = planes.index(x, y);
      planes.haematoxylin[i] += cover * (inside - 0.55f * planes.haematoxylin[i]);
      planes.eosin[i] += cover * (0.12f - 0.6f * planes.eosin[i]);
    }
}

void paint(const Vacuole& vacuole, StainPlanes& planes) {
  const Box box =
      boxAround(vacuole.x, vacuole.y, std::max(vacuole.halfLength, vacuole.halfWidth) + 2, planes);
  for (int y = box.top; y < box.bottom; ++y)
    for (int x = box.left; x < box.right; ++x) {
      const float dx = static_cast<float>(x) - vacuole.x, dy = static_cast<float>(y) - vacuole.y;
      const float u = (dx * vacuole.cosine + dy * vacuole.sine) / vacuole.halfLength;
      const float v = (dy * vacuole.cosine - dx * vacuole.sine) / vacuole.halfWidth;
      const float cover = smoothStep(-1, 1.2f, (1 - u * u - v * v) * vacuole.halfWidth * 0.6f);
      if (cover <= 0) continue;
      const float foam = noise2(static_cast<float>(x) / 5, static_cast<float>(y) / 5, 77);
      const size_t i = planes.index(x, y);
      planes.haematoxylin[i] += cover * (vacuole.amount * (0.6f + 0.8f * foam) - planes.haematoxylin[i]);
      planes.eosin[i] += cover * (0.05f - planes.eosin[i]);
    }
}

}  // namespace geneglass
