// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/memory_watch.h"

#include <cerrno>
#include <new>

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

void MemoryWatch::hear(const char* words) noexcept {
  if (!watchOfThread) return;
  bool& refused = watchOfThread->m_wasRefused;
  try {
    refused = refused || errno == ENOMEM || refusalIn(words, {}) == ReadRefusal::Memory;
  } catch (const std::bad_alloc&) {
    refused = true;
  }
}

}  // namespace geneglass
