// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/together_reading.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "inference/package/model_package.h"

namespace geneglass {

TogetherReading::TogetherReading(SlideSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_job(this, session.workplace()) {
  connect(&session, &SlideSession::sceneChanged, this, &TogetherReading::follow);
}

void TogetherReading::want(std::optional<GenesWish> wish) {
  if (wish == m_wish) return;
  m_wish = std::move(wish);
  m_read = nullptr;
  m_job.stop();
  Q_EMIT wished();
  if (m_wish)
    read();
  else if (std::exchange(m_together, nullptr))
    Q_EMIT changed();
}

void TogetherReading::follow() {
  const auto& now = m_session.scene().prediction;
  if (!m_wish || now == m_read) return;
  m_job.stop();
  if (std::exchange(m_together, nullptr)) Q_EMIT changed();
  read();
}

/// In standard deviations of its training labels.
GenesWish TogetherReading::wishOfModel() const {
  std::unordered_map<std::string_view, double> deviations;
  const auto package = m_session.workplace().package();
  if (package)
    for (const GeneFacts& facts : package->genes) deviations.emplace(facts.symbol, facts.trainingDeviation);
  GenesWish wish = *m_wish;
  for (GenesWish::Gene& gene : wish.genes) {
    const auto known = deviations.find(gene.symbol);
    gene.deviation = known == deviations.end() ? 0 : known->second;
  }
  return wish;
}

void TogetherReading::read() {
  m_read = m_session.scene().prediction;
  if (!m_read) return;
  m_job.start<std::shared_ptr<const GenesTogether>>(
      m_read->slideFile,
      [prediction = m_read, wish = wishOfModel()](const std::stop_token& stop) {
        return togetherOf(*prediction, wish, stop);
      },
      [this](const Result<std::shared_ptr<const GenesTogether>>& made) {
        m_together = made.value_or(nullptr);
        Q_EMIT changed();
        if (!made) Q_EMIT refused(QString::fromStdString(made.error().sentence));
      });
}

}  // namespace geneglass
