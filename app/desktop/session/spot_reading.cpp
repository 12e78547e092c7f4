// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/spot_reading.h"

namespace geneglass {

SpotReading::SpotReading(SlideSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_job(this, session.workplace()) {
  connect(&session, &SlideSession::slideOpened, this, &SpotReading::takeSlide);
  connect(&session.workplace(), &Workplace::modelTaken, this, &SpotReading::start);
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
  m_job.stop();
  m_folder.reset();
  m_slide.clear();
  put({});
}

void SpotReading::start() {
  const OpenedSlide& opened = m_session.opened();
  const auto model = m_session.workplace().model();
  if (!m_folder || !opened.slide) return;
  m_job.stop();
  put({});
  if (!model || !opened.slide->mpp) return;  // a model, or the slide opened with a pixel size, starts anew
  Q_EMIT started();
  const auto measure =
      [folder = *m_folder, opened, model,
       threads = threadsBesideWindow(m_session.workplace().threads())](const std::stop_token& stop) {
        return measureSlide(folder, opened, *model, threads, stop, [](const Progress&) {});
      };
  m_job.start<SlideMeasurement>(*m_folder, measure,
                                [this](const Result<SlideMeasurement>& measured) { take(measured); });
}

void SpotReading::put(const SlideMeasurement& measured) {
  if (measured.spots == m_spots) return;
  m_spots = measured.spots;
  m_leftOut = measured.leftOut;
  Q_EMIT changed();
}

void SpotReading::take(const Result<SlideMeasurement>& measured) {
  if (measured)
    put(*measured);
  else
    Q_EMIT refused(QString::fromStdString(measured.error().sentence));
}

}  // namespace geneglass
