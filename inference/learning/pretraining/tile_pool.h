// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/pretraining/labelled_tiles.h"
#include "viewer/foundation/progress.h"
#include "viewer/foundation/result.h"

namespace geneglass {

struct UnreadTiles {
  size_t count = 0;
  std::string reason;  ///< a sentence that names the file
};

/// All tiles of some slides and folders, by number, read when asked for; nothing of their pixels stays in
/// memory. Of a slide: the grid's tiles with tissue. Of a folder of PNG or JPEG pictures: each picture,
/// whole, whatever its size. Any thread, several at a time.
class TilePool final {
 public:
  /// A slide or a picture.
  struct Source {
    std::filesystem::path file;
    bool isPicture = false;
    size_t first = 0;  ///< number of its first tile
    size_t count = 0;
  };

  /// `sources`: slides, folders of slides (in any format that openSlide opens), folders of pictures where
  /// there is no slide. `mpp`: of slides that do not say it. A tile's class is the prevailing one where a
  /// synthetic slide has its NAME.truth.h5 beside it; a picture's, its name up to the first '-', '_' or
  /// digit. Errors name what cannot be used: a folder without either, a slide that cannot be opened or has no
  /// mpp; stopped.
  static Result<TilePool> open(std::span<const std::filesystem::path> sources, const TileRule& rule,
                               std::optional<double> mpp, int threads, std::stop_token stop,
                               const OnProgress& progress);
  TilePool(TilePool&&) noexcept;
  ~TilePool();

  size_t count() const;
  int side() const;  ///< pixels of every tile
  const std::vector<Source>& sources() const;
  size_t sourceOf(size_t tile) const;
  const std::vector<std::string>& classes() const;  ///< names
  int classOf(size_t tile) const;                   ///< index into classes(); -1 where unknown or mixed

  /// RGB, row by row, on white; empty where it cannot be read.
  std::vector<uint8_t> read(size_t tile) const;
  /// Tiles that could not be read so far, each counted once, and why not the first of them.
  UnreadTiles unread() const;

 private:
  struct Facts;
  explicit TilePool(std::unique_ptr<Facts> facts);
  std::unique_ptr<Facts> m_facts;
};

}  // namespace geneglass
