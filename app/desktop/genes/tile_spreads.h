// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <array>
#include <atomic>
#include <memory>
#include <unordered_map>
#include <vector>

#include "app/desktop/workplace/job_thread.h"
#include "inference/prediction/prediction.h"

namespace geneglass {

/// How a gene's tile values are spread: the share of tiles in each of equal steps between the least and the
/// greatest value, over the largest of these shares, 0..1.
using TileSpread = std::array<float, 24>;
TileSpread spreadOf(const std::vector<float>& values);

/// Spreads of the genes that are in sight, made behind the window. GUI thread.
class TileSpreads final : public QObject {
  Q_OBJECT

 public:
  /// Those of another prediction are dropped.
  void showPrediction(std::shared_ptr<const Prediction> prediction);
  void want(std::vector<int> genes);       ///< replaces what was wanted before
  const TileSpread* find(int gene) const;  ///< null where it is not made, or the gene has no map

 Q_SIGNALS:
  void made(int gene);

 private:
  void take(int serial, int gene, const TileSpread& spread);

  std::shared_ptr<const Prediction> m_prediction;
  std::unordered_map<int, TileSpread> m_spreads;
  int m_serial = 0;             ///< of the prediction
  std::atomic<int> m_wish = 0;  ///< counts calls
  JobThread m_making;           ///< last, so that it ends first
};

}  // namespace geneglass
