// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Draws a gallery of tiles: a column a bin, low expression left; above the one tile of highest attention,
/// below it the first `tiles`.
class GalleryPicture final {
 public:
  static constexpr int kSide = 132;  ///< pixels of a tile

  GalleryPicture(const std::string& symbol, const std::string& labelUnit, size_t bins, size_t tiles);
  ~GalleryPicture();

  void head(size_t bin, double low, double high, int cases);
  /// place 0 has the highest attention (N a_i, 1 = uniform); kSide x kSide pixels.
  void put(size_t bin, size_t place, const Image& tile, double attention);
  /// As PNG.
  Result<void> save(const std::filesystem::path& file) const;

 private:
  struct Canvas;
  std::unique_ptr<Canvas> m_canvas;
};

}  // namespace geneglass
