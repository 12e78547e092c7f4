// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "viewer/foundation/parallel.h"

namespace geneglass {

/// All processors but one, which is left to the window.
inline int threadsBesideWindow(int asked = 0) {
  return std::max(1, threadCount(asked) - 1);
}

/// Runs jobs one after another on a thread of its own: the border where the exceptions of a background job
/// end. The destructor drops those that wait and joins. Any thread may add.
class JobThread final {
 public:
  using Job = std::function<void()>;
  /// Called in the job's place, on its thread, where it threw: "there is not enough memory".
  using OnError = std::function<void(const std::string& reason)>;

  JobThread();
  ~JobThread();
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;

  /// An empty `onError`: without the job's result nothing is missed that would have to be told.
  void add(Job job, OnError onError);

 private:
  struct Waiting {
    Job job;
    OnError onError;
  };
  static void run(const Waiting& next);
  void work(std::stop_token stop);

  std::mutex m_mutex;
  std::condition_variable_any m_added;
  std::deque<Waiting> m_jobs;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
