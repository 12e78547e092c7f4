// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A file that an encoder learns tiles of.
struct TileFile {
  std::filesystem::path file;
  bool isPicture = false;  ///< one tile, whole; else a slide
};

/// The slides of each folder (in any format that openSlide opens) by name, its PNG or JPEG pictures where it
/// has no slide; a file is itself. The error names a folder without either.
Result<std::vector<TileFile>> listTileFiles(std::span<const std::filesystem::path> sources);

/// The slides of folders made by `synth`, by name: those with a NAME.truth.h5. The error names a folder
/// without.
Result<std::vector<std::filesystem::path>> listSyntheticSlides(
    std::span<const std::filesystem::path> folders);

/// By its name: .png, .jpg or .jpeg.
bool isPlainImage(const std::filesystem::path& file);

}  // namespace geneglass
