// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_content.h"

#include <algorithm>
#include <utility>

namespace geneglass {

void CaseContent::add(const CaseChanges& changes) {
  for (const CaseStep& step : changes.steps) {
    while (!steps.empty() && steps.back().number != step.parent) steps.pop_back();
    steps.push_back(step);
  }
  head = changes.head;
  for (const auto& [key, value] : changes.entries) {
    if (value.empty())
      entries.erase(key);
    else
      entries[key] = value;
  }
}

AnnotationSetPtr annotationsAt(const CaseContent& content) {
  std::vector<AnnotationPtr> all = content.base.all;
  std::vector<AnnotationClass> classes = content.base.classes;
  for (const CaseStep& step : content.steps) {
    if (step.parent == content.head) break;
    const AnnotationDifference& difference = *step.difference;
    all = listChangedBy(std::move(all), difference);
    if (difference.classesBefore != difference.classesAfter) classes = difference.classesAfter;
  }
  AnnotationDifference fromNothing;
  fromNothing.classesAfter = std::move(classes);
  fromNothing.changes.reserve(all.size());
  for (size_t place = 0; place < all.size(); ++place)
    fromNothing.changes.push_back({nullptr, std::move(all[place]), 0, place});
  return AnnotationSet().changedBy(fromNothing);
}

}  // namespace geneglass
