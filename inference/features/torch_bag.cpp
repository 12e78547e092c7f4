// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/torch_bag.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "viewer/foundation/tensors/torch_file.h"

namespace geneglass {
namespace {

/// The first that is there; null for none.
StoredTensor* firstOf(TensorFile& tensors, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const auto found = tensors.find(name); found != tensors.end()) return &found->second;
  return nullptr;
}

/// N x D, also where a batch of one stands before it.
std::vector<int64_t> rowsOf(const StoredTensor& tensor) {
  std::vector<int64_t> shape = tensor.shape;
  if (shape.size() == 3 && shape[0] == 1) shape.erase(shape.begin());
  return shape;
}

/// Errors, to follow "...: ".
Result<std::vector<double>> placesOf(const StoredTensor& coords, size_t rows) {
  const std::vector<int64_t> shape = rowsOf(coords);
  if (shape.size() != 2 || shape[1] != 2) return fail("its 'coords' are not N x 2");
  if (size_t(shape[0]) != rows)
    return fail(fmt::format("it holds {} features but {} positions", rows, shape[0]));
  std::vector<double> places;
  for (const float place : coords.values) {
    if (!(std::abs(place) < 1e9F)) return fail(fmt::format("a tile lies at {}, which is on no slide", place));
    places.push_back(double(place));
  }
  return places;
}

/// Errors, to follow "...: ".
Result<TorchBag> torchBagOf(TensorFile tensors) {
  StoredTensor* features = firstOf(tensors, {"", "features", "feats"});
  if (!features) return fail("it holds no 'features'");
  const std::vector<int64_t> shape = rowsOf(*features);
  if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0) return fail("its 'features' are not N x D");
  if (!std::ranges::all_of(features->values, [](float value) { return std::isfinite(value); }))
    return fail("some of its features are not finite numbers");
  TorchBag bag;
  bag.features.rows = size_t(shape[0]);
  bag.features.columns = size_t(shape[1]);
  bag.features.values = std::move(features->values);
  if (const StoredTensor* coords = firstOf(tensors, {"coords"})) {
    Result<std::vector<double>> places = placesOf(*coords, bag.features.rows);
    if (!places) return tl::unexpected(places.error());
    bag.places = std::move(*places);
  }
  return bag;
}

}  // namespace

Result<TorchBag> readTorchBag(const std::filesystem::path& file) {
  Result<TensorFile> tensors = readTorchFile(file);
  if (!tensors) return tl::unexpected(tensors.error());
  Result<TorchBag> bag = torchBagOf(std::move(*tensors));
  if (!bag) return fail(fmt::format("Cannot read '{}': {}.", file.string(), bag.error().sentence));
  return bag;
}

}  // namespace geneglass
