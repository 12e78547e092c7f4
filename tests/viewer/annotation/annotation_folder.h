// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <string>

#include "tests/support/test_files.h"
#include "viewer/annotation/annotation_file.h"

/// So that a comparison that fails shows both texts.
template <>
inline char* QTest::toString(const std::string& text) {
  return qstrdup(text.c_str());
}

namespace geneglass::testing {

/// Files of annotations that a test makes; gone with it.
class AnnotationFolder final {
 public:
  std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }

  std::string keep(const std::string& text, const std::string& name = "given.txt") const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  Result<ReadAnnotations> read(const std::string& text, const SlideFrame* slide = nullptr) const {
    return readAnnotations(keep(text), slide);
  }

  /// The text of the set in a dialect, with the remarks behind it; an error's sentence where it fails.
  std::string written(const AnnotationSet& set, const std::string& dialect,
                      const SlideFrame* slide = nullptr) const {
    const auto done = writeAnnotations(set, dialect, path("written"), slide);
    return done ? bytesOfFile(path("written")) : done.error().sentence;
  }

  /// What the set is after it was written and read again.
  Result<ReadAnnotations> through(const AnnotationSet& set, const std::string& dialect,
                                  const SlideFrame* slide = nullptr) const {
    const auto done = writeAnnotations(set, dialect, path("through"), slide);
    if (!done) return tl::unexpected(done.error());
    return readAnnotations(path("through"), slide);
  }

 private:
  QTemporaryDir m_folder;
};

/// "Polygon 4+3, Polygon 5 | Path 2": kinds and numbers of points, in one line.
inline std::string kindOf(const Shape& shape) {
  if (const auto* area = std::get_if<Area>(&shape)) {
    std::vector<std::string> parts;
    for (const Polygon& part : area->parts) {
      std::string text = fmt::format("Polygon {}", part.outer.size());
      for (const Ring& hole : part.holes) text += fmt::format("+{}", hole.size());
      parts.push_back(text);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }
  if (std::holds_alternative<Ellipse>(shape)) return "Ellipse";
  if (const auto* path = std::get_if<Path>(&shape)) return fmt::format("Path {}", path->points.size());
  if (std::holds_alternative<Angle>(shape)) return "Angle";
  return fmt::format("Places {}", std::get<Places>(shape).points.size());
}

inline std::string kindsOf(const Result<ReadAnnotations>& read) {
  if (!read) return read.error().sentence;
  std::vector<std::string> kinds;
  for (const Annotation& annotation : read->annotations) kinds.push_back(kindOf(annotation.shape));
  return fmt::format("{}", fmt::join(kinds, " | "));
}

inline std::string remarksOf(const Result<ReadAnnotations>& read) {
  return read ? fmt::format("{}", fmt::join(read->remarks, "\n")) : read.error().sentence;
}

inline std::string classesOf(const Result<ReadAnnotations>& read) {
  std::string text;
  if (read)
    for (const AnnotationClass& one : read->classes) text += fmt::format("{} {:08x};", one.name, one.colour);
  return text;
}

}  // namespace geneglass::testing
