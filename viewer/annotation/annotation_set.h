// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/annotation/annotation.h"

namespace geneglass {

using AnnotationPtr = std::shared_ptr<const Annotation>;

/// One annotation that came, went, or was replaced by one of its id. Places count in drawing order, in the
/// set before and after.
struct AnnotationChange {
  AnnotationPtr before;  ///< null where it came
  AnnotationPtr after;   ///< null where it went
  size_t placeBefore = 0;
  size_t placeAfter = 0;
};

/// What differs between two sets of one slide: a step of undo, a line of the journal, what must be drawn
/// anew.
struct AnnotationDifference {
  std::vector<AnnotationChange> changes;
  std::vector<AnnotationClass> classesBefore;  ///< both empty where the classes are the same
  std::vector<AnnotationClass> classesAfter;
  bool isEmpty() const { return changes.empty() && classesBefore == classesAfter; }
};
AnnotationDifference reversed(AnnotationDifference difference);

/// All annotations of a slide. Immutable: an edit makes a new set that shares what stayed. Any thread.
class AnnotationSet final {
 public:
  AnnotationSet();
  /// An annotation whose id is empty or taken already gets a fresh one. A class that annotations name and
  /// `classes` lacks is added in `colourForClass`.
  AnnotationSet(std::vector<AnnotationClass> classes, std::vector<Annotation> annotations);
  ~AnnotationSet();

  const std::vector<AnnotationClass>& classes() const { return m_classes; }
  const std::vector<AnnotationPtr>& all() const { return m_all; }  ///< in drawing order, the first lowest
  AnnotationPtr find(std::string_view id) const;                   ///< null where there is none

  /// The colour it is drawn in, opaque 0xAARRGGBB: its own, its class's, or that of what has no class.
  uint32_t colourOf(const Annotation& annotation) const;

  /// Level-0 pixels, of each of all().
  const std::vector<Rect>& bounds() const;

  /// Those whose bounds touch `area` (level-0 pixels), in drawing order; their places in all().
  std::vector<size_t> placesWithin(const Rect& area) const;
  std::vector<AnnotationPtr> within(const Rect& area) const;
  size_t countWithin(const Rect& area, size_t most) const;  ///< how many; it counts no further than `most`

  /// What a click at `point` means: the topmost line, edge or place no further than `reach` (level-0 pixels),
  /// else the smallest area around the point. Null where there is none.
  AnnotationPtr at(Point point, double reach) const;

  /// Each given annotation takes the place of the one of its id, or comes on top (with a fresh id where it
  /// has none). Classes it names are added.
  std::shared_ptr<const AnnotationSet> with(std::vector<Annotation> changed) const;
  std::shared_ptr<const AnnotationSet> without(const std::vector<std::string>& ids) const;
  /// A class of that name gets this colour, or is added.
  std::shared_ptr<const AnnotationSet> withClass(const AnnotationClass& changed) const;
  /// Renames a class everywhere, merging it into one that has the new name already; an empty new name leaves
  /// its annotations without a class.
  std::shared_ptr<const AnnotationSet> withClassRenamed(std::string_view from, const std::string& to) const;
  /// The set after what was found by differenceOf(*this, that set).
  std::shared_ptr<const AnnotationSet> changedBy(const AnnotationDifference& difference) const;

 private:
  struct Index;
  /// Shares what it can of the other's index, so that one edit among 100,000 costs little.
  AnnotationSet(const AnnotationSet& before, std::vector<AnnotationClass> classes,
                std::vector<AnnotationPtr> all);
  void indexAll();
  void addClass(const std::string& name);

  std::vector<AnnotationClass> m_classes;
  std::vector<AnnotationPtr> m_all;
  std::shared_ptr<const Index> m_index;
};

using AnnotationSetPtr = std::shared_ptr<const AnnotationSet>;

/// What leads from one set to the other. An annotation that is the same pointer in both is not looked at.
AnnotationDifference differenceOf(const AnnotationSet& before, const AnnotationSet& after);

/// What AnnotationSet::changedBy does to all(), without an index: for many steps in a row.
std::vector<AnnotationPtr> listChangedBy(std::vector<AnnotationPtr> all,
                                         const AnnotationDifference& difference);

}  // namespace geneglass
