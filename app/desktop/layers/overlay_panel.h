// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <vector>

#include "app/desktop/layers/layer_controls.h"

class QLabel;
class QVBoxLayout;

namespace geneglass {

/// The list of all overlays with their controls, as they are over one slide; refused ones stay listed with
/// the reason. GUI thread.
class OverlayPanel final : public QScrollArea {
  Q_OBJECT

 public:
  explicit OverlayPanel(OverlayStack& stack, QWidget* parent = nullptr);
  void showStack(OverlayStack& stack);  ///< of another slide, over the same choice
  /// Wide enough for names and controls, but for no more than three tenths of the window.
  QSize minimumSizeHint() const override;

 private:
  void addControls(size_t index, QVBoxLayout& list);
  void showAll();

  OverlayStack* m_stack;
  QLabel* m_hidden;  ///< that all maps are
  std::vector<LayerControls*> m_controls;
  int m_widest = 0;  ///< what they need beside a scroll bar, shown or not
};

}  // namespace geneglass
