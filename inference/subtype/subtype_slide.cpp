// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/subtype/subtype_slide.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "inference/subtype/nearest_template.h"

namespace geneglass {
namespace {

constexpr uint64_t kSeed = 1;

/// The genes of the package that count, of which the sample consists.
struct CountingGenes {
  std::vector<size_t> inPackage;
  std::vector<Spread> spread;
};

CountingGenes countingGenes(const ModelPackage& package) {
  CountingGenes genes;
  for (size_t gene = 0; gene < package.genes.size(); ++gene) {
    const Spread spread = spreadOf(package.genes[gene].predictionQuantiles);
    if (!(spread.deviation > 0)) continue;
    genes.inPackage.push_back(gene);
    genes.spread.push_back(spread);
  }
  return genes;
}

Result<PlacedTemplates> placed(const TemplateSet& templates, const ModelPackage& package,
                               const CountingGenes& genes) {
  std::unordered_map<std::string, size_t> places;
  for (size_t i = 0; i < genes.inPackage.size(); ++i)
    places.emplace(package.genes[genes.inPackage[i]].symbol, i);
  std::vector<std::optional<size_t>> known;
  for (const TemplateRow& row : templates.rows) {
    const auto found = places.find(row.symbol);
    known.push_back(found == places.end() ? std::nullopt : std::optional(found->second));
  }
  Result<PlacedTemplates> found = placeTemplates(templates, known);
  if (!found)
    return fail(fmt::format("Cannot use the templates '{}': {} among the {} that '{}' predicts.",
                            templates.file.string(), found.error().sentence, package.genes.size(),
                            package.name));
  return found;
}

double standardised(double value, const Spread& spread) {
  return (value - spread.mean) / spread.deviation;
}

/// The template that each of N tiles is nearest to. A gene's map is read once, and forgotten.
Result<std::vector<uint8_t>> nearestOfTiles(const Prediction& prediction, const CountingGenes& genes,
                                            const PlacedTemplates& templates, const std::stop_token& stop) {
  const size_t classes = templates.rows.size(), tiles = prediction.grid.count();
  std::vector<std::vector<double>> times(genes.inPackage.size());  // in how many rows of a class a gene is
  for (size_t row = 0; row < templates.gene.size(); ++row) {
    std::vector<double>& own = times[templates.gene[row]];
    own.resize(classes);
    ++own[templates.ofClass[row]];
  }
  std::vector<double> sums(tiles * classes);
  for (size_t i = 0; i < times.size(); ++i) {
    if (times[i].empty()) continue;
    if (stop.stop_requested()) return fail("The subtype was cancelled.");
    const Result<GeneMapPtr> map = prediction.maps.of(genes.inPackage[i]);
    if (!map) return tl::unexpected(map.error());
    for (size_t tile = 0; tile < tiles; ++tile)
      for (size_t each = 0; each < classes; ++each)
        sums[tile * classes + each] +=
            times[i][each] * standardised((*map)->expression[tile], genes.spread[i]);
  }
  std::vector<uint8_t> nearest;
  for (size_t tile = 0; tile < tiles; ++tile)
    nearest.push_back(uint8_t(nearestOf({sums.data() + tile * classes, classes}, templates)));
  return nearest;
}

std::string targetOfTiles(const std::string& target) {
  return target + " of tiles";
}

SlideCall callOfTiles(const TemplateCall& call, std::vector<uint8_t> nearest) {
  SlideCall tiles;
  tiles.facts.target = targetOfTiles(call.target);
  tiles.facts.ofTiles = true;
  tiles.facts.classes.clear();
  for (const std::string& name : call.classes) tiles.facts.classes.push_back({.name = name});
  tiles.facts.statement = fmt::format("{} of the slide by nearest template: {}, {}. A tile alone has no p",
                                      call.target, inWords(call), trustInWords(call));
  tiles.probabilities = call.shares;
  tiles.classOfTile = std::move(nearest);
  tiles.byTemplates = call;
  return tiles;
}

size_t wellPredictedOf(const PlacedTemplates& templates, const ModelPackage& package,
                       const CountingGenes& genes) {
  return size_t(std::ranges::count_if(
      templates.gene, [&](size_t gene) { return package.genes[genes.inPackage[gene]].wellPredicted; }));
}

void forget(Prediction& prediction, const std::string& target) {
  std::erase_if(prediction.calls, [&](const SlideCall& call) {
    return call.facts.ofTiles && call.facts.target == targetOfTiles(target);
  });
}

}  // namespace

Spread spreadOf(std::span<const float> quantiles) {
  if (quantiles.size() < 2) return {};
  const double steps = double(quantiles.size() - 1);
  double mean = 0, squares = 0;
  const double middle = quantiles[quantiles.size() / 2];
  for (size_t i = 0; i + 1 < quantiles.size(); ++i) {
    const double low = quantiles[i] - middle, high = quantiles[i + 1] - middle;
    mean += (low + high) / 2 / steps;
    squares += (low * low + low * high + high * high) / 3 / steps;
  }
  return {middle + mean, std::sqrt(std::max(0.0, squares - mean * mean))};
}

static TemplateCall called(std::span<const double> values, const ModelPackage& package,
                           const TemplateSet& templates, const CountingGenes& genes,
                           const PlacedTemplates& found) {
  std::vector<double> z;
  for (size_t i = 0; i < genes.inPackage.size(); ++i)
    z.push_back(standardised(values[genes.inPackage[i]], genes.spread[i]));
  const NearestTemplate nearest = nearestTemplate(z, found, kSeed);
  TemplateCall call{templates.target,     templates.file.string(), templates.classes,
                    nearest.distance,     nearest.nearest,         nearest.p,
                    templates.rows.size()};
  call.predicted = found.gene.size();
  call.wellPredicted = wellPredictedOf(found, package, genes);
  return call;
}

Result<TemplateCall> callOfValues(std::span<const double> values, const ModelPackage& package,
                                  const TemplateSet& templates) {
  const CountingGenes genes = countingGenes(package);
  const Result<PlacedTemplates> found = placed(templates, package, genes);
  if (!found) return tl::unexpected(found.error());
  return called(values, package, templates, genes, *found);
}

Result<TemplateCall> addSubtype(Prediction& prediction, const ModelPackage& package,
                                const TemplateSet& templates, const std::stop_token& stop) {
  const CountingGenes genes = countingGenes(package);
  const Result<PlacedTemplates> found = placed(templates, package, genes);
  if (!found) return tl::unexpected(found.error());
  std::vector<double> values;
  for (const GenePrediction& gene : prediction.genes) values.push_back(gene.value);
  TemplateCall call = called(values, package, templates, genes, *found);
  Result<std::vector<uint8_t>> ofTiles = nearestOfTiles(prediction, genes, *found, stop);
  if (!ofTiles) return tl::unexpected(ofTiles.error());
  call.shares.resize(call.classes.size());
  for (const uint8_t each : *ofTiles) call.shares[each] += 1 / double(ofTiles->size());
  forget(prediction, call.target);
  prediction.calls.push_back(callOfTiles(call, std::move(*ofTiles)));
  return call;
}

Result<std::vector<TemplateSet>> templatesOf(const ModelPackage& package) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(package.folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::filesystem::path& file = entry->path();
    const bool isTable = file.extension() == ".csv" || file.extension() == ".tsv";
    if (isTable && file.filename().string().starts_with("templates.")) files.push_back(file);
  }
  std::ranges::sort(files);
  std::vector<TemplateSet> sets;
  for (const std::filesystem::path& file : files) {
    Result<TemplateSet> set = readTemplates(file);
    if (!set) return tl::unexpected(set.error());
    sets.push_back(std::move(*set));
  }
  return sets;
}

Result<std::vector<TemplateSet>> templatesOf(const ModelPackage& package,
                                             const std::vector<std::string>& files) {
  Result<std::vector<TemplateSet>> sets = templatesOf(package);
  if (!sets) return sets;
  for (const std::string& file : files) {
    Result<TemplateSet> set = readTemplates(file);
    if (!set) return tl::unexpected(set.error());
    sets->push_back(std::move(*set));
  }
  return sets;
}

}  // namespace geneglass
