// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "inference/package/model_package.h"
#include "inference/prediction/prediction.h"

class QCustomPlot;
class QLabel;

namespace geneglass {

/// The chosen gene's predicted value with the interval of its expected error, among what the model predicted
/// for the cases it had not seen. GUI thread.
class StandingChart final : public QWidget {
  Q_OBJECT

 public:
  explicit StandingChart(QWidget* parent = nullptr);
  /// `gene`: index into the prediction's; of one that is not predicted, or not known, the chart says so.
  void showGene(const Prediction& prediction, const ModelPackage& package, int gene);
  void showNothing(const QString& why);
  QString sentence() const;

 private:
  void showDistribution(const GeneFacts& facts);
  void showValue(double value, double error);

  QLabel* m_title;
  QCustomPlot* m_chart;
};

/// sqrt(1 - r^2) standard deviations of the training labels, r held out and not below 0: how far the truth
/// may lie from a predicted value, one standard deviation, in the label's unit.
double expectedErrorOf(const GeneFacts& facts);

}  // namespace geneglass
