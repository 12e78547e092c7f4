// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// First in main(): a stream that is closed is never another file's place, and a full pipe or file is an
/// error of whoever writes, not this program's end.
void holdStreams();

/// Whether somebody reads it as it comes.
bool saysToTerminal();

/// To standard error, and on; where that cannot be written, nobody can be told.
void say(std::string_view text);

/// Last in main(): all that was printed is out. The error is a sentence.
Result<void> finishOutput();

}  // namespace geneglass
