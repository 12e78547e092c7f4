// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "app/desktop/session/job_thread.h"
#include "app/desktop/session/slide_picture.h"

class QLabel;
class QProgressBar;

namespace geneglass {

/// Writes pictures of a slide into a file without reading on the GUI thread: a thread of its own reads the
/// tiles, then the GUI thread draws and writes. Shows in the status line how far it is, with a button to
/// cancel; hidden while nothing is saved. GUI thread.
class FileSaver final : public QWidget {
  Q_OBJECT

 public:
  /// Draws and writes with the given way to draw, which has the tiles of all views.
  using Write = std::function<Result<void>(const DrawView&)>;

  explicit FileSaver(QWidget* parent = nullptr);
  ~FileSaver() override;

  /// Reads what `views` need, then calls `write`. A file that is being saved already is given up.
  void save(const OpenedSlide& opened, std::vector<Viewport> views, const QString& file, Write write);
  void cancel();
  bool isSaving() const { return m_saving; }

 Q_SIGNALS:
  void saved(const QString& file);
  void refused(const QString& sentence);
  void cancelled();

 private:
  void showProgress(int run, qint64 done, qint64 total);
  void finish(int run, const QString& file, const Write& write,
              const Result<std::shared_ptr<TileCache>>& tiles);
  void end();

  QLabel* m_text;
  QProgressBar* m_bar;
  bool m_saving = false;
  int m_run = 0;
  std::stop_source m_stop;
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
