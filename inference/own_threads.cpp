// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/own_threads.h"

#include <ATen/Parallel.h>
#include <omp.h>

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace geneglass {

void inOwnThreads(size_t count, int threads, const std::function<void(size_t begin, size_t end)>& work) {
  const size_t wanted = threads > 0 ? static_cast<size_t>(threads) : std::thread::hardware_concurrency();
  const size_t parts = std::min(count, std::max<size_t>(1, wanted));
  std::vector<std::exception_ptr> failures(parts);
  {
    std::vector<std::jthread> others;
    for (size_t part = 0; part < parts; ++part)
      others.emplace_back([&, part] {
        try {
          at::get_num_threads();   // LibTorch sets the thread up on its first question, so it comes first
          omp_set_num_threads(1);  // of this thread only
          work(part * count / parts, (part + 1) * count / parts);
        } catch (...) {
          failures[part] = std::current_exception();
        }
      });
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace geneglass
