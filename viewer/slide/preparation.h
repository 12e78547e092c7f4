// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace geneglass {

/// How far a source is with what it does once, behind its readers, before it can give every tile at once: a
/// plain picture is cut into tiles. Any thread.
class Preparation final {
 public:
  double share() const;  ///< of the work that is done, 0..1
  bool hasEnded() const;
  /// Blocks until it has ended, well or not. False where stopped before, or abandoned.
  bool wait(const std::stop_token& stop) const;
  /// The slide is being closed: the work ends early, and all who wait for it, now or later, are sent away.
  void abandon();
  bool isAbandoned() const;

  /// For the one who does the work: it has come so far; what waits for a part of it looks again.
  void advance(double share);
  void end();
  /// Blocks until `isThere`, asked under no lock of this object's, or the end. False where abandoned.
  template <typename Ask>
  bool waitFor(const Ask& isThere) const {
    std::unique_lock lock(m_mutex);
    while (!m_abandoned && !m_ended) {
      const uint64_t seen = m_steps;
      lock.unlock();
      if (isThere()) return true;
      lock.lock();
      m_changed.wait(lock, [&] { return m_steps != seen || m_abandoned || m_ended; });
    }
    return !m_abandoned;
  }

 private:
  mutable std::mutex m_mutex;
  mutable std::condition_variable_any m_changed;
  uint64_t m_steps = 0;
  double m_share = 0;
  bool m_ended = false;
  bool m_abandoned = false;
};

}  // namespace geneglass
