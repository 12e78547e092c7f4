// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Which slide a case is of.
struct SlideIdentity {
  std::string name;  ///< of its file, for people
  std::string hash;  ///< Slide::hash
  Size size;         ///< level-0 pixels
};

/// One entry of a case before and after a step; none: there is no such entry.
struct EntryChange {
  std::string key;
  std::optional<std::string> before;
  std::optional<std::string> after;
};

/// A step that can be undone: annotations and classes, or an entry.
struct CaseStep {
  int64_t number = 0;  ///< counts the steps of a case from 1, those too that were undone and forgotten
  int64_t parent = 0;  ///< the step it was made after; CaseBase::number for the first
  std::string what;    ///< in the imperative: "Draw Rectangle"
  std::shared_ptr<const AnnotationDifference> difference;  ///< never null
  std::optional<EntryChange> entry;
};

/// What there was before the first step that can be undone.
struct CaseBase {
  int64_t number = 0;  ///< of the last step folded into it; 0: none
  std::vector<AnnotationClass> classes;
  std::vector<AnnotationPtr> all;  ///< in drawing order
};

/// What happened to a case, for its journal. Entries are texts by name: view, bookmarks, chosen gene...
struct CaseChanges {
  std::vector<CaseStep> steps;  ///< made, in order
  int64_t head = 0;             ///< the step whose outcome is shown now; CaseBase::number for none
  std::map<std::string, std::string> entries;  ///< that changed, as they are now; empty: gone
};

/// All of a case, from its beginning to its last step. Any thread: all it points to is constant.
struct CaseContent {
  SlideIdentity slide;
  CaseBase base;
  std::vector<CaseStep> steps;  ///< each one's parent is the one before
  int64_t head = 0;
  std::map<std::string, std::string> entries;

  void add(const CaseChanges& changes);  ///< steps that were undone are forgotten where a new one comes
};

/// The annotations of `content` at its head.
AnnotationSetPtr annotationsAt(const CaseContent& content);

}  // namespace geneglass
