// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/tile_spreads.h"

#include <QMetaObject>
#include <algorithm>
#include <utility>

namespace geneglass {

TileSpread spreadOf(const std::vector<float>& values) {
  TileSpread spread{};
  if (values.empty()) return spread;
  const auto [least, most] = std::ranges::minmax(values);
  const float step = most > least ? (most - least) / float(spread.size()) : 1;
  for (const float value : values) ++spread[std::min(spread.size() - 1, size_t((value - least) / step))];
  const float highest = std::ranges::max(spread);
  for (float& share : spread) share /= highest;
  return spread;
}

void TileSpreads::showPrediction(std::shared_ptr<const Prediction> prediction) {
  if (prediction == m_prediction) return;
  m_prediction = std::move(prediction);
  m_spreads.clear();
  ++m_serial;
  ++m_wish;
}

const TileSpread* TileSpreads::find(int gene) const {
  const auto found = m_spreads.find(gene);
  return found == m_spreads.end() ? nullptr : &found->second;
}

void TileSpreads::want(std::vector<int> genes) {
  const int wish = ++m_wish;
  std::erase_if(genes, [this](int gene) {
    return !m_prediction || !m_prediction->genes[size_t(gene)].wellPredicted || m_spreads.contains(gene);
  });
  if (genes.empty()) return;
  const auto make = [this, wish, serial = m_serial, prediction = m_prediction, genes = std::move(genes)] {
    for (const int gene : genes) {
      if (wish != m_wish) return;
      const auto map = prediction->maps.of(size_t(gene));
      if (!map) continue;
      const auto tell = [this, serial, gene, spread = spreadOf((*map)->expression)] {
        take(serial, gene, spread);
      };
      QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
    }
  };
  m_making.add(make, {});
}

void TileSpreads::take(int serial, int gene, const TileSpread& spread) {
  if (serial != m_serial) return;
  m_spreads[gene] = spread;
  Q_EMIT made(gene);
}

}  // namespace geneglass
