// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/spare_processors.h"

namespace geneglass {

SpareProcessors::Turn SpareProcessors::urgent(SpareProcessors* of, int processors) {
  if (of) {
    const std::scoped_lock lock(of->m_mutex);
    of->m_taken += processors;
  }
  return {of, processors};
}

SpareProcessors::Turn SpareProcessors::spare(SpareProcessors* of) {
  if (of) {
    std::unique_lock lock(of->m_mutex);
    of->m_idle.wait(lock, [of] { return of->m_taken < of->m_processors; });
    ++of->m_taken;
  }
  return {of, 1};
}

SpareProcessors::Turn::~Turn() {
  if (!m_of) return;
  {
    const std::scoped_lock lock(m_of->m_mutex);
    m_of->m_taken -= m_processors;
  }
  m_processors > 1 ? m_of->m_idle.notify_all() : m_of->m_idle.notify_one();
}

}  // namespace geneglass
