// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/model_advice.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

#include "app/desktop/session/unread.h"
#include "inference/package/installed_models.h"
#include "inference/prediction/withheld.h"

namespace geneglass {

ModelAdvice::ModelAdvice(SlideSession& session, QObject* parent)
    : QObject(parent),
      m_session(session),
      m_mailbox(std::make_shared<Mailbox>(this)),
      m_models(installedModels) {
  connect(&session, &SlideSession::slideOpened, this, &ModelAdvice::forget);
  connect(&session, &SlideSession::sceneChanged, this, &ModelAdvice::look);
  connect(&session.workplace(), &Workplace::modelTaken, this, &ModelAdvice::forget);
}

ModelAdvice::~ModelAdvice() {
  m_mailbox->close();
  m_stop.request_stop();
  m_session.workplace().letGo(std::move(m_reader));
}

void ModelAdvice::forget() {
  m_stop.request_stop();
  m_stop = {};
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
  const auto post = [this, mailbox = m_mailbox,
                     stop = m_stop.get_token()](const Result<ModelFits>& compared) {
    mailbox->post([this, stop, compared] {
      if (!stop.stop_requested()) take(compared);
    });
  };
  const auto run = [post, stop = m_stop.get_token(), models = m_models, opened = m_session.opened(),
                    tissue = scene.tissue, used = package->folder] {
    std::vector<std::filesystem::path> others = models();
    std::erase_if(others, [&](const std::filesystem::path& folder) {
      std::error_code error;
      return std::filesystem::equivalent(folder, used, error);
    });
    const int threads = std::max(1, int(std::thread::hardware_concurrency()) - 1);
    post(compareModels(opened, *tissue, others, threads, stop, [](const Progress&) {}));
  };
  m_reader->add(run, [post, file = m_session.opened().slide->file](const std::string& reason) {
    post(tl::unexpected(unread(file, reason)));
  });
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
