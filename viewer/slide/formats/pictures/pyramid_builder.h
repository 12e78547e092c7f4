// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "viewer/slide/formats/pictures/plain_picture.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// Cuts a picture that comes row by row into the tiles of its halvedLevels(), each coarser pixel the mean of
/// four. Holds one row of tiles a level: 2 KiB for each pixel of the picture's width.
class PyramidBuilder final {
 public:
  /// `emit` is given each tile once, on the thread that adds rows, no lock held.
  PyramidBuilder(std::vector<Level> levels, std::function<void(Tile)> emit);

  /// The next rows, as wide as the picture. What is lost of them has alpha 0, and its tiles are damaged. One
  /// thread.
  void add(Image rows, const std::vector<LostRows>& lost = {}, const std::string& reason = {});
  /// The picture ends before its last row, for this reason: what is missing has alpha 0, and the tiles are
  /// damaged. One thread, after the last add().
  void endEarly(const std::string& reason);

  int64_t rows() const { return m_rows; }  ///< added so far

  /// What there is of a tile that has not been emitted yet, what is missing with alpha 0; none where there is
  /// nothing. Any thread.
  std::optional<Image> unfinished(TileKey key) const;

 private:
  /// A level's row of tiles that fills up.
  struct Band {
    int64_t top = 0;   ///< of the level's rows
    int filled = 0;    ///< rows
    int64_t made = 0;  ///< rows of the next level that have been made
    Image image;       ///< as wide as the level
  };

  /// Rows of the picture that are lost.
  struct Loss {
    int64_t top = 0;
    int64_t bottom = 0;
    std::string reason;
  };

  void addTo(size_t level, const uint32_t* rows, int count);
  const Loss* lossIn(size_t level, const Band& band) const;
  void makeCoarser(size_t level);
  void emitBand(size_t level);
  Image cut(const Image& band, TileKey key, int rows) const;

  const std::vector<Level> m_levels;
  const std::function<void(Tile)> m_emit;
  int64_t m_rows = 0;
  std::vector<Loss> m_losses;  ///< from top to bottom
  mutable std::mutex m_mutex;  ///< for m_bands
  std::vector<Band> m_bands;
};

}  // namespace geneglass
