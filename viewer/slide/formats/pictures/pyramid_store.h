// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile.h"

namespace geneglass {

/// The tiles of a pyramid, packed without loss, that are put in once and read ever after: in a file of the
/// cache folder, in a file without a name, or in memory. Any thread.
class PyramidStore final {
 public:
  /// Yet empty. `file`: where it shall lie once it is whole; until then it has another name there, or none at
  /// all where `isKept` is false. `levels`: those of which there are tiles; `first`: the number of the first
  /// of them. Errors: the file cannot be made.
  static Result<std::shared_ptr<PyramidStore>> make(const std::filesystem::path& file, bool isKept,
                                                    std::vector<Level> levels, int first = 0);
  /// Whether a file of make(), under its other name, was left by a program that was killed: no process has it
  /// open to write.
  static bool isAbandoned(const std::filesystem::path& part);
  /// The same in memory.
  static std::shared_ptr<PyramidStore> inMemory(std::vector<Level> levels, int first = 0);
  /// One that was kept; null where there is none. One that is damaged, or of other levels, is removed.
  static std::shared_ptr<PyramidStore> reopen(const std::filesystem::path& file, std::vector<Level> levels,
                                              int first = 0);
  ~PyramidStore();  ///< removes what is not kept
  PyramidStore(const PyramidStore&) = delete;
  PyramidStore& operator=(const PyramidStore&) = delete;

  bool holds(int level) const {
    return level >= m_first && level < m_first + static_cast<int>(m_levels.size());
  }
  /// Empty where it could be put in, else why not; after the first failure nothing can.
  std::string put(const Tile& tile);
  bool contains(TileKey key) const;
  /// A tile that it contains. Errors: why it cannot be read any more; such a file is removed, so that the
  /// next one who opens the picture makes it anew.
  Result<TilePtr> read(TileKey key) const;
  /// It is not to be kept: what it was made from cannot be read whole.
  void keepNot();
  /// All tiles are in it: it appears under its name, if it shall be kept and none is damaged. Empty where it
  /// did, or shall not; else why not.
  std::string finish();

 private:
  struct Entry {
    uint64_t offset = 0;
    uint32_t bytes = 0;     ///< packed; 0: not there
    uint32_t channels = 0;  ///< 3: all opaque; 4
    int32_t damage = -1;    ///< into m_damages; -1: sound
    uint32_t reserved = 0;
  };

  PyramidStore(std::vector<Level> levels, int first);
  size_t placeOf(TileKey key) const;
  bool readIndex();
  std::vector<uint8_t> indexHead() const;

  const std::vector<Level> m_levels;
  const int m_first;
  std::vector<size_t> m_begins;  ///< of each level in m_entries
  std::filesystem::path m_file;  ///< its name once it is whole; empty: not kept
  std::filesystem::path m_part;  ///< its name until then; empty: none
  int m_descriptor = -1;         ///< -1: in memory
  mutable std::mutex m_mutex;    ///< for what follows
  std::vector<Entry> m_entries;
  std::vector<std::vector<uint8_t>> m_pieces;  ///< in memory; Entry::offset is the index
  std::vector<std::string> m_damages;
  uint64_t m_size = 0;
  std::string m_failure;
};

}  // namespace geneglass
