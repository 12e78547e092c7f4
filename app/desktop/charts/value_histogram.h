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
/// threshold, which are dragged. GUI thread.
class ValueHistogram final : public QWidget {
  Q_OBJECT

 public:
  explicit ValueHistogram(QWidget* parent = nullptr);
  /// A layer with a heatmap; without one, the chart says `whyNone`.
  void showLayer(const std::optional<OverlayLayer>& layer, const QString& whyNone);

 Q_SIGNALS:
  void styleChosen(const geneglass::HeatmapStyle& style);  ///< of the layer, while a mark is dragged

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  enum class Mark { None, Low, High, Threshold };
  void showBars(const Heatmap& heatmap);
  void showMarks(const Heatmap& heatmap);
  void showMark(double value, Qt::PenStyle style, const QString& text, int row);
  Mark markAt(double pixel) const;
  void drag(double pixel);

  std::optional<OverlayLayer> m_layer;
  Mark m_held = Mark::None;
  QLabel* m_title;
  QCustomPlot* m_chart;
};

}  // namespace geneglass
