// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

namespace geneglass::testing {

/// The calling thread, as the kernel numbers it.
inline pid_t ownThread() {
  return ::gettid();
}

/// Whether a thread of this process sleeps: it waits for a lock, an event or another thread.
inline bool isAsleep(pid_t thread) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/stat");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const size_t name = text.rfind(')');  // which may hold anything
  return name != std::string::npos && text.substr(name, 3) == ") S";
}

inline void waitUntilAsleep(pid_t thread) {
  while (!isAsleep(thread)) std::this_thread::yield();
}

}  // namespace geneglass::testing
