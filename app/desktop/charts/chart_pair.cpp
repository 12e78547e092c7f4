// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/charts/chart_pair.h"

#include "app/desktop/charts/plot_library.h"

#include <algorithm>

#include "app/desktop/charts/chart_style.h"

namespace geneglass {

ChartPair makeChartPair(QCustomPlot& chart, const QString& upper, const QString& lower,
                        const QString& below) {
  const ChartPair pair{chart.axisRect(), new QCPAxisRect(&chart)};
  auto* charts = new QCPLayoutGrid;
  chart.plotLayout()->take(pair.upper);
  chart.plotLayout()->simplify();
  chart.plotLayout()->addElement(0, 0, charts);
  charts->addElement(0, 0, pair.upper);
  charts->addElement(1, 0, pair.lower);
  charts->setRowStretchFactor(0, 1.4);
  auto* together = new QCPMarginGroup(&chart);
  QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
  whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
  for (QCPAxisRect* rect : {pair.upper, pair.lower}) {
    rect->setMarginGroup(QCP::msLeft, together);
    rect->axis(QCPAxis::atBottom)->setTicker(whole);
  }
  styleChart(chart);
  pair.upper->axis(QCPAxis::atLeft)->setLabel(upper);
  pair.upper->axis(QCPAxis::atBottom)->setTickLabels(false);
  pair.lower->axis(QCPAxis::atLeft)->setLabel(lower);
  pair.lower->axis(QCPAxis::atBottom)->setLabel(below);
  return pair;
}

void ChartExtent::add(double value) {
  if (std::isnan(value)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

void ChartExtent::fit(QCPAxis& axis) const {
  if (low > high) {
    axis.setRange(0, 1);
    return;
  }
  const double margin = std::max(0.04 * (high - low), 1e-3);
  axis.setRange(low - margin, high + margin);
}

}  // namespace geneglass
