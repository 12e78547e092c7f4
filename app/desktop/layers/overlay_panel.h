// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <vector>

#include "app/desktop/layers/layer_controls.h"

namespace geneglass {

/// The list of all overlays with their controls; refused ones stay listed with the reason. GUI thread.
class OverlayPanel final : public QScrollArea {
  Q_OBJECT

 public:
  explicit OverlayPanel(OverlayStack& stack, QWidget* parent = nullptr);

 private:
  void showAll();

  OverlayStack& m_stack;
  std::vector<LayerControls*> m_controls;
};

}  // namespace geneglass
