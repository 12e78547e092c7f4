// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "app/benchmark/view_benchmark.h"
#include "app/benchmark/view_stage.h"
#include "inference/prediction_worker.h"
#include "inference/tissue/shared_tissue.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

/// Predicts a slide over and over, as the window does once: its tissue is found beside it. Keeps no feature,
/// so that each run has all to do.
class Predictions final {
 public:
  Predictions(OpenedSlide opened, std::shared_ptr<const LoadedModel> model,
              std::shared_ptr<EyeFirst> eyeFirst)
      : m_opened(std::move(opened)), m_model(std::move(model)), m_eyeFirst(std::move(eyeFirst)) {}

  /// Starts one where none runs; true where one ran before.
  bool keepRunning() {
    if (m_failed || m_worker.isRunning()) return !m_failed;
    const auto finished = [this](const Result<std::shared_ptr<const Prediction>>& prediction) {
      if (prediction) return;
      m_reason = prediction.error();
      m_failed = true;
    };
    m_tissue = std::make_shared<SharedTissue>(m_opened, threadCount(0), m_eyeFirst);
    m_worker.start(m_opened, m_model,
                   {.threads = std::max(1, threadCount(0) - 1), .tissue = m_tissue, .eyeFirst = m_eyeFirst},
                   {}, finished);
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
  std::shared_ptr<SharedTissue> m_tissue;  ///< of the run
  Error m_reason;
  std::atomic<bool> m_failed = false;
  int m_begun = 0;
  PredictionWorker m_worker;  ///< last, so that it ends first
};

/// From the file's name to the frame in which the whole slide is sharp, again and again.
Result<void> openAgain(const ViewBenchmarkOptions& options, OffScreenView& canvas,
                       const std::shared_ptr<const LoadedModel>& model, bool predicting, Times& times) {
  for (int opening = 0; opening < kBenchmarkOpenings; ++opening) {
    const auto eyeFirst = std::make_shared<EyeFirst>();
    const Clock::time_point start = Clock::now();
    Result<OpenedSlide> opened = openSlide(options.slide);
    if (!opened) return tl::unexpected(opened.error());
    ViewStage stage(canvas, *opened, threadCount(options.threads), eyeFirst);
    Predictions predictions(*opened, model, eyeFirst);
    if (predicting) predictions.keepRunning();
    const Viewport whole = fit(opened->slide->bounds, kBenchmarkScreen.width, kBenchmarkScreen.height);
    stage.drawUntil(whole, [](const FrameReport& report) { return report.plan.sharp; });
    times.milliseconds.push_back(millisecondsSince(start));
  }
  return {};
}

}  // namespace

Result<ViewWhilePredicting> viewWhilePredicting(const ViewBenchmarkOptions& options) {
  auto canvas = OffScreenView::make(kBenchmarkScreen);
  if (!canvas) return tl::unexpected(canvas.error());
  auto opened = openSlide(options.slide);
  if (!opened) return tl::unexpected(opened.error());
  auto package = openShippedModel();
  if (!package) return tl::unexpected(package.error());
  const auto model = std::make_shared<const LoadedModel>(std::move(*package));
  ViewWhilePredicting result;
  for (const bool predicting : {false, true})
    if (auto done = openAgain(options, **canvas, model, predicting,
                              predicting ? result.openingPredicting : result.openingAlone);
        !done)
      return tl::unexpected(done.error());
  const auto eyeFirst = std::make_shared<EyeFirst>();
  const ViewTour tour(*opened->slide, kBenchmarkScreen, options.extent);
  Predictions predictions(*opened, model, eyeFirst);
  for (Times* times : {&result.alone, &result.predicting}) {
    ViewStage stage(**canvas, *opened, threadCount(options.threads), eyeFirst);
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
