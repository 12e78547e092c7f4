// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/repository/rooms.h"

namespace geneglass::testing {
namespace {

Room plain(std::string folder, std::vector<std::string> mayInclude) {
  return {std::move(folder), std::move(mayInclude)};
}

Room withTorch(std::string folder, std::vector<std::string> mayInclude) {
  Room room = plain(std::move(folder), std::move(mayInclude));
  room.torch = true;
  return room;
}

Room window(std::string folder, std::vector<std::string> mayInclude, std::vector<std::string> files = {}) {
  Room room = plain(std::move(folder), std::move(mayInclude));
  room.files = std::move(files);
  room.qt = room.widgets = true;
  return room;
}

Room canvas() {
  Room room = window("viewer/canvas/", {"viewer/slide/", "viewer/annotation/", "viewer/wording/"});
  room.openGl = true;
  return room;
}

/// Only pictures of it: no widgets.
Room drawing(std::string folder, std::vector<std::string> mayInclude) {
  Room room = window(std::move(folder), std::move(mayInclude));
  room.widgets = false;
  return room;
}

}  // namespace

const std::vector<Room>& rooms() {
  static const std::string slide = "viewer/slide/", annotation = "viewer/annotation/",
                           canvases = "viewer/canvas/", prediction = "inference/prediction/",
                           package = "inference/package/", tissue = "inference/tissue/",
                           script = "inference/script/", scriptWorker = "inference/script/worker/",
                           encoder = "inference/encoder/", importing = "inference/import/",
                           head = "inference/head/", features = "inference/features/",
                           regions = "inference/regions/", exchange = "inference/exchange/",
                           torch = "inference/torch/", synthetic = "inference/synthetic/",
                           subtype = "inference/subtype/", predicting = "inference/",
                           cohort = "inference/learning/cohort/",
                           statistics = "inference/learning/statistics/", heads = "inference/learning/heads/",
                           evaluation = "inference/learning/evaluation/",
                           packages = "inference/learning/packages/",
                           pretraining = "inference/learning/pretraining/",
                           ranks = "inference/learning/ranks/", counts = "inference/learning/counts/",
                           spots = "inference/learning/spots/", overlays = "overlays/", pages = "app/pages/",
                           run = "app/run/", benchmark = "app/benchmark/", cases = "app/desktop/case/",
                           annotating = "app/desktop/annotating/", regionTables = "app/desktop/regions/",
                           workplace = "app/desktop/workplace/", session = "app/desktop/session/",
                           layers = "app/desktop/layers/", charts = "app/desktop/charts/",
                           genes = "app/desktop/genes/", picture = "app/desktop/picture/",
                           exporting = "app/desktop/export/", training = "app/desktop/training/",
                           snapshots = "app/desktop/snapshots/", browsing = "app/desktop/browsing/",
                           comparing = "app/desktop/compare/", cohorts = "app/desktop/cohort/",
                           reports = "app/desktop/report/", windows = "app/desktop/window/",
                           wording = "viewer/wording/", preferences = "app/desktop/preferences/",
                           help = "app/desktop/help/", app = "app/", generated = "generated/",
                           commands = "app/command_line/", learningCommands = "app/command_line/learning/";
  static const std::vector<Room> table{
      plain("viewer/foundation/", {}),
      plain(generated, {}),
      plain(slide, {}),
      plain(annotation, {slide}),
      drawing(wording, {}),
      canvas(),
      plain(prediction, {slide}),
      plain(package, {prediction, generated}),
      plain(subtype, {prediction, package}),
      plain(exchange, {slide, prediction}),
      plain(tissue, {slide, prediction}),
      plain(script, {}),
      withTorch(scriptWorker, {script}),
      plain(encoder, {slide, package, script}),
      plain(importing, {slide, prediction, package, encoder}),
      plain(head, {package, prediction, encoder}),
      plain(features, {slide, prediction, package, tissue, encoder}),
      withTorch(torch, {package, head}),
      plain(synthetic, {slide, prediction, package}),
      plain(predicting, {slide, prediction, package, tissue, encoder, head, features, subtype}),
      plain(cohort, {slide}),
      plain(statistics, {prediction}),
      plain(regions, {annotation, prediction, statistics}),
      withTorch(heads, {statistics, package, head, torch}),
      plain(evaluation, {slide, prediction, package, tissue, encoder, head, features, synthetic, predicting,
                         cohort, statistics, heads, subtype}),
      plain(packages,
            {slide, prediction, package, head, features, synthetic, cohort, statistics, heads, evaluation}),
      withTorch(ranks, {}),
      withTorch(pretraining, {slide, prediction, package, tissue, encoder, torch, synthetic, cohort,
                              statistics, heads, ranks}),
      plain(counts, {slide}),
      plain(spots,
            {slide, prediction, package, tissue, encoder, features, predicting, cohort, statistics, counts}),
      drawing(overlays, {wording, slide, canvases, prediction, tissue}),
      plain(app, {}),
      plain(pages, {slide, prediction, package, tissue, statistics, evaluation, counts, spots, heads, cohort,
                    subtype}),
      plain(run, {slide, exchange, pages, app, generated}),
      window(benchmark,
             {slide, annotation, canvases, prediction, package, tissue, encoder, features, predicting}),
      drawing(commands,
              {slide,      annotation, prediction, package,    tissue,   importing, features, synthetic,
               predicting, cohort,     statistics, evaluation, packages, counts,    spots,    pages,
               benchmark,  app,        generated,  regions,    exchange, subtype,   run}),
      plain(learningCommands,
            {commands, package, cohort, evaluation, packages, pretraining, ranks, pages, subtype, app}),
      window(workplace, {slide, features, predicting}),
      window(session, {wording, slide, canvases, prediction, package, tissue, features, predicting, counts,
                       spots, subtype, overlays, workplace}),
      window(cases, {wording, slide, annotation, workplace}),
      window(annotating, {wording, slide, annotation, canvases, prediction, cases, workplace}),
      window(regionTables, {wording, annotation, prediction, regions, cases, annotating, workplace}),
      window(help, {wording}),
      window(layers, {wording, help, canvases, prediction, tissue, overlays, session, workplace}),
      window(charts, {wording, help, canvases}),
      window(genes, {wording, help, slide, canvases, prediction, package, overlays, session, workplace,
                     layers, charts}),
      window(picture, {wording, help, slide, canvases, session}),
      window(browsing, {wording, slide, canvases, package, features, session, workplace}),
      window(cohorts, {wording, package, exchange, run, browsing, workplace}),
      window(comparing, {slide, canvases}),
      window(exporting, {wording, slide, annotation, canvases, prediction, package, overlays, session,
                         workplace, layers, genes, generated}),
      window(snapshots,
             {wording, slide, annotation, canvases, prediction, cases, session, layers, exporting}),
      window(reports, {wording, slide, annotation, canvases, prediction, regions, package, overlays, cases,
                       session, workplace, layers, genes, exporting, snapshots, generated}),
      // What a training checks before it starts and what its curve says; the training is another process.
      window(training,
             {wording, prediction, package, cohort, session, workplace, charts, genes, app, generated},
             {"inference/learning/packages/recipes.h", "inference/learning/packages/training_preparation.h",
              "inference/learning/packages/training_request.h",
              "inference/learning/heads/training_curve_reader.h", "inference/learning/heads/training_curve.h",
              "inference/learning/pretraining/pretrain_preparation.h",
              "inference/learning/pretraining/pretraining_curve_reader.h",
              "inference/learning/pretraining/pretrain_recipes.h",
              "inference/learning/pretraining/encoder_networks.h",
              "inference/learning/pretraining/pretrain_request.h"}),
      window(preferences, {wording, workplace}),
      window(windows,
             {help,         wording, preferences, slide,   annotation, canvases, cases,     annotating,
              regionTables, regions, prediction,  package, predicting, counts,   spots,     overlays,
              benchmark,    session, workplace,   layers,  charts,     genes,    picture,   exporting,
              snapshots,    reports, training,    app,     generated,  browsing, comparing, cohorts}),
      window("app/desktop/", {slide, canvases, cases, preferences, windows, workplace, app, generated}),
  };
  return table;
}

const Room* roomOf(const std::string& path) {
  const Room* found = nullptr;
  for (const Room& room : rooms())
    if (path.starts_with(room.folder) && (!found || room.folder.size() > found->folder.size())) found = &room;
  return found;
}

const std::vector<std::string>& torchHeaders() {
  static const std::vector<std::string> headers{
      "inference/script/worker/script_graph.h",
      "inference/torch/torch_modules.h",
      "inference/torch/torch_gated_attention.h",
      "inference/torch/residual_modules.h",
      "inference/learning/heads/adam_state.h",
      "inference/learning/heads/bag_loss.h",
      "inference/learning/heads/epochs.h",
      "inference/learning/heads/head_module.h",
      "inference/learning/pretraining/contrast_loss.h",
      "inference/learning/pretraining/contrast_step.h",
      "inference/learning/ranks/rank_group.h",
  };
  return headers;
}

}  // namespace geneglass::testing
