// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/desktop/annotating/annotation_selection.h"
#include "viewer/canvas/canvas_tool.h"

namespace geneglass {

/// Selects by a click (Shift: one more or one less), moves what is selected, edits its corners. Where there
/// is nothing it leaves the hand to the canvas, which pans.
class SelectTool final : public CanvasTool {
 public:
  SelectTool(AnnotationSelection& selection, const std::optional<Mpp>& mpp)
      : m_selection(selection), m_mpp(mpp) {}

  bool press(const Hand& hand) override;
  bool drag(const Hand& hand) override;
  bool release(const Hand& hand) override;
  bool hover(const Hand& hand) override;
  bool doubleClick(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  QCursor cursor() const override;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  AnnotationPtr editable() const;  ///< the only one selected, where it is not locked
  std::optional<size_t> handleUnder(const Hand& hand) const;
  std::optional<Annotation> edited() const;  ///< by the hand, since the button went down
  void change(Annotation annotation, const QString& what);

  AnnotationSelection& m_selection;
  std::optional<Mpp> m_mpp;
  std::optional<Hand> m_from;  ///< where the button went down on something
  Hand m_to;
  std::optional<size_t> m_handle;  ///< that is held
  AnnotationPtr m_held;            ///< null: nothing that may be moved
  bool m_isOverHandle = false;
};

}  // namespace geneglass
