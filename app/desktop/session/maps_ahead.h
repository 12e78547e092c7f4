// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "app/desktop/workplace/job_thread.h"
#include "inference/prediction/prediction.h"

namespace geneglass {

/// Computes the map of a gene (-1: none), where it has one, so that it is there when it is drawn. Any thread.
void computeMap(const Prediction& prediction, int gene);

/// Has a gene's map computed before a scene shows the gene, so that the GUI thread never waits for a slow
/// one. GUI thread; the computing is on a thread of its own.
class MapsAhead final : public QObject {
  Q_OBJECT

 public:
  /// Calls `then` on the GUI thread once the gene's map is at hand: before this returns where it is, or where
  /// the gene (-1: none) has none. The newest call replaces those that wait.
  void want(std::shared_ptr<const Prediction> prediction, int gene, std::function<void()> then);

  void drop() { ++m_wish; }  ///< what is wanted, with the prediction it is of

  /// Computes these too when nothing is wanted any more, the first ones first, as far as they are not at
  /// hand. Replaced by the next call of either.
  void prepare(std::shared_ptr<const Prediction> prediction, std::vector<int> genes);

 private:
  std::atomic<int> m_wish = 0;  ///< counts calls
  JobThread m_computing;        ///< last, so that it ends first
};

}  // namespace geneglass
