// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <span>

namespace geneglass::fuzzing {

/// Changes what an HDF5 file says of itself: a number behind one of the marks of its parts.
void damageHdf5(std::span<uint8_t> bytes, std::mt19937& chance);

/// False where HDF5 ends the process that goes over the file, or leads it round and round. Fuzzing needs many
/// answers: a tenth of a second of the processor, where the program waits longer.
bool hdf5BearsIt(const std::filesystem::path& file);

/// The check sums of the superblock and of object headers (versions 2), so that HDF5 reads on.
void mendHdf5(std::span<uint8_t> bytes);

}  // namespace geneglass::fuzzing
