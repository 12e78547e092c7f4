// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/snapshot_drawing.h"

#include <QMetaObject>
#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace geneglass {

Result<RowSink> fileSink(const BandedSnapshot& snapshot) {
  auto made = snapshot.createFile();
  if (!made) return tl::unexpected(made.error());
  const std::shared_ptr<PictureFile> file = std::move(*made);
  return RowSink{[file](const QImage& rows) { return file->append(rows); },
                 [file] { return file->finish(); }};
}

RowSink pictureSink(QSize size, std::shared_ptr<QImage> picture) {
  const auto top = std::make_shared<int>(0);
  return {[=](const QImage& rows) -> Result<void> {
            if (picture->isNull()) *picture = QImage(size, QImage::Format_RGB32);
            if (picture->isNull()) return fail("There is not enough memory for the picture.");
            for (int y = 0; y < rows.height(); ++y)
              std::memcpy(picture->scanLine((*top)++), rows.constScanLine(y), size_t(rows.width()) * 4);
            return {};
          },
          [] { return Result<void>(); }};
}

/// A snapshot that is drawn, or was given up while a job of it runs.
struct SnapshotDrawing::Run {
  std::shared_ptr<BandedSnapshot> snapshot;
  QString name;
  OnDone done;
  std::stop_source stop = {};
  std::optional<RowSink> sink = {};
  int jobs = 0;      ///< that have not come back
  int band = 0;      ///< being drawn
  size_t piece = 0;  ///< of the band, drawn next
  int drawn = 0;     ///< pieces
  bool writes = false;
  QImage waiting = {};  ///< rows drawn while those before them are written
};

SnapshotDrawing::SnapshotDrawing(QObject* parent) : QObject(parent) {}

SnapshotDrawing::~SnapshotDrawing() {
  cancel();
}

void SnapshotDrawing::start(std::shared_ptr<BandedSnapshot> snapshot, OpenSink open, const QString& name,
                            OnDone done) {
  cancel();
  Run& run = m_runs.emplace_back(Run{std::move(snapshot), name, std::move(done)});
  m_current = &run;
  const auto opening = [&run, open = std::move(open)]() -> Result<void> {
    auto sink = open();
    if (!sink) return tl::unexpected(sink.error());
    run.sink = std::move(*sink);
    return {};
  };
  later(run, m_writer, opening, [this, &run] { goOn(run); });
}

void SnapshotDrawing::cancel() {
  if (m_current) end(*m_current);
}

/// The run stays where it is until its last job is back: no job ever holds what belongs to this thread.
void SnapshotDrawing::later(Run& run, JobThread& thread, std::function<Result<void>()> job,
                            std::function<void()> then) {
  ++run.jobs;
  const auto post = [this, &run, then = std::move(then)](const Result<void>& outcome) {
    QMetaObject::invokeMethod(
        this, [this, &run, then, outcome] { takeOutcome(run, outcome, then); }, Qt::QueuedConnection);
  };
  const std::string name = run.name.toStdString();
  thread.add(
      [post, job = std::move(job)] { post(job()); },
      [post, name](const std::string& reason) { post(fail("Cannot save '" + name + "': " + reason + ".")); });
}

void SnapshotDrawing::takeOutcome(Run& run, const Result<void>& outcome, const std::function<void()>& then) {
  --run.jobs;
  if (&run != m_current) return end(run);
  if (outcome) return then();
  const OnDone done = run.done;
  end(run);
  done(outcome);
}

void SnapshotDrawing::goOn(Run& run) {
  const auto& pieces = run.snapshot->piecesOf(run.band);
  if (run.piece == pieces.size()) return giveRows(run);
  const auto read = [&run, stop = run.stop.get_token(), &piece = pieces[run.piece]] {
    return run.snapshot->read(piece, stop);
  };
  later(run, m_reader, read, [this, &run] { drawPiece(run); });
}

void SnapshotDrawing::drawPiece(Run& run) {
  if (const auto drawn = run.snapshot->draw(run.snapshot->piecesOf(run.band)[run.piece++]); !drawn) {
    const OnDone done = run.done;
    end(run);
    return done(drawn);
  }
  Q_EMIT progressed(++run.drawn, run.snapshot->pieces());
  goOn(run);
}

/// One band is written while the next is drawn; a third waits.
void SnapshotDrawing::giveRows(Run& run) {
  if (run.waiting.isNull()) run.waiting = run.snapshot->finish(run.band);
  if (run.writes) return;
  run.writes = true;
  const auto write = [&run, rows = std::exchange(run.waiting, {})] { return run.sink->append(rows); };
  const bool last = ++run.band == run.snapshot->bands();
  run.piece = 0;
  later(run, m_writer, write, [this, &run, last] {
    run.writes = false;
    if (last)
      finishRun(run);
    else if (!run.waiting.isNull())
      giveRows(run);
  });
  if (!last) goOn(run);
}

void SnapshotDrawing::finishRun(Run& run) {
  const Result<std::string> verdict = run.snapshot->verdict();
  if (!verdict) {
    const OnDone done = run.done;
    end(run);
    return done(tl::unexpected(verdict.error()));
  }
  if (!verdict->empty()) Q_EMIT remarked(QString::fromStdString(*verdict));
  Q_EMIT finishing();
  const auto finish = [&run] { return run.sink->finish(); };
  later(run, m_writer, finish, [this, &run] {
    const OnDone done = run.done;
    end(run);
    done({});
  });
}

/// The sink goes behind the window, since it may remove a file.
void SnapshotDrawing::end(Run& run) {
  if (&run == m_current) m_current = nullptr;
  run.stop.request_stop();
  if (run.jobs > 0) return;
  if (run.sink) m_writer.add([sink = std::exchange(run.sink, {})]() mutable { sink.reset(); }, {});
  m_runs.remove_if([&](const Run& one) { return &one == &run; });
}

}  // namespace geneglass
