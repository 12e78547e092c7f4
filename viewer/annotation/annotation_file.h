// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "viewer/annotation/annotation_dialect.h"

namespace geneglass {

/// The frame of an opened slide. Reads the file once more where it is an NDPI; blocks on the disk then.
SlideFrame frameOf(const Slide& slide);

/// All there are, in the order in which they are asked whether a file is theirs.
std::span<const AnnotationDialect> annotationDialects();

/// Reads a file of any dialect. `slide` may be null where the dialect places its points without it. Errors
/// name the file and the reason; a file of which nothing can come in is an error. Any thread.
Result<ReadAnnotations> readAnnotations(const std::filesystem::path& file, const SlideFrame* slide);

/// Writes whole or not at all. `dialect` is a key; errors name the file and the reason. Any thread.
Result<WrittenAnnotations> writeAnnotations(const AnnotationSet& set, const std::string& dialect,
                                            const std::filesystem::path& file, const SlideFrame* slide);

}  // namespace geneglass
