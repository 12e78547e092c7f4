// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace geneglass {

/// Runs jobs one after another on a thread of its own. Jobs may not throw. The destructor drops those that
/// wait and joins. Any thread may add.
class JobThread final {
 public:
  JobThread();
  ~JobThread();
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;

  void add(std::function<void()> job);

 private:
  void work(std::stop_token stop);

  std::mutex m_mutex;
  std::condition_variable_any m_added;
  std::deque<std::function<void()>> m_jobs;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
