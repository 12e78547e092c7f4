// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "overlays/overlay_control.h"

namespace geneglass {

/// What a plugin lets the user set, a row each. GUI thread.
class PluginControls final : public QWidget {
  Q_OBJECT

 public:
  /// `name`: of the overlay, for those who cannot see which one the rows belong to.
  PluginControls(const QString& name, const std::vector<OverlayControl>& controls, QWidget* parent = nullptr);
  void showValues(const std::vector<double>& values);  ///< one a control, without emitting

 Q_SIGNALS:
  void chosen(size_t control, double value);

 private:
  std::vector<std::function<void(double)>> m_show;
};

}  // namespace geneglass
