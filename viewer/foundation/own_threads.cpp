// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/own_threads.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "viewer/foundation/parallel.h"

namespace geneglass {

OneOpenMpThread::OneOpenMpThread() {
  m_before = omp_get_max_threads();
  omp_set_num_threads(1);  // of this thread only
}

OneOpenMpThread::~OneOpenMpThread() {
  omp_set_num_threads(m_before);
}

size_t ownThreads(int threads) {
  return static_cast<size_t>(threadCount(threads));
}

void inOwnThreads(size_t count, size_t together, int threads,
                  const std::function<void(size_t thread, size_t begin, size_t end)>& work) {
  const size_t parts = std::min((count + together - 1) / together, ownThreads(threads));
  std::atomic<size_t> next = 0;
  std::exception_ptr failure;
  std::mutex failing;
  const auto takeRuns = [&](size_t thread) {
    try {
      const OneOpenMpThread oneThread;
      for (size_t begin; (begin = next.fetch_add(together)) < count;)
        work(thread, begin, std::min(count, begin + together));
    } catch (...) {
      next = count;
      const std::lock_guard lock(failing);
      failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t thread = 0; thread < parts; ++thread) others.emplace_back(takeRuns, thread);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace geneglass
