// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/desktop/training/training_process.h"
#include "app/desktop/training/training_watch.h"
#include "app/desktop/workplace/job_thread.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace geneglass {

class PretrainingChart;
class TrainingChart;

/// The live plot of a training: of one it runs itself, with cancel and going on, or of any whose curve it
/// watches. GUI thread.
class TrainingWindow final : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingWindow(QWidget* parent = nullptr, QString program = TrainingRun::besideThisProgram());

  void train(const TrainingJob& job);
  void watch(const std::filesystem::path& curve);
  void cancel();
  bool isTraining() const { return m_run.isRunning(); }
  bool goesOn() const { return !m_job || m_job->goesOn; }  ///< when it is started again after a stop
  QString state() const;                                   ///< the sentence that is shown

 Q_SIGNALS:
  void modelWanted(const std::filesystem::path& package);
  void encoderWanted(const std::filesystem::path& package);  ///< a model is to be trained on it
  void ended();                                              ///< the training that it runs
  void hiddenWhileTraining();

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  QWidget* makeButtons();
  void showCurve(std::shared_ptr<const WatchedCurve> curve);
  void tellLatest();
  void tellPatience();
  void fillGenes();
  void drawCurve();
  void showProgress(const Progress& progress);
  void showEnd(TrainingEnd end, const QString& sentence);
  void showPackage(bool found);
  void describePackage();
  void say(const QString& sentence);
  void showButtons();

  std::optional<TrainingJob> m_job;  ///< none where it only watches
  std::filesystem::path m_curveFile;
  std::shared_ptr<const WatchedCurve> m_curve;
  bool m_packageThere = false;
  bool m_encoderOnly = false;  ///< the package predicts nothing itself
  QString m_stage;             ///< told last
  QTimer m_waiting;            ///< since it was asked to stop
  TrainingRun m_run;
  TrainingWatch m_watch;
  QLabel* m_title;
  QComboBox* m_genes;
  QStackedWidget* m_charts;
  TrainingChart* m_chart;
  PretrainingChart* m_steps;
  QLabel* m_state;
  QProgressBar* m_bar;
  QPushButton* m_cancel = nullptr;
  QPushButton* m_goOn = nullptr;
  QPushButton* m_use = nullptr;
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
