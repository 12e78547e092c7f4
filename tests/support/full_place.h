// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>

#include <csignal>

namespace geneglass::testing {

/// While it lives, every file this process writes ends after so many bytes, as on a full disk, but with "File
/// too large" for a reason. Needs no rights.
class FullPlace final {
 public:
  explicit FullPlace(rlim_t bytes) : m_signal(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &m_before);
    const rlimit limit{bytes, m_before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullPlace() {
    setrlimit(RLIMIT_FSIZE, &m_before);
    std::signal(SIGXFSZ, m_signal);
  }
  FullPlace(const FullPlace&) = delete;
  FullPlace& operator=(const FullPlace&) = delete;

 private:
  rlimit m_before{};
  void (*m_signal)(int);
};

}  // namespace geneglass::testing
