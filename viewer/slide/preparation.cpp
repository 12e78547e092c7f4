// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/preparation.h"

namespace geneglass {

double Preparation::share() const {
  const std::lock_guard lock(m_mutex);
  return m_share;
}

bool Preparation::hasEnded() const {
  const std::lock_guard lock(m_mutex);
  return m_ended;
}

bool Preparation::wait(const std::stop_token& stop) const {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, stop, [this] { return m_ended || m_abandoned; });
  return m_ended && !m_abandoned;
}

void Preparation::abandon() {
  const std::lock_guard lock(m_mutex);
  m_abandoned = true;
  m_changed.notify_all();
}

bool Preparation::isAbandoned() const {
  const std::lock_guard lock(m_mutex);
  return m_abandoned;
}

void Preparation::advance(double share) {
  const std::lock_guard lock(m_mutex);
  m_share = share;
  ++m_steps;
  m_changed.notify_all();
}

void Preparation::end() {
  const std::lock_guard lock(m_mutex);
  m_share = 1;
  m_ended = true;
  m_changed.notify_all();
}

}  // namespace geneglass
