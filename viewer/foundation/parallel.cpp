// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "viewer/foundation/machine.h"

namespace geneglass {
namespace {

/// What the threads of one call share.
struct Share {
  std::atomic<int64_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  std::exception_ptr failure;
};

void takeAll(Share& share, int64_t count, const std::stop_token& stop,
             const std::function<void(int64_t)>& work) {
  try {
    while (!stop.stop_requested() && !share.failed) {
      const int64_t index = share.next++;
      if (index >= count) return;
      work(index);
    }
  } catch (...) {
    const std::scoped_lock lock(share.mutex);
    share.failure = std::current_exception();
    share.failed = true;
  }
}

}  // namespace

bool parallelFor(int64_t count, int threads, std::stop_token stop, const std::function<void(int64_t)>& work) {
  Share share;
  {
    std::vector<std::jthread> others;
    const int64_t wanted = std::min<int64_t>(threads, count);
    for (int64_t i = 1; i < wanted; ++i) others.emplace_back([&] { takeAll(share, count, stop, work); });
    takeAll(share, count, stop, work);
  }
  if (share.failure) std::rethrow_exception(share.failure);
  return !stop.stop_requested();
}

int threadCount(int asked) {
  return asked > 0 ? asked : thisMachine().processors;
}

}  // namespace geneglass
