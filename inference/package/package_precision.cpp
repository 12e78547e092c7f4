// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/package_precision.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "viewer/foundation/sha256.h"

namespace geneglass {

std::string featuresHash(const ModelPackage& package, Precision precision) {
  const bool isInt8 = precision == Precision::Int8 && package.int8;
  if (!isInt8 && package.view == TileView{}) return package.encoderHash;
  std::string facts = package.encoderHash;
  if (isInt8) facts += fmt::format(" int8 {}", fmt::join(package.int8->scales.activations, " "));
  if (package.view != TileView{}) facts += fmt::format(" sizes {}", fmt::join(package.view.sizes, " "));
  return sha256(facts);
}

Precision defaultPrecision(const ModelPackage& package) {
  const bool agrees =
      package.int8 && package.int8->agrees() && (package.calls.empty() || package.int8->largestChange);
  return agrees && processorHasInt8() ? Precision::Int8 : Precision::Float32;
}

}  // namespace geneglass
