// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <vector>

#include "viewer/annotation/annotation_set.h"

namespace geneglass {

/// What the user made of one slide: its annotations, with every step undone and done again. GUI thread.
class Case final : public QObject {
  Q_OBJECT

 public:
  explicit Case(QObject* parent = nullptr);
  ~Case() override;

  const AnnotationSetPtr& annotations() const { return m_annotations; }  ///< never null

  /// One step: `what` in the imperative, "Draw Rectangle". Where nothing differs there is no step.
  void change(AnnotationSetPtr next, const QString& what);

  bool canUndo() const { return m_done > 0; }
  bool canRedo() const { return m_done < m_steps.size(); }
  QString undoText() const;  ///< what would be undone; empty for nothing
  QString redoText() const;
  void undo();
  void redo();

 Q_SIGNALS:
  void annotationsChanged();  ///< also after undo and redo; the steps too

 private:
  struct Step {
    QString what;
    AnnotationDifference difference;
  };

  AnnotationSetPtr m_annotations;
  std::vector<Step> m_steps;
  size_t m_done = 0;  ///< steps before it are done, the others undone
};

}  // namespace geneglass
