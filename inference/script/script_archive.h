// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// The members of a TorchScript archive, as whoever is going to load it sees them.
struct ScriptArchive {
  std::vector<std::string> names;                            ///< without the archive's own folder
  std::function<std::string(const std::string& name)> read;  ///< may throw: unreadable
};

/// Whether a member is read by checkScriptArchive(), and so at most this long: all but tensors.
bool isReadMember(std::string_view name);
inline constexpr size_t kLongestReadMember = size_t(64) << 20;

/// Reads an archive's code and its instructions for making objects, and runs nothing of it
/// (script_source.h, script_pickle.h). Errors, to follow "...: ": a member, and what it does that no encoder
/// needs.
Result<void> checkScriptArchive(const ScriptArchive& archive);

}  // namespace geneglass
