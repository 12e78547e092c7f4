// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "inference/features/feature_bag.h"
#include "inference/tissue/tile_state.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// The features of a slide while they are computed, in the grid's order whatever the order they come in: in a
/// file or, without one, in memory. The file is whole HDF5 at any instant: `features` N x D, `coords` N x 2,
/// `state` N and `row_crc32` N (row_check.h) get their places when it is made, and rows are written to these
/// places without touching anything else. A process that is killed loses what it had not yet written; a row
/// whose check sum does not fit, torn by a power failure or changed on the disk, waits again. Any thread.
class GrowingBag final {
 public:
  /// In memory. `frame`: hashes, mpp and the grid with all tiles that may hold tissue; its features are
  /// ignored.
  GrowingBag(FeatureBag frame, size_t width);
  ~GrowingBag();
  GrowingBag(const GrowingBag&) = delete;
  GrowingBag& operator=(const GrowingBag&) = delete;

  /// Begins or goes on: a file there that belongs to another frame, is damaged or has no check sums is
  /// replaced. Tiles that could not be read when it was left wait again. Its folder is there. Errors name the
  /// file: it cannot be written, another process works on it, the disk is full.
  static Result<std::unique_ptr<GrowingBag>> open(const std::filesystem::path& file, FeatureBag frame,
                                                  size_t width);

  const FeatureBag& frame() const { return m_frame; }
  size_t width() const { return m_width; }
  TileState state(size_t cell) const;
  size_t count(TileState state) const;
  std::vector<bool> waits() const;  ///< per cell

  /// What came of a tile; `features` only where usable. A file that cannot be written any more (disk full) is
  /// given up: what it holds is taken into memory, and isKept() is false from then on.
  void set(size_t cell, TileState state, std::span<const float> features = {});
  bool isKept() const;  ///< in a file

  /// Its usable tiles so far, and which are blurred; rows that no longer come back from the file as they were
  /// written are left out.
  FeatureBag usable() const;

 private:
  struct File;
  GrowingBag(FeatureBag frame, size_t width, std::unique_ptr<File> file);
  void readStates();
  bool readRow(size_t cell, std::span<float> row) const;
  int32_t checkOf(size_t cell, TileState state, std::span<const float> row) const;
  bool writeRow(size_t cell, TileState state, std::span<const float> row);
  void giveUpFile();

  const FeatureBag m_frame;  ///< without features
  const size_t m_width;
  mutable std::mutex m_mutex;
  std::vector<TileState> m_states;
  std::vector<int32_t> m_checks;  ///< of the rows in the file
  std::vector<float> m_memory;    ///< N x D where there is no file
  std::unique_ptr<File> m_file;   ///< where it is written, if anywhere
};

}  // namespace geneglass
