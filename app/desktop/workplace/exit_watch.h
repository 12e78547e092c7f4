// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace geneglass {

/// Lives while the program ends: where that takes longer than `patience` the process ends at once with
/// `status`. A read of a share that does not answer gives its thread back to nobody, and destructors join.
/// What is to be kept must be on disk before.
class ExitWatch final {
 public:
  ExitWatch(int status, std::chrono::milliseconds patience);

 private:
  std::mutex m_mutex;
  std::condition_variable_any m_ended;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
