// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace geneglass {

/// Part of a tile, and which way round it is shown.
struct ViewCrop {
  double x = 0, y = 0, width = 0, height = 0;  ///< pixels of the tile
  bool mirroredAcross = false;
  bool mirroredDown = false;
  bool transposed = false;  ///< after the mirroring
};

/// Three planes of side x side numbers that views are made in. One thread at a time.
class ViewPlanes final {
 public:
  /// `values` must outlive it.
  ViewPlanes(std::span<float> values, int side);

  /// The crop of an RGB tile (`tileSide` x `tileSide`, row by row), shrunk or enlarged as Pillow's bilinear
  /// filter does: whole numbers 0 to 255.
  void show(std::span<const uint8_t> tile, int tileSide, const ViewCrop& crop);
  /// As torchvision's enhancements, of values 0 to 1.
  void brighten(double factor) { blend(factor, 0); }
  void contrast(double factor) { blend(factor, meanBrightness()); }
  void saturate(double factor);
  /// In HSV, value and saturation kept.
  void turnHue(double turns);
  /// A Gaussian, cut at 2.5 sigma; the edge repeats.
  void blur(double sigma);
  /// value = (value - less[channel]) / by[channel]
  void normalise(std::span<const float> less, std::span<const float> by);

 private:
  void blend(double factor, double other);
  double meanBrightness() const;

  std::span<float> m_values;
  size_t m_side;
  size_t m_plane;
  std::array<float*, 3> m_channels;
};

}  // namespace geneglass
