// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/file_stamp.h"
#include "viewer/slide/slide.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// An opened slide: its facts and the one who reads its tiles. Copies share both.
struct OpenedSlide {
  std::shared_ptr<const Slide> slide;
  std::shared_ptr<const TileSource> source;
  std::optional<FileStamp> stamp =
      {};  ///< of the file that `slide` was told of and hashed from; none: no file
};

/// What can be said of a place before it is opened: there is nothing, it is no regular file (a pipe would be
/// waited on for ever), it may not be read. Blocks on the disk, but never on a pipe or a device.
Result<void> checkSlideFile(const std::filesystem::path& file);

/// Opens a whole-slide image with the first driver of the table in open_slide.cpp that takes it. Blocks on
/// the disk. `userMpp` (micrometres per level-0 pixel) replaces what the file says. Errors: those of
/// checkSlideFile, a format no driver reads, a damaged file, one that changes meanwhile, pixels that are not
/// square to 1 % by what the file says; each one sentence that names the file.
Result<OpenedSlide> openSlide(const std::filesystem::path& file, std::optional<double> userMpp = {});

/// openSlide() in a process that only tries a file out (slide_probe): nothing is made of the slide behind its
/// readers, and a plain picture is no format, since every process has it read by another (picture_process.h).
Result<OpenedSlide> tryOutSlide(const std::filesystem::path& file, std::optional<double> userMpp = {});

/// The endings of slides' names, with the dot, in lower case, each once. A file of another name may still be
/// a slide: its content decides.
std::vector<std::string_view> slideNameEndings();

/// Whether a file's name ends as a slide's does, in capitals or not; "._a.svs", which macOS leaves beside
/// a.svs on foreign disks, does not.
bool hasSlideName(const std::filesystem::path& file);

/// The slides among files: by their names, and of the instances of one DICOM slide in one folder the first.
/// Reads the beginning of those.
std::vector<std::filesystem::path> slidesAmong(std::vector<std::filesystem::path> files);

}  // namespace geneglass
