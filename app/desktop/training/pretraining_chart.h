// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "inference/learning/pretraining/pretraining_curve_reader.h"

class QCPAxisRect;
class QCustomPlot;

namespace geneglass {

/// The steps of a pretraining: above, the loss; below, how many tiles of known class have neighbours of
/// their class. GUI thread.
class PretrainingChart final : public QWidget {
  Q_OBJECT

 public:
  explicit PretrainingChart(QWidget* parent = nullptr);

  void showCurve(const PretrainingCurve& curve);

 private:
  void addLine(QCPAxisRect& rect, const QVector<double>& steps, const QVector<double>& values,
               const QColor& colour);
  void sayWhyNoAccuracy();

  QCustomPlot* m_chart;
  QCPAxisRect* m_losses = nullptr;
  QCPAxisRect* m_accuracy = nullptr;
};

}  // namespace geneglass
