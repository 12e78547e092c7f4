// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/spot_reading.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "app/desktop/session/unread.h"
#include "inference/learning/spots/measure_slide.h"

namespace geneglass {

SpotReading::SpotReading(SlideSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_mailbox(std::make_shared<Mailbox>(this)) {
  connect(&session, &SlideSession::slideOpened, this, &SpotReading::takeSlide);
  connect(&session.workplace(), &Workplace::modelTaken, this, &SpotReading::start);
}

SpotReading::~SpotReading() {
  m_mailbox->close();
  stop();
  m_session.workplace().letGo(std::move(m_reader));
}

void SpotReading::read(const std::filesystem::path& folder) {
  m_folder = folder;
  m_slide.clear();
  takeSlide();
}

/// The same file opened anew, with another pixel size, keeps its spots.
void SpotReading::takeSlide() {
  const auto& slide = m_session.opened().slide;
  if (!slide || !m_folder) return;
  if (m_slide.empty()) m_slide = slide->file;
  if (m_slide == slide->file) return start();
  stop();
  m_folder.reset();
  m_slide.clear();
  put(nullptr);
}

void SpotReading::stop() {
  m_stop.request_stop();
  m_stop = {};
}

void SpotReading::start() {
  const OpenedSlide& opened = m_session.opened();
  const auto model = m_session.workplace().model();
  if (!m_folder || !opened.slide) return;
  stop();
  put(nullptr);
  if (!model || !opened.slide->mpp) return;  // a model, or the slide opened with a pixel size, starts anew
  Q_EMIT started();
  const auto post = [this, mailbox = m_mailbox, stop = m_stop.get_token()](
                        const Result<std::shared_ptr<const MeasuredSpots>>& measured) {
    mailbox->post([this, stop, measured] {
      if (!stop.stop_requested()) take(measured);
    });
  };
  const auto run = [post, stop = m_stop.get_token(), folder = *m_folder, opened, model] {
    if (stop.stop_requested()) return;
    const int threads = std::max(1, int(std::thread::hardware_concurrency()) - 1);
    post(measureSlide(folder, opened, *model, threads, stop, [](const Progress&) {}));
  };
  m_reader->add(run, [post, folder = *m_folder](const std::string& reason) {
    post(tl::unexpected(unread(folder, reason)));
  });
}

void SpotReading::put(std::shared_ptr<const MeasuredSpots> spots) {
  if (spots == m_spots) return;
  m_spots = std::move(spots);
  Q_EMIT changed();
}

void SpotReading::take(const Result<std::shared_ptr<const MeasuredSpots>>& measured) {
  if (measured)
    put(*measured);
  else
    Q_EMIT refused(QString::fromStdString(measured.error().sentence));
}

}  // namespace geneglass
