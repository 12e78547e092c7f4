// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace geneglass::testing {

/// All frames of a file in JPEG as DCMTK's own decoder makes them: red, green and blue of each pixel, row by
/// row, frame by frame. Fails the program where DCMTK does.
std::vector<uint8_t> framesByDcmtk(const std::filesystem::path& file);

}  // namespace geneglass::testing
