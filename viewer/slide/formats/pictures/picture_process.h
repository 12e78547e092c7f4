// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

namespace geneglass {

/// openPicture() in a process of its own, from which the rows come: whatever the library that reads them does
/// to that one, this one goes on. Blocks until the picture is open there. Errors, too: the process crashed,
/// or does not answer. Where it crashes later, the rows that follow are lost, and RowsRead says why. Where
/// there is no other process to be had, openPicture(). `program`: other than the product's, for tests.
/// `mostSeconds`: of the processor, to open it or to read the next rows, after which that process ends.
Result<std::optional<PlainPicture>> openPictureElsewhere(const FileHead& head,
                                                         const std::filesystem::path& program = {},
                                                         double mostSeconds = 60);

/// In that process: opens the picture and gives its rows, over this open file, until the other end closes.
/// What main() returns.
int servePicture(int connection, const std::filesystem::path& file, double mostSeconds);

}  // namespace geneglass
