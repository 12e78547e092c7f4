// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace geneglass {

/// Goes over what an HDF5 file says of itself, as whoever reads it will have to: names, attributes, texts,
/// where the parts of its datasets lie; of large numbers not the numbers. HDF5 1.10 ends the program on some
/// damage, so this is for a process that may end (file_probe.h). Says nothing: what can be said, says who
/// reads the file next.
void tourHdf5(const std::filesystem::path& file);

/// What HDF5 sets up before its first file, for a process that forks those that tour.
void prepareHdf5Tours();

}  // namespace geneglass
