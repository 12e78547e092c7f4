// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Whether a slide's file is still the one that was opened; a slide of no file is. Errors: those of
/// checkUnchanged() of its file. Any thread.
Result<void> checkUnchanged(const OpenedSlide& opened);

/// The same, and whether the file can be read, so that what could not be read of it is damage and no disk or
/// share that fails: some libraries tell the two not apart. Reads a byte at places all over the file; what
/// fails between them is not noticed. Any thread.
Result<void> checkReadable(const OpenedSlide& opened);

}  // namespace geneglass
