// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "inference/features/feature_bag.h"
#include "tests/inference/painted_slide.h"

namespace geneglass::testing {

inline constexpr Size kSize{1600, 1300};  // 25 x 20 tiles of 64 px at 0.5 um, the 300 on the left of tissue
inline constexpr size_t kTiles = 300;

inline uint32_t half(int64_t x, int64_t y) {
  return x < 960 ? tissue(x, y) : glass(x, y);
}

inline FeatureBag frameOf(size_t tiles) {
  FeatureBag frame;
  frame.grid = {64, 64, static_cast<int>(tiles), 1, {}};
  for (size_t i = 0; i < tiles; ++i) frame.grid.cells.push_back({static_cast<int>(i), 0});
  frame.slideHash = "slide";
  frame.encoderHash = "encoder";
  frame.mpp = 0.5;
  return frame;
}

inline std::vector<float> rowOf(size_t cell) {
  return {float(cell), float(cell) / 3, -1};
}

/// Where a row of features lies in a file, bytes.
inline size_t placeOf(const std::filesystem::path& path, std::span<const float> row) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const size_t place = bytes.find(std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes()));
  if (place == std::string::npos) qFatal("the row is not in the file");
  return place;
}

/// Adds one to the byte.
inline void changeByte(const std::filesystem::path& path, size_t place) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(place));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(place));
  file.put(static_cast<char>(byte + 1));
}

}  // namespace geneglass::testing
