// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>
#include <string>

#include "viewer/foundation/progress.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace geneglass {

/// What a long job is at, in the window's language.
QString stageText(const std::string& stage);

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
  void showPrecision(const QString& precision) {
    m_precision = precision;
  }  ///< "float32" or "int8", once known

 Q_SIGNALS:
  void cancelled();

 private:
  QLabel* m_text;
  QString m_precision;
  std::string m_stage;
  QElapsedTimer m_clock;  ///< since something was counted in this stage first
  int64_t m_first = -1;   ///< how much was done then
  QProgressBar* m_bar;
  QPushButton* m_cancel;
};

}  // namespace geneglass
