// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <deque>

#include "inference/prediction_worker.h"

namespace geneglass {

/// What a queue predicts. The callbacks are PredictionWorker's, on its thread.
struct PredictionWish {
  OpenedSlide opened;
  std::shared_ptr<const LoadedModel> model;
  ExtractOptions options;
  OnProgress progress;
  PredictionWorker::Finished finished;
  OnPartial partial;
};

/// Predicts the slides of a program one after the other, in the order of their wishes. GUI thread.
class PredictionQueue final : public QObject {
  Q_OBJECT

 public:
  explicit PredictionQueue(QObject* parent = nullptr) : QObject(parent) {}

  int add(PredictionWish wish);  ///< a number to drop it by, from 1
  /// Whether it runs, waits or is over: none of its callbacks is called after this returned.
  void drop(int number);
  bool isWaiting(int number) const;  ///< for another one that runs

 private:
  struct Numbered {
    int number;
    PredictionWish wish;
  };
  void startNext();
  void end(int number);

  int m_last = 0;
  int m_running = 0;  ///< 0: none
  std::deque<Numbered> m_waiting;
  PredictionWorker m_worker;  ///< last, so that it ends first
};

}  // namespace geneglass
