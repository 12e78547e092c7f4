// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <filesystem>

#include "app/desktop/training/training_process.h"

class QMenu;

namespace geneglass {

class TrainingWindow;

/// The menu for models: use one, train one, pretrain an encoder, watch a training. Owns the window of the
/// training that runs; at most one does. GUI thread.
class TrainingMenu final : public QObject {
  Q_OBJECT

 public:
  /// `window` owns this and every window it opens; `program` is geneglass-cli.
  TrainingMenu(QMenu& menu, QWidget& window, QString program = TrainingRun::besideThisProgram());

  void train(const TrainingJob& job);  ///< nothing while one runs
  bool isTraining() const;
  /// Asks whether the training may be stopped, so that the program can end; `stopped` comes when it is.
  void askToStop();

 Q_SIGNALS:
  void modelWanted(const std::filesystem::path& package);
  void said(const QString& sentence);  ///< for the status line
  void stopped();

 private:
  void askForModel();
  void askForTraining(const QString& encoder = {});
  void askForPretraining();
  bool showRunning();
  void askForCurve();
  void watch(const QString& file);
  TrainingWindow* makeWindow();

  QWidget& m_window;
  const QString m_program;
  QPointer<TrainingWindow> m_training;
};

}  // namespace geneglass
