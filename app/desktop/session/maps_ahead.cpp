// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/maps_ahead.h"

#include <QMetaObject>
#include <exception>
#include <utility>

namespace geneglass {
namespace {

bool hasMap(const Prediction& prediction, int gene) {
  return gene >= 0 && size_t(gene) < prediction.genes.size() && prediction.genes[size_t(gene)].wellPredicted;
}

}  // namespace

/// What goes wrong here goes wrong again, with its sentence, when the map is drawn.
void computeMap(const Prediction& prediction, int gene) {
  if (!hasMap(prediction, gene)) return;
  try {
    (void)prediction.maps.of(size_t(gene));
  } catch (const std::exception&) {
  }
}

void MapsAhead::want(std::shared_ptr<const Prediction> prediction, int gene, std::function<void()> then) {
  const int wish = ++m_wish;
  if (!prediction || !hasMap(*prediction, gene) || prediction->maps.isAtHand(size_t(gene))) return then();
  const auto compute = [this, wish, prediction = std::move(prediction), gene, then = std::move(then)] {
    if (wish != m_wish) return;
    computeMap(*prediction, gene);
    const auto tell = [this, wish, then] {
      if (wish == m_wish) then();
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
  };
  m_computing.add(compute, {});
}

void MapsAhead::prepare(std::shared_ptr<const Prediction> prediction, std::vector<int> genes) {
  const int wish = m_wish;
  const auto compute = [this, wish, prediction = std::move(prediction), genes = std::move(genes)] {
    for (const int gene : genes)
      if (wish == m_wish && hasMap(*prediction, gene) && !prediction->maps.isAtHand(size_t(gene)))
        computeMap(*prediction, gene);
  };
  m_computing.add(compute, {});
}

}  // namespace geneglass
