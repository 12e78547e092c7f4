// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>

#include "tests/app/command_line/command_folder.h"

namespace geneglass::testing {

/// A command with what the system fails it of (faults.h); what is kept goes into the folder's own cache.
inline Variables faulty(const CommandFolder& folder, Variables schedule) {
  schedule["LD_PRELOAD"] = GENEGLASS_FAULTS;
  schedule["FAULTS_COUNTS"] = folder.path("counts");
  schedule.emplace("GENEGLASS_CACHE", folder.path("cache"));
  return schedule;
}

/// Allocations, changes of files, reads: of the last call with a schedule that counts them.
inline std::array<uint64_t, 3> faultCounts(const CommandFolder& folder) {
  std::array<uint64_t, 3> counts{};
  std::ifstream(folder.path("counts"), std::ios::binary).read(reinterpret_cast<char*>(counts.data()), 24);
  return counts;
}

/// Without what an earlier call left.
inline void startAnew(const CommandFolder& folder) {
  for (const char* name : {"out", "cache", "counts"}) std::filesystem::remove_all(folder.path(name));
}

inline bool isSentence(const std::string& said) {
  return said.size() > 10 && said.ends_with('.') && said.find("bad_alloc") == std::string::npos;
}

/// The same genes with the same values, but for the last digits.
inline bool saysTheSame(const nlohmann::json& one, const nlohmann::json& other) {
  if (one["damaged_tiles"] != other["damaged_tiles"] || one["genes"].size() != other["genes"].size())
    return false;
  for (size_t gene = 0; gene < one["genes"].size(); ++gene) {
    const double a = one["genes"][gene]["value"], b = other["genes"][gene]["value"];
    if (!(std::abs(a - b) <= 1e-4 * std::max(1.0, std::abs(a)))) return false;
  }
  return !one["genes"].empty();
}

}  // namespace geneglass::testing
