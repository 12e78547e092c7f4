// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace geneglass::testing {

/// Reads a file as a command of the program would; its sentence where it is refused, else what was read, in a
/// few words.
using CaseReader = std::function<std::string(const std::filesystem::path& file)>;
const std::map<std::string, CaseReader>& caseReaders();

/// What came of a reader that ran in a process of its own.
struct CaseOutcome {
  std::string said;       ///< or how the process ended
  double seconds = 0;     ///< of the processor
  int64_t mebibytes = 0;  ///< of memory, at most
};
CaseOutcome runCase(const CaseReader& reader, const std::filesystem::path& file);

/// Puts a sound input into a folder: one that is made, a file of inputs/, of the real data ("@slides/a.svs"),
/// or an empty one ("=a.csv"). "model/manifest.json" is a file of an input that is a folder. The file, or
/// nothing where the real data are not there.
std::filesystem::path putInput(const std::string& name, const std::filesystem::path& folder);

}  // namespace geneglass::testing
