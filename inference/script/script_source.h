// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What an archive's own code declares: classes, functions, methods, attributes. Added to by declaredIn().
using ScriptNames = std::set<std::string, std::less<>>;

/// Adds what this code declares. Nothing is judged.
void addDeclaredNames(std::string_view code, ScriptNames& names);

/// Reads the code of a TorchScript archive, and runs none of it: every operator it calls is one of
/// isTensorOperator() and isPrimitive(), everything else it calls is declared in the archive, and nothing
/// runs while it is loaded (`__setstate__` and its like). Errors, to follow "...: it ": what it does that no
/// encoder needs: "calls 'torch.save'".
Result<void> checkScriptSource(std::string_view code, const ScriptNames& declared);

}  // namespace geneglass
