// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// NAME.maps.h5 while it is written, a gene at a time, so that the maps are never together in memory:
/// FILE.part until finish(). In the file `attention` holds a_i (each gene sums to 1), `coords` level-0 upper
/// left corners. One thread.
class MapsFile final {
 public:
  explicit MapsFile(std::filesystem::path file) : m_file(std::move(file)) {}
  ~MapsFile();  ///< removes what is not finished
  MapsFile(const MapsFile&) = delete;
  MapsFile& operator=(const MapsFile&) = delete;

  /// Takes the places of all maps at once, so that a full disk shows before the work. `known`: everything but
  /// values and maps.
  Result<void> begin(const Prediction& known);
  Result<void> add(size_t gene, const GeneMap& map);
  Result<void> finish();

 private:
  Result<void> write(size_t place, size_t gene, const std::vector<float>& row);

  const std::filesystem::path m_file;
  int m_descriptor = -1;
  std::array<uint64_t, 3> m_places = {};  ///< bytes: attention, expression, contribution
};

}  // namespace geneglass
