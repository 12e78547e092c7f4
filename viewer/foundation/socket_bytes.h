// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace geneglass {

/// All of them, over an end of connectedPair(). False where the other has gone.
bool sendBytes(int file, const void* bytes, size_t count);
bool receiveBytes(int file, void* bytes, size_t count);

}  // namespace geneglass
