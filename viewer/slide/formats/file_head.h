// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/tiff/positioned_file.h"
#include "viewer/slide/formats/tiff/tiff_directories.h"

namespace geneglass {

/// What is read of a file once, before a driver is asked, and handed to each of them. Any thread.
struct FileHead {
  std::filesystem::path path;
  std::shared_ptr<const PositionedFile> file;  ///< open; null where `path` is a folder
  TiffHead tiff;                               ///< empty where the file is no TIFF
};

/// Blocks on the disk. Errors: the file cannot be opened; a TIFF of too many directories, or with a
/// description that is too long or too deep.
Result<FileHead> readFileHead(const std::filesystem::path& path);

}  // namespace geneglass
