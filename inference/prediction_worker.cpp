// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction_worker.h"

#include <fmt/format.h>

#include <atomic>
#include <utility>

#include "inference/subtype/subtype_slide.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/thread_priority.h"

namespace geneglass {

struct PredictionWorker::Job {
  OpenedSlide opened;
  std::shared_ptr<const LoadedModel> model;
  ExtractOptions options;
  OnProgress progress;
  Finished finished;
  OnPartial partial;
  std::stop_source stop;
  std::recursive_mutex calling;  ///< held while a callback runs; recursive, since a callback may cancel
  bool forgotten = false;        ///< under `calling`
  std::atomic<bool> running{true};

  void forget() {
    stop.request_stop();
    const std::scoped_lock lock(calling);
    forgotten = true;
    running = false;
  }

  void tell(const Progress& now) {
    const std::scoped_lock lock(calling);
    if (!forgotten && progress) progress(now);
  }

  void show(std::shared_ptr<const Prediction> known) {
    const std::scoped_lock lock(calling);
    if (!forgotten) partial(std::move(known));
  }

  Result<std::shared_ptr<const Prediction>> predict() {
    try {
      Result<Prediction> outcome = predictSlide(
          opened, *model, options, stop.get_token(), [this](const Progress& now) { tell(now); }, shows());
      if (!outcome) return tl::unexpected(outcome.error());
      if (const Result<void> added = addSubtypes(*outcome); !added) return tl::unexpected(added.error());
      return std::make_shared<const Prediction>(std::move(*outcome));
    } catch (const std::exception& error) {
      return fail(fmt::format("Cannot predict '{}': {}.", opened.slide->file.string(), reasonOf(error)));
    }
  }

  /// By the templates the package carries.
  Result<void> addSubtypes(Prediction& prediction) const {
    const Result<std::vector<TemplateSet>> templates = templatesOf(model->package());
    if (!templates) return tl::unexpected(templates.error());
    for (const TemplateSet& set : *templates)
      if (const auto call = addSubtype(prediction, model->package(), set, stop.get_token()); !call)
        return tl::unexpected(call.error());
    return {};
  }

  OnPartial shows() {
    if (!partial) return {};
    return [this](std::shared_ptr<const Prediction> known) { show(std::move(known)); };
  }

  void run() {
    if (stop.stop_requested()) return;
    auto outcome = predict();
    const std::scoped_lock lock(calling);
    running = false;
    if (!forgotten && finished) finished(std::move(outcome));
  }
};

PredictionWorker::~PredictionWorker() {
  cancel();
}

void PredictionWorker::start(OpenedSlide opened, std::shared_ptr<const LoadedModel> model,
                             ExtractOptions options, OnProgress progress, Finished finished,
                             OnPartial partial) {
  cancel();
  auto job = std::make_shared<Job>();
  job->opened = std::move(opened);
  job->model = std::move(model);
  job->options = std::move(options);
  job->progress = std::move(progress);
  job->finished = std::move(finished);
  job->partial = std::move(partial);
  const std::scoped_lock lock(m_mutex);
  m_job = job;
  m_thread = std::jthread([job, previous = std::move(m_thread)]() mutable {
    if (previous.joinable()) previous.join();
    lowerThreadPriority();
    job->run();
  });
}

void PredictionWorker::cancel() {
  std::shared_ptr<Job> job;
  {
    const std::scoped_lock lock(m_mutex);
    job = std::exchange(m_job, nullptr);
  }
  if (job) job->forget();
}

bool PredictionWorker::isRunning() const {
  const std::scoped_lock lock(m_mutex);
  return m_job && m_job->running;
}

}  // namespace geneglass
