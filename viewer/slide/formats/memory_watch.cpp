// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/memory_watch.h"

#include <cerrno>

#include "viewer/slide/read_refusal.h"

namespace geneglass {

static thread_local MemoryWatch* watchOfThread = nullptr;

MemoryWatch::MemoryWatch() {
  watchOfThread = this;
  errno = 0;
}

MemoryWatch::~MemoryWatch() {
  watchOfThread = nullptr;
}

void MemoryWatch::hear(const std::string& words) {
  if (!watchOfThread) return;
  if (errno == ENOMEM || refusalIn(words, {}) == ReadRefusal::Memory) watchOfThread->m_wasRefused = true;
}

}  // namespace geneglass
