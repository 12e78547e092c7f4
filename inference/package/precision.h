// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace geneglass {

/// What an encoder multiplies in: convolutions in float32 or int8, transformers in float32 or bfloat16.
enum class Precision { Float32, Int8, Bfloat16 };

inline constexpr std::array kPrecisions{Precision::Float32, Precision::Int8, Precision::Bfloat16};

/// "float32", "int8" or "bfloat16": as in files, hashes and benchmarks.
constexpr const char* toString(Precision precision) {
  constexpr const char* kNames[] = {"float32", "int8", "bfloat16"};
  return kNames[static_cast<int>(precision)];
}

}  // namespace geneglass
