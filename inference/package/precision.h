// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// What an encoder computes its convolutions in.
enum class Precision { Float32, Int8 };

/// "float32" or "int8": as in files, hashes and benchmarks.
constexpr const char* toString(Precision precision) {
  return precision == Precision::Int8 ? "int8" : "float32";
}

}  // namespace geneglass
