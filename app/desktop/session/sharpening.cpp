// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/sharpening.h"

#include <algorithm>
#include <utility>

#include "viewer/foundation/parallel.h"

namespace geneglass {

Sharpening::Sharpening(SlideSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_mailbox(std::make_shared<Mailbox>(this)) {
  connect(&session, &SlideSession::sceneChanged, this, &Sharpening::follow);
}

Sharpening::~Sharpening() {
  m_mailbox->close();
  m_session.workplace().predictions().drop(m_run);
}

bool Sharpening::isPossible() const {
  const auto& prediction = m_session.scene().prediction;
  return prediction && prediction->waiting.empty() && !prediction->genes.empty() &&
         m_session.workplace().model();
}

/// Withheld or not, it is the prediction of one run as long as its maps are.
void Sharpening::follow() {
  const auto& now = m_session.scene().prediction;
  const bool same = now && m_refined && now->slideHash == m_refined->slideHash &&
                    now->modelHash == m_refined->modelHash && now->waiting.empty();
  if (m_refined && !same) forget();
}

void Sharpening::forget() {
  cancel();
  m_refined = nullptr;
  if (!std::exchange(m_maps, nullptr)) return;
  Q_EMIT changed();
}

void Sharpening::cancel() {
  if (!isRunning()) return;
  drop();
  Q_EMIT finished();
}

void Sharpening::drop() {
  m_session.workplace().predictions().drop(std::exchange(m_run, 0));
  m_hasPart = false;
}

void Sharpening::sharpen(const Rect& view) {
  if (!isPossible()) return;
  drop();
  m_refined = m_session.scene().prediction;
  const auto model = m_session.workplace().model();
  const EncoderFacts& encoder = model->package().encoder;
  const int begun = ++m_begun;
  const auto post = [this, mailbox = m_mailbox, begun](auto take) {
    mailbox->post([this, begun, take = std::move(take)] {
      if (m_run != 0 && begun == m_begun) take();
    });
  };
  const auto watched = std::make_shared<WatchedArea>();
  watched->look(view);
  PredictionWish wish{m_session.opened(), model, {}, {}, {}, {}};
  wish.options.threads = std::max(1, threadCount(0) - 1);
  wish.options.stride = encoder.tile * encoder.mpp / kStridesATile;
  wish.options.area = view;
  wish.options.tissue = m_session.tissue();
  wish.options.eyeFirst = m_session.workplace().eyeFirst();
  wish.options.watched = watched;
  wish.progress = [this, post](const Progress& progress) {
    post([this, progress] { Q_EMIT progressed(progress); });
  };
  wish.partial = [this, post](std::shared_ptr<const Prediction> known) {
    post([this, known = std::move(known)] { put(known, m_hasPart); });
  };
  wish.finished = [this, post](Result<std::shared_ptr<const Prediction>> part) {
    post([this, part = std::move(part)] { end(part); });
  };
  m_run = m_session.workplace().predictions().add(std::move(wish));
  Q_EMIT started();
}

/// `again`: it takes the place of the last one.
void Sharpening::put(std::shared_ptr<const Prediction> part, bool again) {
  auto maps = m_maps ? std::make_shared<SharpenedMaps>(*m_maps) : std::make_shared<SharpenedMaps>();
  if (again) maps->parts.pop_back();
  maps->parts.push_back(std::move(part));
  m_maps = std::move(maps);
  m_hasPart = true;
  Q_EMIT changed();
}

void Sharpening::end(const Result<std::shared_ptr<const Prediction>>& part) {
  m_run = 0;
  if (part) put(*part, m_hasPart);
  m_hasPart = false;
  if (part)
    Q_EMIT finished();
  else
    Q_EMIT refused(QString::fromStdString(part.error().sentence));
}

}  // namespace geneglass
