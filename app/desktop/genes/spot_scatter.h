// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>

#include "inference/prediction/measured_spots.h"

class QCustomPlot;
class QLabel;

namespace geneglass {

/// A gene measured against predicted, a point a spot, with their correlation. GUI thread.
class SpotScatter final : public QWidget {
  Q_OBJECT

 public:
  explicit SpotScatter(QWidget* parent = nullptr);
  /// `symbol` is empty where none is chosen; of a gene that was not measured the chart says so. `unit` of the
  /// predicted values.
  void showGene(const MeasuredSpots& spots, const std::string& symbol, const QString& unit);

 private:
  void showPoints(const MeasuredGene& gene, const QString& unit);

  QLabel* m_title;
  QCustomPlot* m_chart;
};

}  // namespace geneglass
