// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Decodes the tiles of one level of a file. Any thread.
class LevelReader {
 public:
  virtual ~LevelReader() = default;

  /// Pixels that the file holds of a tile: the whole tile where it pads the last column and row.
  virtual Size held(int64_t column, int64_t row) const = 0;

  /// Whether decode takes a reduction of 2, 4 and 8.
  virtual bool canReduce() const = 0;

  /// By the scanner: the file holds no bytes of it.
  virtual bool isLeftOut(int64_t column, int64_t row) const = 0;

  /// Fills `image`, which has its size, from the tile's upper left corner, at 1 / reduction of its sides.
  /// Empty where it did, else why not.
  virtual std::string decode(int64_t column, int64_t row, int reduction, Image& image) const = 0;
};

}  // namespace geneglass
