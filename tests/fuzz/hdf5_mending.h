// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace geneglass::fuzzing {

/// Changes what an HDF5 file says of itself: a number behind one of the marks of its parts.
void damageHdf5(std::span<uint8_t> bytes, std::mt19937& chance);

/// The check sums of the superblock and of object headers (versions 2), so that HDF5 reads on.
void mendHdf5(std::span<uint8_t> bytes);

}  // namespace geneglass::fuzzing
