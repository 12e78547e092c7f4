// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/desktop/layers/overlay_stack.h"
#include "app/desktop/layers/plugin_controls.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace geneglass {

/// The controls of one overlay: on or off, the reason when it is refused, how its heatmap looks, and what its
/// plugin lets the user set. GUI thread.
class LayerControls final : public QWidget {
  Q_OBJECT

 public:
  LayerControls(const QString& name, const std::vector<OverlayControl>& controls, QWidget* parent = nullptr);
  int widest() const;  ///< pixels it needs when everything is shown
  void showOverlay(const OverlayWish& wish, const StackedOverlay& stacked);  ///< without emitting

 Q_SIGNALS:
  void switched(bool on);
  void styleChosen(const geneglass::HeatmapStyle& style, const QString& map);  ///< of the map of this name
  void settingChosen(size_t control, double value);                            ///< of the plugin's controls

 private:
  QWidget* makeStyleControls(const QString& name);
  QDoubleSpinBox* makeNumber(const QString& accessibleName);
  void showStyle();
  void chooseRange(int index);
  void readStyle();
  void tellStyle();

  std::shared_ptr<const Heatmap> m_heatmap;
  HeatmapStyle m_style;
  QCheckBox* m_on;
  QLabel* m_refusal;
  PluginControls* m_settings;
  QSlider* m_opacity = nullptr;
  QComboBox* m_colours = nullptr;
  QComboBox* m_range = nullptr;
  QDoubleSpinBox* m_low = nullptr;
  QDoubleSpinBox* m_high = nullptr;
  QDoubleSpinBox* m_threshold = nullptr;
  QCheckBox* m_smooth = nullptr;
  QWidget* m_styleControls;  ///< last: making it fills the ones above
};

}  // namespace geneglass
