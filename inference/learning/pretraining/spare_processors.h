// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

namespace geneglass {

/// Lets work that is made ahead run on the processors that urgent work leaves idle: small pieces of it wait
/// where all are taken, urgent work never does. Any thread; must outlive its turns.
class SpareProcessors final {
 public:
  explicit SpareProcessors(int processors) : m_processors(processors) {}

  /// Some processors of `of`, taken until it ends; none where `of` is null.
  class Turn final {
   public:
    Turn(SpareProcessors* of, int processors) : m_of(of), m_processors(processors) {}
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    SpareProcessors* const m_of;
    const int m_processors;
  };

  /// At once, even where none is idle.
  [[nodiscard]] static Turn urgent(SpareProcessors* of, int processors = 1);
  /// Waits for an idle one; the piece should take about a millisecond.
  [[nodiscard]] static Turn spare(SpareProcessors* of);

  int processors() const { return m_processors; }

 private:
  const int m_processors;
  std::mutex m_mutex;
  std::condition_variable m_idle;
  int m_taken = 0;
};

}  // namespace geneglass
