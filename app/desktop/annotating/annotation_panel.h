// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

#include "app/desktop/annotating/annotation_table.h"
#include "app/desktop/annotating/tool_choice.h"
#include "viewer/foundation/geometry.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTreeView;

namespace geneglass {

class AnnotationLayer;

/// The list of a slide's annotations with filter and jump; the class of what is drawn next; name, notes,
/// class and lock of what is selected. Follows the layer of the active pane. GUI thread.
class AnnotationPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit AnnotationPanel(ToolChoice& choice, QWidget* parent = nullptr);  ///< which outlives it

  void showLayer(AnnotationLayer* layer);  ///< outlives its stay; null: nothing to list

 Q_SIGNALS:
  void areaWanted(const geneglass::Rect& area);  ///< level-0 pixels

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void showAnnotations();
  void showSelection();
  void takeSelection();
  void chooseClass(int index);
  void addClass();
  void recolourClass();
  void renameClass();
  void changeSelected(const QString& what, const std::function<void(Annotation&)>& change);
  void showChoice();

  ToolChoice& m_choice;
  AnnotationLayer* m_layer = nullptr;
  AnnotationTable m_table;
  bool m_isShowing = false;  ///< the panel follows; what its widgets say is no wish of the user
  QComboBox* m_class;
  QLineEdit* m_filter;
  QTreeView* m_list;
  QLabel* m_count;
  QLineEdit* m_name;
  QPlainTextEdit* m_notes;
  QCheckBox* m_locked;
};

}  // namespace geneglass
