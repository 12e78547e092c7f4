// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/unattended.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/benchmark/bench_view.h"
#include "app/desktop/annotating/annotation_labels.h"
#include "app/desktop/case/case.h"
#include "app/desktop/case/case_place.h"
#include "app/desktop/export/snapshot_export.h"
#include "app/desktop/genes/top_gene.h"
#include "app/desktop/layers/overlay_stack.h"
#include "app/desktop/report/report.h"
#include "app/desktop/window/report_case.h"
#include "app/desktop/workplace/memory_budget.h"
#include "app/progress_line.h"
#include "app/streams.h"
#include "inference/learning/spots/measure_slide.h"
#include "inference/predict_slide.h"
#include "inference/prediction/withheld.h"
#include "viewer/slide/slide_probe.h"

namespace geneglass {
namespace {

Result<ModelPackage> openModel(const Call& call) {
  return call.model ? openModelPackage(*call.model) : openShippedModel();
}

/// And chooses a gene where the call did not.
Result<void> addSpots(OverlayScene& scene, const OpenedSlide& opened, const LoadedModel& model,
                      const std::filesystem::path& folder) {
  const auto spots = measureSlide(folder, opened, model, 0, {}, progressLine());
  endProgressLine();
  if (!spots) return tl::unexpected(spots.error());
  scene.spots = spots->spots;
  if (scene.gene < 0) scene.gene = topGene(*scene.prediction);
  return {};
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
  const LoadedModel model(*package);
  auto prediction =
      predictSlide(opened, model, {.store = std::make_shared<const FeatureStore>()}, {}, progressLine());
  endProgressLine();
  if (!prediction) return tl::unexpected(prediction.error());
  if (isOutside(*prediction)) *prediction = withhold(*prediction);
  scene.prediction = std::make_shared<const Prediction>(std::move(*prediction));
  scene.gene = call.gene.empty() ? -1 : static_cast<int>(gene - genes.begin());
  return call.spots ? addSpots(scene, opened, model, *call.spots) : Result<void>();
}

/// Of one of two pictures side by side; without a region, where the spots are, above the legend.
Result<Viewport> halfView(const OpenedSlide& opened, const MeasuredSpots& spots, const Call& call) {
  constexpr double kBand = 150;  // a narrow picture's legend and scale bar, one over the other
  const Size half{call.size.width / 2, call.size.height};
  if (call.region || half.height < 4 * kBand) return snapshotView(*opened.slide, call.region, half);
  return fitAbove(areaOf(spots, 2 * spots.diameter), double(half.width), double(half.height), kBand);
}

/// Measured to the left, predicted to the right.
void putSideBySide(SnapshotRequest& request, OverlayChoice& choice, const OverlayStack& overlays) {
  choice.setOn(OverlayRole::Spots, false);
  request.beside = overlays.fileLayers();
  choice.setOn(OverlayRole::Expression, false);
  choice.setOn(OverlayRole::Spots, true);
  request.layers = overlays.fileLayers();
}

/// As the window makes it of a slide that has just been opened; of a case only where the call names one.
ReportRequest reportRequest(const OpenedSlide& opened, const OverlayScene& scene, const Case* document,
                            std::vector<OverlayEntry> overlays, const Call& call) {
  ReportRequest request{.file = *call.report,
                        .opened = opened,
                        .prediction = scene.prediction,
                        .gene = scene.gene,
                        .overlays = std::move(overlays),
                        .colour = defaultColour(*opened.slide)};
  if (auto package = openModel(call))
    request.package = std::make_shared<const ModelPackage>(std::move(*package));
  const Viewport view = fit(opened.slide->bounds, double(call.size.width), double(call.size.height));
  request.origin.slideFile = std::filesystem::absolute(opened.slide->file);
  request.origin.slideHash = opened.slide->hash;
  request.origin.slideSize = opened.slide->size();
  request.origin.userMpp = call.mpp;
  request.origin.view = {view.centre, view.downsample, view.rotation, view.isMirrored};
  request.origin.gene = call.gene;
  request.origin.modelName = scene.prediction->modelName;
  request.origin.modelHash = scene.prediction->modelHash;
  request.made = QDateTime::currentDateTime();
  if (document) {
    addCase(request, *document);
    request.origin.caseFile = std::filesystem::absolute(*call.caseFile);
  }
  return request;
}

/// The case that the call names, or null: no other is looked for.
Result<std::unique_ptr<Case>> namedCase(const OpenedSlide& opened, const Call& call) {
  if (!call.caseFile) return nullptr;
  auto content = readCase(*call.caseFile, identityOf(*opened.slide));
  if (!content) return tl::unexpected(content.error());
  auto document = std::make_unique<Case>();
  const AnnotationSetPtr annotations = annotationsAt(*content);
  document->take(std::move(*content), annotations);
  return document;
}

void addAnnotations(SnapshotRequest& request, const Case& document) {
  const OverlayLayer drawn = annotationsLayer(document.annotations(), {}, request.opened.slide->mpp);
  if (!drawn.overlay) return;
  request.layers.push_back(drawn);
  if (request.beside) request.beside->push_back(drawn);
}

/// Where in the choice the overlays are that the call wants to see.
Result<std::vector<size_t>> namedOverlays(const OverlayChoice& choice, const Call& call) {
  std::vector<size_t> named;
  for (const std::string& name : call.shown) {
    const auto& wishes = choice.wishes();
    const auto wish = std::ranges::find_if(wishes, [&](const OverlayWish& each) {
      return each.entry.identifier == QString::fromStdString(name);
    });
    if (wish == wishes.end()) {
      QStringList known, refused;
      for (const OverlayWish& each : wishes)
        if (each.entry.plugin)
          known << each.entry.identifier;
        else
          refused << QStringLiteral(" ") + each.entry.refusal;
      return fail(fmt::format("There is no overlay '{}'; there are {}.{}", name,
                              known.join(QStringLiteral(", ")).toStdString(),
                              refused.join(QString()).toStdString()));
    }
    if (!wish->entry.plugin)
      return fail(fmt::format("Overlay '{}': {}", name, wish->entry.refusal.toStdString()));
    named.push_back(size_t(wish - wishes.begin()));
  }
  return named;
}

/// Errors: one of them has nothing to draw here.
Result<void> switchOn(const std::vector<size_t>& named, OverlayChoice& choice, const OverlayStack& overlays) {
  for (const size_t index : named) choice.setOn(index, true);
  for (const size_t index : named)
    if (const StackedOverlay& made = overlays.overlays()[index]; !made.refusal.isEmpty())
      return fail(fmt::format("Overlay '{}': {}", choice.wishes()[index].entry.identifier.toStdString(),
                              made.refusal.toStdString()));
  return {};
}

Result<void> drawSnapshot(const OpenedSlide& opened, const OverlayScene& scene, const Case* document,
                          OverlayChoice& choice, const std::vector<size_t>& shown, const Call& call) {
  const auto view = scene.spots ? halfView(opened, *scene.spots, call)
                                : snapshotView(*opened.slide, call.region, call.size);
  if (!view) return tl::unexpected(view.error());
  OverlayStack overlays(choice);
  if (scene.gene >= 0) choice.setOn(OverlayRole::Expression, true);
  overlays.setScene(scene);
  if (const Result<void> on = switchOn(shown, choice, overlays); !on) return on;
  SnapshotRequest request{.file = *call.snapshot,
                          .opened = opened,
                          .view = *view,
                          .layers = overlays.fileLayers(),
                          .prediction = scene.prediction,
                          .gene = scene.gene,
                          .colour = defaultColour(*opened.slide),
                          .spots = scene.spots,
                          .memory = call.memory.value_or(usualMemoryBudget())};
  if (call.plain) request.parts = {.legend = false, .scaleBar = false, .caption = false};
  if (scene.spots) putSideBySide(request, choice, overlays);
  if (document) addAnnotations(request, *document);
  const Result<std::string> done = exportSnapshot(request, progressLine());
  endProgressLine();
  if (!done) return tl::unexpected(done.error());
  if (!done->empty()) say(*done + '\n');
  return {};
}

}  // namespace

Result<void> runUnattended(const Call& call) {
  if (call.bench) return benchView(*call.bench, call.json);
  SlideProbe probe;
  auto opened = openProbed(probe, call.slides.front(), call.mpp);
  if (!opened) return tl::unexpected(opened.error());
  const auto document = namedCase(*opened, call);
  if (!document) return tl::unexpected(document.error());
  const std::vector<OverlayEntry> entries = loadOverlays(overlayFolders(call.overlays));
  OverlayChoice choice(entries);
  const auto shown = namedOverlays(choice, call);
  if (!shown) return tl::unexpected(shown.error());
  const bool wantPrediction = std::ranges::any_of(*shown, [&](size_t index) {
    const OverlayNeeds& needs = choice.wishes()[index].entry.needs;
    return needs.prediction || needs.gene;
  });
  OverlayScene scene;
  scene.slide = opened->slide;
  if (wantPrediction || !call.gene.empty() || call.report || call.spots)
    if (auto predicted = addPrediction(scene, *opened, call); !predicted) return predicted;
  if (!call.report) return drawSnapshot(*opened, scene, document->get(), choice, *shown, call);
  return writeReport(reportRequest(*opened, scene, document->get(), entries, call));
}

}  // namespace geneglass
