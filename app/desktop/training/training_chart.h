// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "inference/learning/heads/training_curve_reader.h"

class QCPAxisRect;
class QCPLegend;
class QCustomPlot;

namespace geneglass {

/// The epochs of a training: above, the losses of training (dashed) and validation; below, the held-out r.
/// A colour for each fold; a dot where its weights were kept. GUI thread.
class TrainingChart final : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingChart(QWidget* parent = nullptr);

  void nameCorrelation(const QString& name);  ///< what the lower chart shows
  /// Runs of one gene, or of all: one a fold. Without any, the chart says `whyNone`. Where they are `means`
  /// of several models, no epoch's weights were kept.
  void showRuns(const std::vector<CurveRun>& runs, const QString& whyNone, bool means = false);

 private:
  void buildLegend();
  void addRun(const CurveRun& run, const QColor& colour, bool mean);
  void markKept(const EpochReport& kept, const QColor& colour);
  void fitAxes(const std::vector<CurveRun>& runs);

  QCustomPlot* m_chart;
  QCPAxisRect* m_losses;
  QCPAxisRect* m_correlation;
  QCPLegend* m_legend;
};

/// "fold 1" of "0"; "all cases" of "final".
QString foldName(const std::string& fold);

}  // namespace geneglass
