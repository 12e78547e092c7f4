// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include "app/desktop/training/training_job.h"
#include "viewer/foundation/progress.h"

namespace geneglass {

/// How a training ended.
enum class TrainingEnd {
  Finished,   ///< the package is there
  Cancelled,  ///< by cancel(); started again it goes on
  Failed      ///< the sentence says why; what was done is kept
};

/// One training in a process of its own, so that it takes no memory of the viewer's and cannot end it. GUI
/// thread; nothing here waits, but the destructor, which stops what runs.
class TrainingRun final : public QObject {
  Q_OBJECT

 public:
  /// `program` is geneglass-cli; the one beside this program by default.
  explicit TrainingRun(QString program = besideThisProgram(), QObject* parent = nullptr);
  ~TrainingRun() override;
  static QString besideThisProgram();
  static constexpr int kPatience = 15;  ///< s between asking it to stop and killing it

  /// Nothing while one runs.
  void start(const TrainingJob& job);
  /// Asks it to stop; it has ended when `ended` comes. One that does not answer is killed after some seconds,
  /// which costs no more than what it did since it kept itself last.
  void cancel();
  bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

 Q_SIGNALS:
  void progressed(const geneglass::Progress& progress);
  void ended(geneglass::TrainingEnd end, const QString& sentence);

 private:
  void readErrors();
  void takeLine(const QString& line);
  void takeEnd(int status, QProcess::ExitStatus how);
  void takeError(QProcess::ProcessError error);

  const QString m_program;
  QByteArray m_pending;  ///< of standard error, without an end of line yet
  QString m_said;        ///< the last line there that was no progress
  bool m_cancelled = false;
  bool m_goesOn = true;
  QTimer m_patience;
  QProcess m_process;  ///< last, so that it ends first
};

}  // namespace geneglass
