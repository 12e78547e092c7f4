// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <list>
#include <memory>

#include "app/desktop/export/banded_snapshot.h"
#include "app/desktop/workplace/job_thread.h"

namespace geneglass {

/// Where a snapshot's rows go, from top to bottom. Called behind the window, never at the same time.
struct RowSink {
  std::function<Result<void>(const QImage& rows)> append;
  std::function<Result<void>()> finish;
};

/// Into the file that the snapshot is for.
Result<RowSink> fileSink(const BandedSnapshot& snapshot);
/// Into a picture in memory.
RowSink pictureSink(QSize size, std::shared_ptr<QImage> picture);

/// Draws snapshots while the window goes on: tiles are read and rows are written by threads of its own,
/// pieces are drawn here, a few milliseconds each. GUI thread.
class SnapshotDrawing final : public QObject {
  Q_OBJECT

 public:
  using OpenSink = std::function<Result<RowSink>()>;        ///< behind the window
  using OnDone = std::function<void(const Result<void>&)>;  ///< on the GUI thread; not after cancel()

  explicit SnapshotDrawing(QObject* parent = nullptr);
  ~SnapshotDrawing() override;

  /// One that is being drawn is given up. `name`: what a sentence calls it that tells of an exception.
  void start(std::shared_ptr<BandedSnapshot> snapshot, OpenSink open, const QString& name, OnDone done);
  void cancel();  ///< what was written is removed soon
  bool isRunning() const { return m_current; }

 Q_SIGNALS:
  void progressed(int done, int total);    ///< pieces of the newest snapshot
  void remarked(const QString& sentence);  ///< of a file that is nearly done: what is missing in it
  void finishing();                        ///< all is drawn: it cannot be cancelled any more

 private:
  struct Run;
  void later(Run& run, JobThread& thread, std::function<Result<void>()> job, std::function<void()> then);
  void takeOutcome(Run& run, const Result<void>& outcome, const std::function<void()>& then);
  void goOn(Run& run);
  void drawPiece(Run& run);
  void giveRows(Run& run);
  void finishRun(Run& run);
  void end(Run& run);

  std::list<Run> m_runs;     ///< the newest last; others until their jobs have come back
  Run* m_current = nullptr;  ///< null: none, or it was cancelled
  JobThread m_writer;
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
