// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "app/desktop/layers/layer_controls.h"

class QLabel;
class QVBoxLayout;

namespace geneglass {

/// The list of all overlays with their controls, as they are over one slide; refused ones stay listed with
/// the reason. GUI thread.
class OverlayPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit OverlayPanel(OverlayStack& stack, QWidget* parent = nullptr);
  void showStack(OverlayStack& stack);     ///< of another slide, over the same choice
  int widest() const { return m_widest; }  ///< for all names and controls, shown or not

 private:
  void addControls(size_t index, QVBoxLayout& list);
  void showAll();

  OverlayStack* m_stack;
  QLabel* m_hidden;  ///< that all maps are
  std::vector<LayerControls*> m_controls;
  int m_widest = 0;
};

}  // namespace geneglass
