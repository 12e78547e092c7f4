// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace geneglass {

/// What one open slide may take of the memory that all slides share, bytes.
struct MemoryShare {
  size_t tileBytes = 0;     ///< decoded tiles
  size_t textureBytes = 0;  ///< tiles on the GPU
  size_t mapBytes = 0;      ///< maps of genes looked at before; as much again on the GPU
  size_t bytes() const { return tileBytes + textureBytes + 2 * mapBytes; }
  bool operator==(const MemoryShare&) const = default;
};

/// An equal share for each of `slides` open ones, which together take no more than `budget`. Beyond what any
/// view can use it does not grow.
MemoryShare shareOf(size_t budget, int slides);

/// A quarter of the memory that this process may have.
size_t usualMemoryBudget();

constexpr size_t kLeastMemoryBudget = size_t{256} << 20;

}  // namespace geneglass
