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

FileSaver::FileSaver(QWidget* parent) : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar) {
  m_text->setAccessibleName(tr("What is being saved"));
  m_bar->setAccessibleName(tr("Progress of saving"));
  m_bar->setFixedSize(120, 14);
  m_bar->setTextVisible(false);
  auto* stop = new QPushButton(tr("Cancel"));
  stop->setAccessibleName(tr("Cancel saving"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_text);
  layout->addWidget(m_bar);
  layout->addWidget(stop);
  connect(stop, &QPushButton::clicked, this, &FileSaver::cancel);
  hide();
}

FileSaver::~FileSaver() {
  m_stop.request_stop();
}

void FileSaver::save(const OpenedSlide& opened, std::vector<Viewport> views, const QString& file,
                     Write write) {
  m_stop.request_stop();
  m_stop = {};
  m_saving = true;
  const int run = ++m_run;
  m_text->setText(tr("Saving %1: reading tiles").arg(QFileInfo(file).fileName()));
  m_bar->setRange(0, 0);
  show();
  m_reader.add([this, run, opened, file, views = std::move(views), write = std::move(write),
                stop = m_stop.get_token()] {
    const auto post = [this](auto job) {
      QMetaObject::invokeMethod(this, std::move(job), Qt::QueuedConnection);
    };
    const auto told = [&](const Progress& progress) {
      post([this, run, progress] { showProgress(run, progress.done, progress.total); });
    };
    auto tiles = readViews(opened, views, stop, told);
    post([this, run, file, write, tiles = std::move(tiles)] { finish(run, file, write, tiles); });
  });
}

void FileSaver::cancel() {
  if (!m_saving) return;
  m_stop.request_stop();
  end();
  Q_EMIT cancelled();
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

void FileSaver::finish(int run, const QString& file, const Write& write,
                       const Result<std::shared_ptr<TileCache>>& tiles) {
  if (run != m_run) return;
  end();
  if (!tiles) {
    Q_EMIT refused(QString::fromStdString(tiles.error().sentence));
    return;
  }
  const Result<void> outcome =
      write([cache = *tiles](const OpenedSlide& opened, const Viewport& view,
                             const std::vector<OverlayLayer>& layers, const DisplayColour& colour) {
        return drawView(opened, view, layers, colour, cache);
      });
  if (outcome)
    Q_EMIT saved(file);
  else
    Q_EMIT refused(QString::fromStdString(outcome.error().sentence));
}

}  // namespace geneglass
