// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/zarr/zarr_packing.h"

namespace geneglass {

/// An array of Zarr 2: a folder with a file for each chunk. Numbers lie in the order of C. Constant; any
/// thread.
struct ZarrArray {
  std::filesystem::path folder;
  std::vector<int64_t> shape;
  std::vector<int64_t> chunk;  ///< as many; each at least 1
  char kind = 'u';             ///< 'u', 'i' or 'f': without a sign, with one, floating point
  int bytes = 1;               ///< of a number: 1, 2 or 4
  bool isBigEndian = false;
  ZarrPacking packing = ZarrPacking::Raw;
  double fill = 0;  ///< what a chunk that has no file holds
  char separator = '.';

  size_t chunkBytes() const;
  std::filesystem::path fileOf(std::span<const int64_t> index) const;  ///< of a chunk
};

/// Reads `.zarray`. The error is a reason that begins with what lacks or is not read. Blocks on the disk.
Result<ZarrArray> readZarrArray(const std::filesystem::path& folder);

/// A small file of JSON; nothing where it is not there. The error is a reason.
Result<std::optional<nlohmann::json>> readZarrJson(const std::filesystem::path& file);

/// Fills `bytes` with a chunk, chunkBytes() of them; leaves it empty where the chunk has no file. Empty where
/// it did, else why not. Blocks on the disk. Any thread.
std::string readZarrChunk(const ZarrArray& array, std::span<const int64_t> index,
                          std::vector<uint8_t>& bytes);

}  // namespace geneglass
