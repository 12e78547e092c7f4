// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/cut_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace geneglass {

Result<void> cutAfter(std::optional<int> lastBlock, EncoderFacts& facts) {
  if (!lastBlock) return {};
  const int all = std::accumulate(facts.blocks.begin(), facts.blocks.end(), 0);
  if (*lastBlock < 0 || *lastBlock >= all)
    return fail(
        fmt::format("its blocks are numbered from 0 to {}, there is no block {}", all - 1, *lastBlock));
  std::vector<int> kept;
  for (int left = *lastBlock + 1; left > 0; left -= kept.back())
    kept.push_back(std::min(left, facts.blocks[kept.size()]));
  facts.blocks = std::move(kept);
  facts.channels.resize(facts.blocks.size());
  facts.name += fmt::format(" to block {}", *lastBlock);
  return {};
}

}  // namespace geneglass
