// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viewer/slide/progress.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace geneglass {

/// The time left, for people: "about 2 min left"; empty where there is no estimate.
QString timeLeftText(double seconds);

/// The running prediction in the status line: stage, progress, time left, cancel. Hidden while none runs. GUI
/// thread.
class PredictionStatus final : public QWidget {
  Q_OBJECT

 public:
  explicit PredictionStatus(QWidget* parent = nullptr);
  void begin();
  void showProgress(const Progress& progress);

 Q_SIGNALS:
  void cancelled();

 private:
  QLabel* m_text;
  QProgressBar* m_bar;
  QPushButton* m_cancel;
};

}  // namespace geneglass
