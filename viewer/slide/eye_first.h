// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace geneglass {

/// The eye goes first: who reads a slide in the background gives way while a viewer waits for its tiles. Any
/// thread.
class EyeFirst final {
 public:
  void startWaiting();  ///< a viewer waits from now on; each ends with a stopWaiting()
  void stopWaiting();

  /// Blocks while a viewer waits, but at most so long, that the background gets on under the most restless
  /// eye; less when stopped.
  void giveWay(const std::stop_token& stop,
               std::chrono::milliseconds longest = std::chrono::milliseconds(100));

 private:
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  int m_waiting = 0;
};

}  // namespace geneglass
