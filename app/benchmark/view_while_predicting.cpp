// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>

#include "app/benchmark/view_benchmark.h"
#include "app/benchmark/view_stage.h"
#include "inference/prediction_worker.h"

namespace geneglass {
namespace {

/// Predicts a slide over and over, as the window does once; keeps no feature, so that each run has all to do.
class Predictions final {
 public:
  Predictions(OpenedSlide opened, ModelPackage package, std::shared_ptr<EyeFirst> eyeFirst)
      : m_opened(std::move(opened)),
        m_model(std::make_shared<const LoadedModel>(std::move(package))),
        m_eyeFirst(std::move(eyeFirst)) {}

  /// Starts one where none runs; true where one ran before.
  bool keepRunning() {
    if (m_failed || m_worker.isRunning()) return !m_failed;
    const auto finished = [this](const Result<std::shared_ptr<const Prediction>>& prediction) {
      if (prediction) return;
      m_reason = prediction.error();
      m_failed = true;
    };
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
    m_worker.start(m_opened, m_model, {.threads = threads, .eyeFirst = m_eyeFirst}, {}, finished);
    ++m_begun;
    return false;
  }
  int begun() const { return m_begun; }
  Result<void> outcome() const {
    if (m_failed) return tl::unexpected(m_reason);
    return {};
  }

 private:
  const OpenedSlide m_opened;
  const std::shared_ptr<const LoadedModel> m_model;
  const std::shared_ptr<EyeFirst> m_eyeFirst;
  Error m_reason;
  std::atomic<bool> m_failed = false;
  int m_begun = 0;
  PredictionWorker m_worker;  ///< last, so that it ends first
};

}  // namespace

Result<ViewWhilePredicting> viewWhilePredicting(const ViewBenchmarkOptions& options) {
  auto canvas = OffScreenView::make(kBenchmarkScreen);
  if (!canvas) return tl::unexpected(canvas.error());
  auto opened = openSlide(options.slide);
  if (!opened) return tl::unexpected(opened.error());
  auto package = openShippedModel();
  if (!package) return tl::unexpected(package.error());
  const auto processors = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const auto eyeFirst = std::make_shared<EyeFirst>();
  const ViewTour tour(*opened->slide, kBenchmarkScreen, options.extent);
  Predictions predictions(*opened, std::move(*package), eyeFirst);
  ViewWhilePredicting result;
  for (Times* times : {&result.alone, &result.predicting}) {
    ViewStage stage(**canvas, *opened, options.threads > 0 ? options.threads : processors, eyeFirst);
    stage.settle(fit(opened->slide->bounds, kBenchmarkScreen.width, kBenchmarkScreen.height));
    int running = 0;
    stage.pan(tour, options.seconds, [&](const FrameReport& report, double milliseconds) {
      times->milliseconds.push_back(milliseconds);
      result.blankFrames += report.plan.blank;
      if (times == &result.predicting) running += predictions.keepRunning();
    });
    result.predictedShare = running / static_cast<double>(std::max<size_t>(1, times->milliseconds.size()));
  }
  result.predictions = predictions.begun();
  if (auto outcome = predictions.outcome(); !outcome) return tl::unexpected(outcome.error());
  return result;
}

}  // namespace geneglass
