// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace geneglass {

/// Cuts [0, count) into at most `threads` runs (0 = as many as processors) and calls work(begin, end) for
/// each on a thread of its own, in which LibTorch computes without further threads: OpenMP's, which wait for
/// each other after every layer, all but stand still as soon as another program takes one of the processors.
/// Blocks until all are done; throws on what one of them threw.
void inOwnThreads(size_t count, int threads, const std::function<void(size_t begin, size_t end)>& work);

}  // namespace geneglass
