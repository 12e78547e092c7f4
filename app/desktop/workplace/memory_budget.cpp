// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/memory_budget.h"

#include <algorithm>

#include "viewer/foundation/machine.h"

namespace geneglass {
namespace {

constexpr size_t kMostTextureBytes = size_t{1} << 30;  ///< of all slides: some 60 screens of 4K
constexpr size_t kMostTileBytes = size_t{2} << 30;
constexpr size_t kMostMapBytes = size_t{256} << 20;

}  // namespace

MemoryShare shareOf(size_t budget, int slides) {
  const auto count = static_cast<size_t>(std::max(1, slides));
  return {std::min(budget / 8 * 3, kMostTileBytes) / count, std::min(budget / 2, kMostTextureBytes) / count,
          std::min(budget / 16, kMostMapBytes) / count};
}

size_t usualMemoryBudget() {
  const uint64_t memory = thisMachine().memoryBytes;
  return memory == 0 ? size_t{1} << 30 : std::max(kLeastMemoryBudget, static_cast<size_t>(memory) / 4);
}

}  // namespace geneglass
