// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

namespace geneglass {

/// Calls work(0) ... work(count - 1), each once, on up to `threads` threads, the caller's among them, in no
/// order. Returns false where `stop` was asked for before all were done. An exception of `work` ends the
/// others and is thrown here.
bool parallelFor(int64_t count, int threads, std::stop_token stop, const std::function<void(int64_t)>& work);

/// `asked` where positive, else the processors that this process may use (machine.h).
int threadCount(int asked);

}  // namespace geneglass
