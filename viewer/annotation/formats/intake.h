// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "viewer/annotation/annotation_dialect.h"
#include "viewer/annotation/formats/remarks.h"

namespace geneglass {

/// Gathers what a file holds: takes what can be drawn, tidies it, counts what it leaves out. One thread.
class Intake final {
 public:
  /// `slide` may be null, else outlives it.
  Intake(std::filesystem::path file, const AnnotationDialect& dialect, const SlideFrame* slide);

  Remarks remarks;

  /// The first colour a class is given counts.
  void addClass(const std::string& name, std::optional<uint32_t> colour);

  /// Points that follow themselves are dropped, texts made UTF-8; a shape of too few points, or with
  /// coordinates that are none, is left out and counted.
  void add(Annotation annotation);

  /// What came in; an error where nothing did. Ids that are not unique are taken away.
  Result<ReadAnnotations> finish();

 private:
  bool tidy(Shape& shape);
  void dropSharedIds();

  std::filesystem::path m_file;
  const SlideFrame* m_slide;
  ReadAnnotations m_read;
  std::unordered_map<std::string, uint32_t> m_colours;
};

}  // namespace geneglass
