// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// From now on a library that gives up (it aborts, exits, or reads what it was refused, mostly for want of
/// memory) ends the program with a sentence and status 1; where core files are wanted (ulimit -c), what
/// aborts or crashes does so as ever. Before there are threads. The program itself ends by leaveAtOnce().
void sayLastWords();

/// Ends the program once its output is written, without what libraries do at the end: after a refusal of
/// memory HDF5 frees there what it has freed before.
[[noreturn]] void leaveAtOnce(int status);

}  // namespace geneglass
