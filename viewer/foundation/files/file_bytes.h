// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace geneglass {

/// Writes all `count` bytes at `place` of an open file, however often the system interrupts it. The system's
/// errno, or 0. Any thread.
int writeBytesAt(int descriptor, const void* bytes, size_t count, uint64_t place);

/// What was read: fewer than were asked for where the file ends before.
struct ReadBytes {
  size_t count = 0;
  int error = 0;  ///< errno, or 0
};
/// Reads up to `count` bytes at `place` of an open file, however often the system interrupts it. Any thread.
ReadBytes readBytesAt(int descriptor, void* bytes, size_t count, uint64_t place);

}  // namespace geneglass
