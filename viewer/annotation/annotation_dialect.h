// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
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
  std::optional<Mpp> mpp = {};
  Point boundsOffset = {};  ///< where the scanned part begins (MIRAX, Leica, Ventana): QuPath counts from
                            ///< there, ASAP, ImageScope and HistomicsUI from the corner of the whole

  /// Nanometres from the centre of the glass (NDPI: XOffsetFromSlideCentre, YOffset...); for NDPA.
  std::optional<Point> scanCentre = {};
};

/// What a file held, and what of it could not come in.
struct ReadAnnotations {
  std::string dialect;  ///< "QuPath GeoJSON"
  std::vector<AnnotationClass> classes;
  std::vector<Annotation> annotations;
  /// One line each, counted: "3 with fewer than three points were left out." Mended things are said too.
  std::vector<std::string> remarks;
};

struct WrittenAnnotations {
  size_t count = 0;  ///< of the set, whole or in part
  /// What the dialect could not hold, one line each: "2 angles were written as lines."
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
  struct Text {
    std::string text;
    WrittenAnnotations written;
  };
  /// Text of the file. Fails with the bare reason where the dialect needs to know more of the slide.
  Result<Text> (*write)(const AnnotationSet& set, const SlideFrame* slide);
};

}  // namespace geneglass
