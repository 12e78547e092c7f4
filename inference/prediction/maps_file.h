// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <optional>

#include "inference/prediction/prediction.h"
#include "viewer/foundation/files/part_place.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// NAME.maps.h5 while it is written, a gene at a time, so that the maps are never together in memory:
/// at a PartPlace until finish(). In the file `attention` holds a_i (each gene sums to 1), `coords` level-0
/// upper left corners; `classes/TARGET`, for each call of tiles by the model itself, holds `names` (K) and
/// `of_tile` (N, the likeliest, an index into them). One thread.
class MapsFile final {
 public:
  explicit MapsFile(std::filesystem::path file) : m_file(std::move(file)) {}

  /// Takes the places of all maps at once, so that a full disk shows before the work. `known`: everything but
  /// values and maps.
  Result<void> begin(const Prediction& known);
  Result<void> add(size_t gene, const GeneMap& map);
  Result<void> finish();

 private:
  Result<void> write(size_t place, size_t gene, const std::vector<float>& row);

  const std::filesystem::path m_file;
  std::optional<PartPlace> m_place;
  std::array<uint64_t, 3> m_places = {};  ///< bytes: attention, expression, contribution
};

}  // namespace geneglass
