// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/exit_watch.h"

#include <cstdlib>

namespace geneglass {

ExitWatch::ExitWatch(int status, std::chrono::milliseconds patience)
    : m_thread([this, status, patience](std::stop_token stop) {
        std::unique_lock lock(m_mutex);
        m_ended.wait_for(lock, stop, patience, [] { return false; });
        if (!stop.stop_requested()) std::_Exit(status);
      }) {}

}  // namespace geneglass
