// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "app/desktop/export/drawn_file.h"
#include "app/desktop/export/snapshot_drawing.h"
#include "app/desktop/session/slide_picture.h"
#include "app/desktop/workplace/job_thread.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace geneglass {

/// Saves snapshots, and saves or prints documents with pictures of a slide, while the window goes on: threads
/// of its own read the tiles and write the file, the GUI thread draws. Shows in the status line how far it
/// is, with a button to cancel until all is drawn; hidden while nothing is saved. GUI thread.
class FileSaver final : public QWidget {
  Q_OBJECT

 public:
  /// Draws with the given way to draw, which has the tiles of all views. Called on the GUI thread.
  using Draw = std::function<Result<WriteDrawn>(const DrawView&)>;

  explicit FileSaver(QWidget* parent = nullptr);
  ~FileSaver() override;

  /// Reads what `views` need, calls `draw` and then what it gave. A file that is not drawn yet is given up.
  void save(const OpenedSlide& opened, std::vector<Viewport> views, const QString& file, Draw draw);
  /// The same where what `draw` gives prints.
  void print(const OpenedSlide& opened, std::vector<Viewport> views, const QString& printer, Draw draw);
  void save(const SnapshotRequest& request);  ///< band by band, whatever its size
  void cancel();
  bool isSaving() const { return m_saving; }

 Q_SIGNALS:
  void saved(const QString& file);
  void printed(const QString& printer);
  void remarked(const QString& sentence);  ///< before that: what is missing in it
  void refused(const QString& sentence);
  void cancelled(const QString& sentence);

 private:
  /// Where to.
  struct Target {
    QString name;  ///< of the file or the printer
    bool isPrinter = false;
  };
  void start(const OpenedSlide& opened, std::vector<Viewport> views, const Target& target, Draw draw);
  void showProgress(int run, qint64 done, qint64 total);
  void drawAndWrite(int run, const Draw& draw, const Result<std::shared_ptr<TileCache>>& tiles);
  int begin(const Target& target);
  void write(int run, WriteDrawn drawn);
  void conclude(int run, const Target& target, const Result<void>& outcome);
  void end();

  QLabel* m_text;
  QProgressBar* m_bar;
  QPushButton* m_cancel;
  bool m_saving = false;
  int m_run = 0;
  Target m_target;  ///< of this run
  std::stop_source m_stop;
  SnapshotDrawing m_snapshot;
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
