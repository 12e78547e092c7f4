// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A function of one of the program's own modules, `name`.so in ../lib/geneglass from the program, in the
/// build tree and where it is installed. Loads it when it is first asked for, with all that it needs; it
/// stays. For what takes long to load and few calls need. The error is a reason, no sentence. Any thread.
Result<void*> functionOfModule(const char* name, const char* function);

/// One of the program's own files, ../lib/geneglass/`name` from it, in the build tree and where it is
/// installed.
std::filesystem::path libraryPlace(const std::string& name);

}  // namespace geneglass
