// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/progress.h"

namespace geneglass {

/// Shows progress and the time left as one rewritten line on standard error, when that is a terminal.
OnProgress progressLine();

/// Ends the line, so that what is printed next starts on a fresh one.
void endProgressLine();

}  // namespace geneglass
