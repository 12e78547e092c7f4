// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/annotation.h"

#include <fmt/format.h>

#include <random>

namespace geneglass {

std::string freshAnnotationId() {
  static thread_local std::mt19937_64 random = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  // RFC 4122: version 4 in the third group, variant 10 in the fourth.
  const uint64_t high = (random() & ~uint64_t{0xf000}) | 0x4000;
  const uint64_t low = (random() & ~(uint64_t{3} << 62)) | uint64_t{2} << 62;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffff, high & 0xffff,
                     low >> 48, low & 0xffffffffffff);
}

}  // namespace geneglass
