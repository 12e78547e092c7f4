// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case.h"

#include <algorithm>
#include <utility>

#include "viewer/annotation/class_colours.h"

namespace geneglass {
namespace {

const char* const kViewKey = "view";
const char* const kBookmarksKey = "bookmarks";

std::optional<EntryChange> reversed(std::optional<EntryChange> change) {
  if (change) std::swap(change->before, change->after);
  return change;
}

}  // namespace

Case::Case(QObject* parent) : QObject(parent) {
  begin({});
}

Case::~Case() = default;

void Case::begin(const SlideIdentity& slide) {
  m_content = {};
  m_content.slide = slide;
  m_content.base.classes = usualClasses();
  m_done = 0;
  m_lastNumber = 0;
  m_annotations = annotationsAt(m_content);
  Q_EMIT annotationsChanged();
  Q_EMIT entriesChanged();
}

int64_t Case::headBefore(size_t done) const {
  return done == 0 ? m_content.base.number : m_content.steps[done - 1].number;
}

void Case::add(CaseStep step) {
  step.number = ++m_lastNumber;
  step.parent = headBefore(m_done);
  CaseChanges changes{{step}, step.number, {}};
  if (step.entry) changes.entries[step.entry->key] = step.entry->after.value_or("");
  m_content.add(changes);
  m_done = m_content.steps.size();
  Q_EMIT changed(changes);
}

void Case::change(AnnotationSetPtr next, const QString& what) {
  AnnotationDifference difference = differenceOf(*m_annotations, *next);
  if (difference.isEmpty()) return;
  m_annotations = std::move(next);
  add({0, 0, what.toStdString(), std::make_shared<const AnnotationDifference>(std::move(difference)), {}});
  Q_EMIT annotationsChanged();
}

QString Case::undoText() const {
  return canUndo() ? QString::fromStdString(m_content.steps[m_done - 1].what) : QString();
}

QString Case::redoText() const {
  return canRedo() ? QString::fromStdString(m_content.steps[m_done].what) : QString();
}

void Case::undo() {
  if (!canUndo()) return;
  const CaseStep& step = m_content.steps[--m_done];
  apply(geneglass::reversed(*step.difference), reversed(step.entry));
}

void Case::redo() {
  if (!canRedo()) return;
  const CaseStep& step = m_content.steps[m_done++];
  apply(*step.difference, step.entry);
}

void Case::apply(const AnnotationDifference& difference, const std::optional<EntryChange>& entry) {
  CaseChanges changes{{}, headBefore(m_done), {}};
  if (entry) changes.entries[entry->key] = entry->after.value_or("");
  m_content.add(changes);
  if (!difference.isEmpty()) m_annotations = m_annotations->changedBy(difference);
  Q_EMIT changed(changes);
  Q_EMIT annotationsChanged();
  if (entry) Q_EMIT entriesChanged();
}

std::string Case::entry(const std::string& key) const {
  const auto found = m_content.entries.find(key);
  return found == m_content.entries.end() ? std::string() : found->second;
}

void Case::setEntry(const std::string& key, const std::string& value) {
  if (entry(key) == value) return;
  const CaseChanges changes{{}, m_content.head, {{key, value}}};
  m_content.add(changes);
  Q_EMIT changed(changes);
}

void Case::changeEntry(const std::string& key, const std::string& value, const QString& what) {
  const std::string before = entry(key);
  if (before == value) return;
  const auto known = [](const std::string& text) {
    return text.empty() ? std::optional<std::string>() : std::optional(text);
  };
  add({0, 0, what.toStdString(), std::make_shared<const AnnotationDifference>(),
       EntryChange{key, known(before), known(value)}});
  Q_EMIT annotationsChanged();
  Q_EMIT entriesChanged();
}

std::optional<CaseView> Case::view() const {
  return viewOf(entry(kViewKey));
}

void Case::setView(const CaseView& view) {
  setEntry(kViewKey, textOf(view));
}

std::vector<Bookmark> Case::bookmarks() const {
  return bookmarksOf(entry(kBookmarksKey));
}

void Case::setBookmarks(const std::vector<Bookmark>& bookmarks, const QString& what) {
  changeEntry(kBookmarksKey, bookmarks.empty() ? std::string() : textOf(bookmarks), what);
}

void Case::take(CaseContent content, AnnotationSetPtr annotations) {
  const QString early = undoText();
  std::vector<Annotation> drawn;
  for (const AnnotationPtr& annotation : m_annotations->all()) drawn.push_back(*annotation);
  m_content = std::move(content);
  m_annotations = std::move(annotations);
  const auto head = std::ranges::find(m_content.steps, m_content.head, &CaseStep::number);
  m_done = head == m_content.steps.end() ? 0 : size_t(head - m_content.steps.begin()) + 1;
  m_lastNumber = m_content.steps.empty() ? m_content.base.number : m_content.steps.back().number;
  Q_EMIT annotationsChanged();
  Q_EMIT entriesChanged();
  if (!drawn.empty()) change(m_annotations->with(std::move(drawn)), early);
}

}  // namespace geneglass
