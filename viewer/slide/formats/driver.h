// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

struct FileHead;

/// What a driver found in a file. It fills the facts that need its format, its own name, the identity
/// (`hash`) and the colour profile; openSlide adds the file and, where the vendor names none, the pixel size.
struct DriverOutcome {
  Slide slide;
  std::shared_ptr<const TileSource> source;
};

/// Nothing where the format is not the driver's own; an Error where it is, but the file cannot be read.
using OpenWithDriver = Result<std::optional<DriverOutcome>> (*)(const FileHead& head);

/// A row of the table in open_slide.cpp.
struct Driver {
  std::span<const std::string_view> nameEndings;  ///< of its files, with the dot, in lower case
  bool takesFolders = false;                      ///< a slide may be a folder
  OpenWithDriver open = nullptr;
};

/// The sentence of every refused file; `reason` comes without a full stop.
inline tl::unexpected<Error> cannotOpen(const std::filesystem::path& file, std::string_view reason) {
  while (!reason.empty() && (reason.back() == '.' || reason.back() == '\n')) reason.remove_suffix(1);
  return fail(fmt::format("Cannot open '{}': {}.", file.string(), reason));
}

}  // namespace geneglass
