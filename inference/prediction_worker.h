// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "inference/predict_slide.h"

namespace geneglass {

/// Runs one prediction at a time on a thread of its own. The destructor asks the running one to stop and
/// joins; it must not run inside a callback. start() and cancel() may.
class PredictionWorker final {
 public:
  using Finished = std::function<void(Result<std::shared_ptr<const Prediction>>)>;

  PredictionWorker() = default;
  ~PredictionWorker();
  PredictionWorker(const PredictionWorker&) = delete;
  PredictionWorker& operator=(const PredictionWorker&) = delete;

  /// Cancels what runs and starts anew. Returns at once; the old job winds down first, on its own thread.
  /// `progress`, `partial` and `finished` are called on the worker's thread, never after a later start() or
  /// cancel() returned: these wait for a callback that is just running.
  void start(OpenedSlide opened, std::shared_ptr<const LoadedModel> model, ExtractOptions options,
             OnProgress progress, Finished finished, OnPartial partial = {});

  /// Asks the running job to stop and forgets it: returns at once, `finished` is not called any more.
  void cancel();

  bool isRunning() const;

 private:
  struct Job;

  mutable std::mutex m_mutex;
  std::shared_ptr<Job> m_job;
  std::jthread m_thread;  ///< the newest job's; it joins its predecessor's before it begins
};

}  // namespace geneglass
