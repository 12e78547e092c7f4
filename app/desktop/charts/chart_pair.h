// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cmath>
#include <limits>

class QCPAxis;
class QCPAxisRect;
class QCustomPlot;

namespace geneglass {

/// Two charts one over the other with the same axis below.
struct ChartPair {
  QCPAxisRect* upper;
  QCPAxisRect* lower;
};

/// Puts them into an empty plot, in the window's colours; whole numbers below.
ChartPair makeChartPair(QCustomPlot& chart, const QString& upper, const QString& lower, const QString& below);

/// From the least to the greatest of some values; NaN does not count.
struct ChartExtent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value);
  void fit(QCPAxis& axis) const;  ///< 0 to 1 where there is no value
};

}  // namespace geneglass
