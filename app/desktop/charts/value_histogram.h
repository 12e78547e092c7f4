// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "viewer/canvas/overlay.h"

class QCPBars;
class QCustomPlot;
class QLabel;

namespace geneglass {

/// How the values of a heatmap's tiles or spots are spread, with the ends of the colour range and the
/// threshold. GUI thread.
class ValueHistogram final : public QWidget {
  Q_OBJECT

 public:
  explicit ValueHistogram(QWidget* parent = nullptr);
  /// A layer with a heatmap; without one, the chart says `whyNone`.
  void showLayer(const std::optional<OverlayLayer>& layer, const QString& whyNone);

 private:
  void showBars(const Heatmap& heatmap);
  void showMark(double value, Qt::PenStyle style, const QString& text, int row);

  QLabel* m_title;
  QCustomPlot* m_chart;
};

}  // namespace geneglass
