// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "app/command_line/each_slide.h"
#include "app/command_line/other_files.h"
#include "inference/package/holds_program.h"
#include "inference/predict_slide.h"
#include "inference/prediction/few_tiles.h"
#include "inference/prediction/prediction_files.h"
#include "inference/prediction/withheld.h"
#include "inference/subtype/subtype_slide.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

std::string lineOf(const Prediction& prediction, const std::vector<TemplateCall>& subtypes,
                   const std::string& file) {
  const auto well = std::count_if(prediction.genes.begin(), prediction.genes.end(),
                                  [](const GenePrediction& gene) { return gene.wellPredicted; });
  const int hotspots =
      std::accumulate(prediction.genes.begin(), prediction.genes.end(), 0,
                      [](int count, const GenePrediction& gene) { return count + gene.hotspots; });
  std::string line;
  if (isOutside(prediction)) line = outsideSentence(prediction) + ' ';
  for (const SlideCall& call : prediction.calls) line += inWords(call) + ", research use only; ";
  for (const TemplateCall& call : subtypes)
    line += fmt::format("{} of the slide: {}, {}, research use only; ", call.target, inWords(call),
                        trustInWords(call));
  line = fmt::format("{}: {}{} genes ({} well predicted), {} tiles", file, line, prediction.genes.size(),
                     well, prediction.grid.count());
  if (!prediction.withheld) line += fmt::format(", {} hotspots", hotspots);
  line += fmt::format(" in {:.1f} s", prediction.seconds.total);
  if (isOfFewTiles(prediction)) line += fmt::format(", fewer tiles than {}: not to be relied on", kFewTiles);
  if (prediction.damagedTiles > 0)
    line += fmt::format(", {} damaged tiles left out", prediction.damagedTiles);
  return line;
}

struct PredictOptions : EachSlideOptions {
  std::string bag;  ///< features of another tool or run, for a single slide; empty: computed
  std::optional<double> stride;
  bool outsideToo = false;
  std::vector<std::string> templates;  ///< files, beside those of the package
  OtherFileOptions others;

  OutsideTissue outside() const { return outsideToo ? OutsideTissue::Shown : OutsideTissue::Withheld; }
};

Result<Prediction> predictionOf(const SlideTurn& turn, const LoadedModel& model,
                                const PredictOptions& options, const OnGene& onGene) {
  if (options.bag.empty())
    return predictSlide(turn.opened, model,
                        {.threads = options.threads,
                         .stride = options.stride,
                         .store = std::make_shared<const FeatureStore>()},
                        turn.stop, turn.progress, {}, onGene);
  const std::optional<Mpp>& mpp = turn.opened.slide->mpp;
  Result<FeatureBag> bag =
      readBag(options.bag, mpp ? std::optional(mpp->mean()) : std::nullopt, featuresATile(model.package()));
  if (!bag) return tl::unexpected(bag.error());
  return predictBag(*turn.opened.slide, std::move(*bag), model, turn.stop, onGene);
}

/// Adds what the slide is called by each.
Result<std::vector<TemplateCall>> addSubtypes(Prediction& prediction, const ModelPackage& package,
                                              const std::vector<TemplateSet>& templates,
                                              const std::stop_token& stop) {
  std::vector<TemplateCall> calls;
  for (const TemplateSet& set : templates) {
    Result<TemplateCall> call = addSubtype(prediction, package, set, stop);
    if (!call) return tl::unexpected(call.error());
    std::erase_if(calls, [&](const TemplateCall& other) { return other.target == call->target; });
    calls.push_back(std::move(*call));
  }
  return calls;
}

/// Whether another slide's prediction lies there, of a slide of the same name.
bool isOfAnother(const std::filesystem::path& file, const Slide& slide) {
  const nlohmann::json facts = readJsonFile(file).value_or(nlohmann::json());
  const nlohmann::json::json_pointer hash("/slide/hash");
  return facts.is_object() && facts.contains(hash) && facts[hash] != slide.hash;
}

/// What every slide is predicted with; `names`: see OtherFiles.
struct PredictionMeans {
  const LoadedModel& model;
  const std::vector<TemplateSet>& templates;
  const GeneNames* names;
};

/// Of a run's results, which are then the same bytes whenever and wherever they are made.
constexpr double kUntold = std::numeric_limits<double>::quiet_NaN();

Result<SlideDone> predictOne(const SlideTurn& turn, const PredictionMeans& means,
                             const PredictOptions& options) {
  const Slide& slide = *turn.opened.slide;
  const std::string& name = turn.job.name;
  const std::filesystem::path file = std::filesystem::path(options.folder) / (name + ".prediction.json");
  if (isOfAnother(file, slide))
    return fail(fmt::format(
        "Cannot write '{}': it holds the prediction of another slide than '{}'; remove it or give another "
        "folder.",
        file.string(), slide.file.string()));
  PredictionFiles files(options.folder, name, options.outside());
  OtherFiles others(options.others, std::filesystem::path(options.folder) / name, means.names);
  if (const Result<void> checked = others.check(slide); !checked) return tl::unexpected(checked.error());
  const auto write = [&](const Prediction& known, size_t gene, const GeneMap& map) {
    others.add(known, gene, map);
    return files.add(known, gene, map);
  };
  Result<Prediction> prediction = predictionOf(turn, means.model, options, write);
  if (!prediction) return tl::unexpected(prediction.error());
  const PredictionSeconds seconds = prediction->seconds;
  if (turn.isOfRun) prediction->seconds = {kUntold, kUntold, kUntold, kUntold, kUntold};
  const bool hidden = isOutside(*prediction) && !options.outsideToo;
  Result<std::vector<TemplateCall>> subtypes = addSubtypes(
      *prediction, means.model.package(), hidden ? std::vector<TemplateSet>() : means.templates, turn.stop);
  if (!subtypes) return tl::unexpected(subtypes.error());
  const Result<void> written = files.finish(*prediction, *subtypes);
  if (!written) return tl::unexpected(written.error());
  Prediction shown = hidden ? withhold(*prediction) : *prediction;
  if (const Result<void> more = others.write(turn.opened, shown); !more) return tl::unexpected(more.error());
  shown.seconds = seconds;
  SlideDone done{slide.file.string(), file.string(), lineOf(shown, *subtypes, file.string())};
  done.others.emplace_back("maps", (std::filesystem::path(options.folder) / (name + ".maps.h5")).string());
  for (const auto& [key, path] : others.files()) done.others.emplace_back(key, path.string());
  done.steps = stepsOf(seconds);
  return done;
}

