// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/model_advice.h"

#include <system_error>

#include "inference/package/installed_models.h"
#include "inference/prediction/withheld.h"

namespace geneglass {

ModelAdvice::ModelAdvice(SlideSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_models(installedModels), m_job(this, session.workplace()) {
  connect(&session, &SlideSession::slideOpened, this, &ModelAdvice::forget);
  connect(&session, &SlideSession::sceneChanged, this, &ModelAdvice::look);
  connect(&session.workplace(), &Workplace::modelTaken, this, &ModelAdvice::forget);
}

void ModelAdvice::forget() {
  m_job.stop();
  m_state = State::NotAsked;
  m_suited.reset();
  Q_EMIT changed();
}

/// Once the whole slide is known to be outside, and its tissue has been found.
void ModelAdvice::look() {
  const OverlayScene& scene = m_session.scene();
  const auto package = m_session.workplace().package();
  if (m_state != State::NotAsked || !package || !scene.tissue || !scene.prediction) return;
  if (!scene.prediction->waiting.empty() || !isOutside(*scene.prediction)) return;
  m_state = State::Looking;
  Q_EMIT changed();
  const auto compare =
      [models = m_models, opened = m_session.opened(), tissue = scene.tissue, used = package->folder,
       threads = threadsBesideWindow(m_session.workplace().threads())](const std::stop_token& stop) {
        std::vector<std::filesystem::path> others = models();
        std::erase_if(others, [&](const std::filesystem::path& folder) {
          std::error_code error;
          return std::filesystem::equivalent(folder, used, error);
        });
        return compareModels(opened, *tissue, others, threads, stop, [](const Progress&) {});
      };
  m_job.start<ModelFits>(m_session.opened().slide->file, compare,
                         [this](const Result<ModelFits>& compared) { take(compared); });
}

void ModelAdvice::take(const Result<ModelFits>& compared) {
  m_state = State::Found;
  if (compared) {
    if (const ModelFit* suited = compared->suited()) m_suited = *suited;
    for (const Error& refusal : compared->refusals) Q_EMIT refused(QString::fromStdString(refusal.sentence));
  } else {
    Q_EMIT refused(QString::fromStdString(compared.error().sentence));
  }
  Q_EMIT changed();
}

}  // namespace geneglass
