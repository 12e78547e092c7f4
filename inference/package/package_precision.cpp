// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/package_precision.h"

#include <fmt/format.h>

#include "viewer/foundation/sha256.h"

namespace geneglass {

std::string featuresHash(const ModelPackage& package, Precision precision) {
  if (precision == Precision::Float32 || !package.int8) return package.encoderHash;
  std::string facts = package.encoderHash + " int8";
  for (float size : package.int8->scales.activations) facts += fmt::format(" {}", size);
  return sha256(facts);
}

Precision defaultPrecision(const ModelPackage& package) {
  const bool agrees =
      package.int8 && package.int8->agrees() && (package.calls.empty() || package.int8->largestChange);
  return agrees && processorHasInt8() ? Precision::Int8 : Precision::Float32;
}

}  // namespace geneglass