void printJson(const ModelPackage& package, const SlidesOutcome& outcome) {
  using nlohmann::json;
  json document = {{"model",
                    {{"name", package.name},
                     {"version", package.version},
                     {"hash", package.hash},
                     {"statement", package.statement}}},
                   {"predicted", json::array()},
                   {"failed", json::array()}};
  for (const SlideDone& slide : outcome.done) {
    json files = {{"slide", slide.file}, {"prediction", slide.result}};
    for (const auto& [key, file] : slide.others) files[key] = file;
    document["predicted"].push_back(std::move(files));
  }
  for (const SlideFailed& slide : outcome.failed)
    document["failed"].push_back({{"slide", slide.file}, {"reason", slide.reason}});
  fmt::print("{}\n", document.dump(2, ' ', false, json::error_handler_t::replace));
}

/// What the results depend on but slide and model.
Result<std::string> askedOf(const PredictOptions& options) {
  std::string text =
      fmt::format("predict stride {} outside {}", options.stride.value_or(0), options.outsideToo);
  for (const std::string& file : options.templates) {
    const Result<std::string> hash = sha256OfFile(file);
    if (!hash) return hash;
    text += " templates " + *hash;
  }
  const OtherFileOptions& others = options.others;
  return fmt::format("{} files {} {} {}", text, others.h5ad.has_value(), others.geojson.has_value(),
                     others.omeTiff.has_value());
}

Outcome predictAll(const PredictOptions& options, std::stop_token stop) {
  if (!options.bag.empty() && !options.isOfOneSlide())
    return fail(fmt::format("The features of '{}' are of one slide, and {} slides were given.", options.bag,
                            options.slides.size()));
  for (const auto& file : {options.others.h5ad, options.others.geojson, options.others.omeTiff})
    if (file && !file->empty() && !options.isOfOneSlide())
      return fail(
          fmt::format("'{}' is the file of one slide, and {} given: without a name each has its own.", *file,
                      options.manifest.empty() ? fmt::format("{} slides were", options.slides.size())
                                               : fmt::format("the manifest '{}' was", options.manifest)));
  const Result<ModelPackage> package =
      options.package.empty() ? openShippedModel() : openModelPackage(options.package);
  if (!package) return tl::unexpected(package.error());
  const Result<std::vector<TemplateSet>> templates = templatesOf(*package, options.templates);
  if (!templates) return tl::unexpected(templates.error());
  if (!options.json) fmt::print("{} {}: {}\n", package->name, package->version, package->statement);
  if (!options.json && holdsProgram(*package)) fmt::print("{}\n", kHoldsProgram);
  const LoadedModel model(*package);
  const Result<GeneNames> names = options.others.h5ad ? GeneNames::shipped() : fail("not wanted");
  const Result<std::string> asked = askedOf(options);
  if (!asked) return tl::unexpected(asked.error());
  const PredictionMeans means{model, *templates, names ? &*names : nullptr};
  const Result<SlidesOutcome> outcome = eachSlide(
      options, stop,
      {.command = "predict", .package = *package, .asked = *asked, .work = [&](const SlideTurn& turn) {
         return predictOne(turn, means, options);
       }});
  if (!outcome) return tl::unexpected(outcome.error());
  if (options.json) printJson(*package, *outcome);
  return outcomeOf(*outcome);
}

}  // namespace

void addPredictCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<PredictOptions>();
  CLI::App* command = program.add_subcommand(
      "predict", "Predicts gene expression: NAME.prediction.json and NAME.maps.h5 for each slide");
  declareEachSlide(*command, *options);
  command->add_option("--model", options->package, "Folder of the model package; otherwise the shipped one");
  command->add_option(
      "--bag", options->bag,
      "Features of the slide that are there already: HDF5 with features N x D and coords N x 2, of "
      "Geneglass, CLAM, TRIDENT or STAMP, or a .pt with both");
  command
      ->add_option("--stride", options->stride,
                   "Micrometres from tile to tile, for finer maps; otherwise tiles lie side by side")
      ->check(CLI::Range(1.0, 10000.0))
      ->excludes("--bag");
  command->get_option("--bag")->excludes("--slides");
  command->add_flag(
      "--outside", options->outsideToo,
      "Hotspots, calls and percentiles also of slides whose tissue is unlike what the model learnt "
      "from");
  command
      ->add_option(
          "--templates", options->templates,
          "A file with the columns class and symbol, once or more: the slide and its tiles are called "
          "by nearest template, beside the templates the package carries")
      ->allow_extra_args(false);
  declareOtherFiles(*command, options->others);
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback(
      [options, &run] { run = [options](std::stop_token stop) { return predictAll(*options, stop); }; });
}

}  // namespace geneglass
