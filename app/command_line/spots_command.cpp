// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "app/command_line/command.h"
#include "app/pages/spot_picture.h"
#include "app/progress_line.h"
#include "app/streams.h"
#include "inference/learning/spots/read_spots.h"
#include "inference/learning/spots/spot_report.h"
#include "inference/learning/spots/spot_scores.h"
#include "inference/loaded_model.h"
#include "viewer/slide/pixel_size.h"

namespace geneglass {
namespace {

struct SpotsCall {
  std::string package;
  std::string slide;
  std::string counts;
  std::string spots;
  std::string picture;
  std::string gene;
  std::optional<double> mpp;
  int threads = 0;
  bool json = false;
};

/// Reads the spots and sees that there is something to compare, before the slide is predicted.
Result<SpotTable> readTable(const SpotsCall& asked, const ModelPackage& package) {
  Result<SpotTable> table = readSpots(asked.counts, asked.spots);
  if (!table) return table;
  std::vector<std::string> symbols;
  for (const GeneFacts& gene : package.genes) symbols.push_back(gene.symbol);
  const auto common = commonGenes(symbols, *table);
  if (!common) return tl::unexpected(common.error());
  if (!asked.gene.empty() && std::find(common->begin(), common->end(), asked.gene) == common->end())
    return fail(
        fmt::format("Cannot draw the gene '{}': it is not one of the {} that '{}' and '{}' both have.",
                    asked.gene, common->size(), asked.package, asked.counts));
  return table;
}

/// The gene to draw: the one asked for, else the one of the highest held-out r, which these spots did not
/// choose.
size_t drawnGene(const SpotsCall& asked, const SpotComparison& comparison) {
  const std::vector<SpotScore>& scores = comparison.scores;
  const auto named = std::find_if(scores.begin(), scores.end(),
                                  [&](const SpotScore& score) { return score.gene.symbol == asked.gene; });
  if (named != scores.end()) return size_t(named - scores.begin());
  const auto best = std::max_element(scores.begin(), scores.end(), [](const auto& one, const auto& other) {
    return one.gene.heldOutR < other.gene.heldOutR;
  });
  return size_t(best - scores.begin());
}

Outcome compare(const SpotsCall& asked, std::stop_token stop) {
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const Result<OpenedSlide> opened = openSlide(asked.slide, asked.mpp);
  if (!opened) return tl::unexpected(opened.error());
  const Result<SpotTable> table = readTable(asked, *package);
  if (!table) return tl::unexpected(table.error());
  if (const auto fits = lieOn(*table, *opened->slide); !fits) return fits;
  for (const std::string& note : table->notes) say(note + '\n');
  const LoadedModel model(*package);
  const Result<SpotPrediction> predicted =
      predictSpots(*opened, *table, model, asked.threads, stop, progressLine());
  if (!predicted) return tl::unexpected(predicted.error());
  const Prediction& prediction = predicted->prediction;
  const Result<SpotComparison> comparison = compareSpots(*predicted, *table, kSpotSeed, stop);
  if (!comparison) return tl::unexpected(comparison.error());
  endProgressLine();
  if (!asked.picture.empty()) {
    const Result<void> drawn =
        drawSpots(*opened, prediction, *comparison, drawnGene(asked, *comparison), asked.picture, stop);
    if (!drawn) return drawn;
  }
  if (asked.json) {
    fmt::print("{}\n", spotsAsJson(prediction, *comparison));
    return {};
  }
  fmt::print("{}", spotsAsTable(prediction, *comparison));
  if (!asked.picture.empty()) fmt::print("{} written\n", asked.picture);
  return {};
}

}  // namespace

void addSpotsCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<SpotsCall>();
  CLI::App* command = program.add_subcommand(
      "spots", "Compares the predicted expression map with spots measured on the slide");
  command->add_option("PACKAGE", asked->package, "The model package's folder")->required();
  command->add_option("SLIDE", asked->slide, "The slide the spots were measured on")->required();
  command
      ->add_option("--counts", asked->counts,
                   "Counts: a folder of Space Ranger or a file of it (.h5, matrix.mtx), a .h5ad, or a tab "
                   "separated table, spots x genes; gzip or plain")
      ->required();
  command->add_option(
      "--spots", asked->spots,
      "Where the spots are, in level-0 pixels: a tab separated table with x, y, pixel_x, pixel_y, or "
      "Space Ranger's tissue_positions*.csv; not needed with a folder or a .h5ad");
  CLI::Option* picture = command->add_option("--picture", asked->picture,
                                             "Draws measured and predicted side by side to this FILE.png");
  command
      ->add_option("--gene", asked->gene,
                   "The gene to draw; default: the one with the highest held-out r in the package")
      ->needs(picture);
  command->add_option("--threads", asked->threads, "Processor threads; 0 = all")->check(CLI::Range(0, 1024));
  command->add_option("--mpp", asked->mpp, "Micrometres per pixel, instead of what the file says")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  command->add_flag("--json", asked->json, "One JSON object");
  command->callback([asked, &run] {
    std::error_code error;
    const std::filesystem::path counts = asked->counts;
    const bool tellsPlaces = counts.extension() == ".h5ad" || std::filesystem::is_directory(counts, error);
    if (asked->spots.empty() && !tellsPlaces) throw CLI::RequiredError("--spots");
    run = [asked](std::stop_token stop) { return compare(*asked, stop); };
  });
}

}  // namespace geneglass
