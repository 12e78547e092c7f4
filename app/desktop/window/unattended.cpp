// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/unattended.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/benchmark/bench_view.h"
#include "app/desktop/export/report.h"
#include "app/desktop/export/snapshot_export.h"
#include "app/desktop/layers/overlay_stack.h"
#include "app/progress_line.h"
#include "inference/predict_slide.h"
#include "inference/prediction/withheld.h"

namespace geneglass {
namespace {

Result<ModelPackage> openModel(const Call& call) {
  return call.model ? openModelPackage(*call.model) : openShippedModel();
}

/// Predicts and chooses the call's gene, which the model must know.
Result<void> addPrediction(OverlayScene& scene, const OpenedSlide& opened, const Call& call) {
  auto package = openModel(call);
  if (!package) return tl::unexpected(package.error());
  const auto& genes = package->genes;
  const auto gene = std::find_if(genes.begin(), genes.end(),
                                 [&](const GeneFacts& known) { return known.symbol == call.gene; });
  if (!call.gene.empty() && gene == genes.end())
    return fail(fmt::format("The model '{}' does not predict the gene '{}'.", package->name, call.gene));
  auto prediction =
      predictSlide(opened, *package, {.store = std::make_shared<const FeatureStore>()}, {}, progressLine());
  endProgressLine();
  if (!prediction) return tl::unexpected(prediction.error());
  if (isOutside(*prediction)) *prediction = withhold(*prediction);
  scene.prediction = std::make_shared<const Prediction>(std::move(*prediction));
  scene.gene = call.gene.empty() ? -1 : static_cast<int>(gene - genes.begin());
  return {};
}

Result<void> drawSnapshot(const OpenedSlide& opened, const OverlayScene& scene, const Call& call) {
  const auto view = snapshotView(*opened.slide, call.region, call.size);
  if (!view) return tl::unexpected(view.error());
  OverlayChoice choice(loadOverlays(overlayFolder()));
  OverlayStack overlays(choice);
  if (scene.gene >= 0) choice.setOn(OverlayRole::Expression, true);
  overlays.setScene(scene);
  return exportSnapshot({.file = *call.snapshot,
                         .opened = opened,
                         .view = *view,
                         .layers = overlays.fileLayers(),
                         .prediction = scene.prediction,
                         .gene = scene.gene,
                         .colour = defaultColour(*opened.slide)});
}

}  // namespace

Result<void> runUnattended(const Call& call) {
  if (call.bench) return benchView(*call.bench, call.json);
  auto opened = openSlide(call.slides.front(), call.mpp);
  if (!opened) return tl::unexpected(opened.error());
  OverlayScene scene;
  scene.slide = opened->slide;
  if (!call.gene.empty() || call.report)
    if (auto predicted = addPrediction(scene, *opened, call); !predicted) return predicted;
  if (!call.report) return drawSnapshot(*opened, scene, call);
  return writeReport({.file = *call.report,
                      .opened = *opened,
                      .prediction = scene.prediction,
                      .gene = scene.gene,
                      .overlays = loadOverlays(overlayFolder()),
                      .colour = defaultColour(*opened->slide)});
}

}  // namespace geneglass
