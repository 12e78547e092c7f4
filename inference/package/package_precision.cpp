// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/package_precision.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "inference/package/processor_precision.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {

std::string featuresHash(const ModelPackage& package, Precision precision) {
  const bool isInt8 = precision == Precision::Int8 && package.int8,
             isBfloat16 = precision == Precision::Bfloat16;
  if (!isInt8 && !isBfloat16 && package.view == TileView{}) return package.encoderHash;
  std::string facts = package.encoderHash;
  if (isBfloat16) facts += " bfloat16";
  if (isInt8) facts += fmt::format(" int8 {}", fmt::join(package.int8->scales.activations, " "));
  if (package.view != TileView{}) facts += fmt::format(" sizes {}", fmt::join(package.view.sizes, " "));
  return sha256(facts);
}

/// Whether all that the package says was compared, and agrees.
static bool agrees(const ModelPackage& package, const Agreement& compared) {
  return compared.agrees() && (package.calls.empty() || compared.largestChange);
}

Precision defaultPrecision(const ModelPackage& package) {
  if (package.int8 && agrees(package, package.int8->agreement) && processorHasInt8()) return Precision::Int8;
  if (package.bfloat16 && agrees(package, *package.bfloat16) && processorHasBfloat16())
    return Precision::Bfloat16;
  return Precision::Float32;
}

}  // namespace geneglass
