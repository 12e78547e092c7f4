// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "app/desktop/case/case_content.h"
#include "app/desktop/case/case_view.h"

namespace geneglass {

/// What the user made of one slide: its annotations and bookmarks, with every step undone and done again, and
/// how it was looked at. See CaseKeeper for its file. GUI thread.
class Case final : public QObject {
  Q_OBJECT

 public:
  explicit Case(QObject* parent = nullptr);
  ~Case() override;

  const AnnotationSetPtr& annotations() const { return m_annotations; }  ///< never null

  /// One step: `what` in the imperative, "Draw Rectangle". Where nothing differs there is no step.
  void change(AnnotationSetPtr next, const QString& what);

  bool canUndo() const { return m_done > 0; }
  bool canRedo() const { return m_done < m_content.steps.size(); }
  QString undoText() const;  ///< what would be undone; empty for nothing
  QString redoText() const;
  void undo();
  void redo();

  /// Texts by name that are kept with the case; empty: there is none. setEntry is no step, changeEntry is.
  std::string entry(const std::string& key) const;
  void setEntry(const std::string& key, const std::string& value);
  void changeEntry(const std::string& key, const std::string& value, const QString& what);

  std::optional<CaseView> view() const;
  void setView(const CaseView& view);
  std::vector<Bookmark> bookmarks() const;
  void setBookmarks(const std::vector<Bookmark>& bookmarks, const QString& what);  ///< a step

  const CaseContent& content() const { return m_content; }  ///< all of it, as a file keeps it
  /// Becomes a case that was read; what was drawn meanwhile comes on top, as one step. `annotations` are
  /// those of its head.
  void take(CaseContent content, AnnotationSetPtr annotations);
  /// Becomes the empty case of another slide.
  void begin(const SlideIdentity& slide);

 Q_SIGNALS:
  void annotationsChanged();                            ///< also after undo and redo; the steps too
  void entriesChanged();                                ///< by a step, an undone one, or another case
  void changed(const geneglass::CaseChanges& changes);  ///< by the user: to be kept

 private:
  int64_t headBefore(size_t done) const;  ///< the number of the step before
  void add(CaseStep step);
  void apply(const AnnotationDifference& difference, const std::optional<EntryChange>& entry);

  AnnotationSetPtr m_annotations;
  CaseContent m_content;
  size_t m_done = 0;         ///< steps before it are done, the others undone
  int64_t m_lastNumber = 0;  ///< of the newest step, a forgotten one too
};

}  // namespace geneglass
