// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/eye_first.h"

namespace geneglass {

void EyeFirst::startWaiting() {
  const std::lock_guard lock(m_mutex);
  ++m_waiting;
}

void EyeFirst::stopWaiting() {
  const std::lock_guard lock(m_mutex);
  if (--m_waiting == 0) m_changed.notify_all();
}

void EyeFirst::giveWay(const std::stop_token& stop, std::chrono::milliseconds longest) {
  std::unique_lock lock(m_mutex);
  m_changed.wait_for(lock, stop, longest, [this] { return m_waiting == 0; });
}

}  // namespace geneglass
