// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace geneglass {

// The rule by which a file of few bytes that claims to unpack to many is a trap for the memory and not read:
// up to 64 MiB anything may be claimed; beyond, so many times what the file holds.
constexpr uint64_t kPackedCounts = 400;  ///< that are mostly 0 pack to a tenth or a fiftieth
constexpr uint64_t kPackedFloats = 16;   ///< of a network pack to hardly less than they are

/// Whether `claimed` bytes may come out of `held` packed ones.
bool isBelievable(uint64_t claimed, uint64_t held, uint64_t mostPacked = kPackedCounts);

/// The words against what is not: "claims 4096 MiB, of which the file holds 2 KiB".
std::string disbeliefOf(uint64_t claimed, uint64_t held);

/// Why a long file is not read of which hardly anything lies on the disk: "claims ...". Empty where it is,
/// and where there is no such file.
std::string whyHollow(const std::filesystem::path& file);

}  // namespace geneglass
