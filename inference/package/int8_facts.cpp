// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/int8_facts.h"

#include <fmt/format.h>

#include <oneapi/dnnl/dnnl.hpp>

#include "inference/package/model_package.h"
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
      package.int8 && package.int8->agrees() && (!package.diagnosis || package.int8->largestChange);
  return agrees && processorHasInt8() ? Precision::Int8 : Precision::Float32;
}

bool processorHasInt8() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::avx512_core_vnni:
    case dnnl::cpu_isa::avx512_core_bf16:
    case dnnl::cpu_isa::avx512_core_amx:
      return true;
    default:
      return false;
  }
}

}  // namespace geneglass
