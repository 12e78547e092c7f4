// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/file_saver.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMetaObject>
#include <QProgressBar>
#include <QPushButton>
#include <utility>

namespace geneglass {

static tl::unexpected<Error> refusalOf(const QString& name, bool isPrinter, const std::string& reason) {
  return fail((isPrinter ? "Cannot print on '" : "Cannot save '") + name.toStdString() + "': " + reason +
              ".");
}

FileSaver::FileSaver(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_cancel(new QPushButton(tr("Cancel"))) {
  m_text->setAccessibleName(tr("What is being saved"));
  m_bar->setAccessibleName(tr("Progress of saving"));
  m_bar->setFixedSize(15 * fontMetrics().averageCharWidth(), fontMetrics().height());
  m_bar->setTextVisible(false);
  m_cancel->setAccessibleName(tr("Cancel saving"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_text);
  layout->addWidget(m_bar);
  layout->addWidget(m_cancel);
  connect(m_cancel, &QPushButton::clicked, this, &FileSaver::cancel);
  connect(&m_snapshot, &SnapshotDrawing::progressed, this,
          [this](int done, int total) { showProgress(m_run, done, total); });
  connect(&m_snapshot, &SnapshotDrawing::finishing, this, [this] { m_cancel->setEnabled(false); });
  connect(&m_snapshot, &SnapshotDrawing::remarked, this, &FileSaver::remarked);
  hide();
}

FileSaver::~FileSaver() {
  m_stop.request_stop();
}

/// What is being saved is given up. The number of what comes.
int FileSaver::begin(const Target& target) {
  m_snapshot.cancel();
  m_stop.request_stop();
  m_stop = {};
  m_saving = true;
  m_target = target;
  const QString name = QFileInfo(target.name).fileName();
  m_text->setText(target.isPrinter ? tr("Printing on %1: reading tiles").arg(name)
                                   : tr("Saving %1: reading tiles").arg(name));
  m_bar->setRange(0, 0);
  m_cancel->setEnabled(true);
  show();
  return ++m_run;
}

void FileSaver::save(const SnapshotRequest& request) {
  const QString file = QString::fromStdString(request.file.string());
  const Target target{file};
  const int run = begin(target);
  m_text->setText(tr("Saving %1").arg(QFileInfo(file).fileName()));
  const auto snapshot = BandedSnapshot::plan(request);
  if (!snapshot) return conclude(run, target, tl::unexpected(snapshot.error()));
  const auto open = [planned = snapshot->get()] { return fileSink(*planned); };
  m_snapshot.start(*snapshot, open, file,
                   [this, run, target](const Result<void>& outcome) { conclude(run, target, outcome); });
}

void FileSaver::save(const OpenedSlide& opened, std::vector<Viewport> views, const QString& file, Draw draw) {
  start(opened, std::move(views), {file}, std::move(draw));
}

void FileSaver::print(const OpenedSlide& opened, std::vector<Viewport> views, const QString& printer,
                      Draw draw) {
  start(opened, std::move(views), {printer, true}, std::move(draw));
}

void FileSaver::start(const OpenedSlide& opened, std::vector<Viewport> views, const Target& target,
                      Draw draw) {
  const int run = begin(target);
  const auto post = [this](auto job) {
    QMetaObject::invokeMethod(this, std::move(job), Qt::QueuedConnection);
  };
  m_reader.add(
      [=, this, views = std::move(views), stop = m_stop.get_token()] {
        const auto told = [&](const Progress& progress) {
          post([this, run, progress] { showProgress(run, progress.done, progress.total); });
        };
        auto tiles = readViews(opened, views, stop, told);
        post([=, this, tiles = std::move(tiles)] { drawAndWrite(run, draw, tiles); });
      },
      [=, this](const std::string& reason) {
        post([=, this] { conclude(run, target, refusalOf(target.name, target.isPrinter, reason)); });
      });
}

void FileSaver::cancel() {
  if (!m_saving) return;
  m_stop.request_stop();
  m_snapshot.cancel();
  end();
  Q_EMIT cancelled(m_target.isPrinter ? tr("Nothing was printed.") : tr("Nothing was saved."));
}

void FileSaver::end() {
  ++m_run;
  m_saving = false;
  hide();
}

void FileSaver::showProgress(int run, qint64 done, qint64 total) {
  if (run != m_run) return;
  m_bar->setRange(0, static_cast<int>(total));
  m_bar->setValue(static_cast<int>(done));
}

void FileSaver::drawAndWrite(int run, const Draw& draw, const Result<std::shared_ptr<TileCache>>& tiles) {
  if (run != m_run) return;
  if (!tiles) return conclude(run, m_target, tl::unexpected(tiles.error()));
  const Result<WriteDrawn> drawn =
      draw([cache = *tiles](const OpenedSlide& opened, const Viewport& view,
                            const std::vector<OverlayLayer>& layers, const DisplayColour& colour) {
        return drawView(opened, view, layers, colour, cache);
      });
  if (!drawn) return conclude(run, m_target, tl::unexpected(drawn.error()));
  write(run, *drawn);
}

void FileSaver::write(int run, WriteDrawn drawn) {
  const QString name = QFileInfo(m_target.name).fileName();
  m_text->setText(m_target.isPrinter ? tr("Printing on %1").arg(name) : tr("Saving %1: writing").arg(name));
  m_bar->setRange(0, 0);
  m_cancel->setEnabled(false);
  const auto post = [this, run, target = m_target](const Result<void>& outcome) {
    QMetaObject::invokeMethod(
        this, [this, run, target, outcome] { conclude(run, target, outcome); }, Qt::QueuedConnection);
  };
  m_reader.add([post, drawn = std::move(drawn)] { post(drawn()); },
               [post, target = m_target](const std::string& reason) {
                 post(refusalOf(target.name, target.isPrinter, reason));
               });
}

/// What was written is told also where another file is being saved by then.
void FileSaver::conclude(int run, const Target& target, const Result<void>& outcome) {
  if (run == m_run) end();
  if (!outcome) return Q_EMIT refused(QString::fromStdString(outcome.error().sentence));
  if (target.isPrinter)
    Q_EMIT printed(target.name);
  else
    Q_EMIT saved(target.name);
}

}  // namespace geneglass
