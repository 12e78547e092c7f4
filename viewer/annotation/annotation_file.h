// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// What a dialect must know of the slide to place its points; all level 0.
struct SlideFrame {
  Size size;  ///< pixels
  std::optional<Mpp> mpp;
  Point boundsOffset;               ///< where the scanned part begins (MIRAX); some programs count from there
  std::optional<Point> scanCentre;  ///< nanometres: NDPI's XOffsetFromSlideCentre, YOffset...; for NDPA
};

/// What a file held, and what of it could not come in.
struct ReadAnnotations {
  std::string dialect;  ///< "QuPath GeoJSON"
  std::vector<AnnotationClass> classes;
  std::vector<Annotation> annotations;
  /// One line each, counted: "3 with fewer than three points were left out." Mended things are said too.
  std::vector<std::string> remarks;
};

/// What a dialect could not hold, one line each: "2 angles were written as lines."
struct WrittenAnnotations {
  std::vector<std::string> remarks;
};

/// One dialect; its file ends in its own row.
struct AnnotationDialect {
  const char* key;        ///< as in `--to`: geojson, asap, imagescope, histomics, ndpa
  const char* name;       ///< for people
  const char* extension;  ///< of files it writes, with the dot
  /// Whether the beginning of a file (up to 4,096 bytes) is this dialect's.
  bool (*knows)(std::string_view head);
  Result<ReadAnnotations> (*read)(const std::filesystem::path& file, const SlideFrame* slide);
  /// Text of the file; fails where the dialect needs a slide and none is given.
  struct Text {
    std::string text;
    std::vector<std::string> remarks;
  };
  Result<Text> (*write)(const AnnotationSet& set, const SlideFrame* slide);
};
std::span<const AnnotationDialect> annotationDialects();

/// Reads a file of any dialect. `slide` may be null where the dialect places its points without it. Errors
/// name the file and the reason; a file of which nothing can come in is an error. Any thread.
Result<ReadAnnotations> readAnnotations(const std::filesystem::path& file, const SlideFrame* slide);

/// Writes whole or not at all. `dialect` is a key; errors name the file and the reason. Any thread.
Result<WrittenAnnotations> writeAnnotations(const AnnotationSet& set, const std::string& dialect,
                                            const std::filesystem::path& file, const SlideFrame* slide);

}  // namespace geneglass
