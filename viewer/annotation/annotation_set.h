// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/annotation/annotation.h"

namespace geneglass {

using AnnotationPtr = std::shared_ptr<const Annotation>;

/// All annotations of a slide. Immutable: an edit makes a new set that shares what stayed, so undo is the
/// former pointer. Any thread.
class AnnotationSet final {
 public:
  AnnotationSet();
  /// An annotation whose id is empty or taken already gets a fresh one. A class that annotations name and
  /// `classes` lacks is added in a colour made from its name.
  AnnotationSet(std::vector<AnnotationClass> classes, std::vector<Annotation> annotations);
  ~AnnotationSet();

  const std::vector<AnnotationClass>& classes() const { return m_classes; }
  const std::vector<AnnotationPtr>& all() const { return m_all; }  ///< in drawing order, the first lowest
  AnnotationPtr find(std::string_view id) const;                   ///< null where there is none

  /// The colour it is drawn in: its own, its class's, or that of what has no class.
  uint32_t colourOf(const Annotation& annotation) const;

  /// Those whose bounds touch `area` (level-0 pixels), in drawing order.
  std::vector<AnnotationPtr> within(const Rect& area) const;

  /// The topmost annotation that a click at `point` means: a line or place no further than `reach` (level-0
  /// pixels), or else the smallest area around the point. Null where there is none.
  AnnotationPtr at(Point point, double reach) const;

  /// Edits. Each given annotation takes the place of the one of its id, or comes on top.
  std::shared_ptr<const AnnotationSet> with(std::vector<Annotation> changed) const;
  std::shared_ptr<const AnnotationSet> without(const std::vector<std::string>& ids) const;
  /// A class of that name gets this colour, or is added.
  std::shared_ptr<const AnnotationSet> withClass(AnnotationClass changed) const;
  /// Renames a class everywhere; an empty new name leaves its annotations without a class.
  std::shared_ptr<const AnnotationSet> withClassRenamed(std::string_view from, std::string to) const;

 private:
  struct Index;
  void indexAll();
  void addClass(std::string_view name);

  std::vector<AnnotationClass> m_classes;
  std::vector<AnnotationPtr> m_all;
  std::shared_ptr<const Index> m_index;
};

using AnnotationSetPtr = std::shared_ptr<const AnnotationSet>;

/// What differs between two sets of one slide, for a journal and for what must be drawn anew. An annotation
/// that is the same pointer in both is not looked at.
struct AnnotationDifference {
  std::vector<AnnotationPtr> removed;  ///< of `before`, also where an edit replaced it
  std::vector<AnnotationPtr> added;    ///< of `after`, also where it replaces one
  bool classesChanged = false;
};
AnnotationDifference differenceOf(const AnnotationSet& before, const AnnotationSet& after);

}  // namespace geneglass
