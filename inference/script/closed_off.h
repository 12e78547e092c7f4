// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "viewer/foundation/result.h"

namespace geneglass {

/// From now on this process opens no file, for reading or for writing, reaches no network and no other
/// process, starts none, and takes at most `mostBytes` of memory: it computes, and talks over what is open
/// already. All its threads, those of libraries too; for good. By the kernel's seccomp, and by Landlock where
/// it has that. Errors, to follow "...: ": a kernel or a processor that cannot.
Result<void> closeOff(uint64_t mostBytes);

}  // namespace geneglass
