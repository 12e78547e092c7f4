// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace geneglass {

/// While it lives, OpenMP, and with it oneDNN, computes on the calling thread alone: its threads, which wait
/// for each other after every layer, all but stand still as soon as another program takes one of the
/// processors. LibTorch takes a thread's setting over only after computeAlone() of torch_modules.h.
class OneOpenMpThread final {
 public:
  OneOpenMpThread();
  ~OneOpenMpThread();
  OneOpenMpThread(const OneOpenMpThread&) = delete;
  OneOpenMpThread& operator=(const OneOpenMpThread&) = delete;

 private:
  int m_before;
};

/// Cuts [0, count) into runs of at most `together` and hands them out, as threads become free, to at most
/// `threads` of them (0 = as many as processors): work(thread, begin, end), thread counting from 0, under
/// OneOpenMpThread. Blocks until all are done; throws what one of them threw, the others then taking no more.
void inOwnThreads(size_t count, size_t together, int threads,
                  const std::function<void(size_t thread, size_t begin, size_t end)>& work);

/// How many threads that is at most.
size_t ownThreads(int threads);

}  // namespace geneglass
