// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/predict_slide.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>

#include "inference/head/gene_maps.h"
#include "inference/package/package_precision.h"
#include "inference/tissue/expected_tiles.h"
#include "viewer/foundation/watch.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unfitFeatures(const Slide& slide, const FeatureBag& bag, const std::string& why) {
  const std::string place = bag.file.empty() ? "" : fmt::format(" in '{}'", bag.file.string());
  return fail(fmt::format("Cannot predict '{}': the features{} {}.", slide.file.string(), place, why));
}

tl::unexpected<Error> cancelled(const Slide& slide) {
  return fail(fmt::format("The prediction of '{}' was cancelled.", slide.file.string()));
}

/// What is known of a gene before it is read on the slide.
GenePrediction describe(const GeneFacts& facts) {
  GenePrediction gene;
  gene.value = gene.baseline = gene.percentile = std::numeric_limits<double>::quiet_NaN();
  gene.symbol = facts.symbol;
  gene.group = facts.group;
  gene.trainingMean = facts.trainingMean;
  gene.heldOutR = facts.heldOutR;
  gene.ciLow = facts.ciLow;
  gene.ciHigh = facts.ciHigh;
  gene.wellPredicted = facts.wellPredicted;
  return gene;
}

/// With where its value falls among the training's out-of-fold predictions.
void setReading(const GeneFacts& facts, const GeneReading& reading, const GeneMap& map,
                GenePrediction& gene) {
  gene.value = reading.value;
  gene.baseline = reading.baseline;
  if (!std::isnan(reading.spread)) gene.spread = reading.spread;
  gene.percentile = percentileOf(facts.predictionQuantiles, reading.value);
  gene.hotspots = static_cast<int>(map.hotspots.size());
  for (const Hotspot& hotspot : map.hotspots) gene.hotspotMm2 += hotspot.areaMm2;
}

void describeModel(const ModelPackage& package, Prediction& prediction) {
  prediction.modelName = package.name;
  prediction.modelVersion = package.version;
  prediction.modelStatement = package.statement;
  prediction.modelHash = package.hash;
  prediction.labelUnit = package.labelUnit;
  prediction.panel = package.panel;
}

void describeSlide(const Slide& slide, const FeatureBag& bag, Prediction& prediction) {
  prediction.slideFile = slide.file.filename().string();  // where it lay is nobody's who gets the result
  prediction.slideHash = slide.hash;
  prediction.slideSize = slide.size();
  prediction.mpp = bag.mpp > 0 ? bag.mpp : slide.mpp ? slide.mpp->mean() : 0;
  prediction.grid = bag.grid;
  prediction.damagedTiles = bag.damagedTiles;
  prediction.quality = bag.quality;
}

/// What the package's encoder computed the bag in; none where it did not.
std::optional<Precision> precisionOf(const FeatureBag& bag, const ModelPackage& package) {
  for (const Precision precision : kPrecisions)
    if (bag.encoderHash == featuresHash(package, precision)) return precision;
  return {};
}

/// Other tools' tiles may hang over the slide's edge, but not by more than half.
Result<void> checkPlaces(const Slide& slide, const FeatureBag& bag) {
  const TileGrid& grid = bag.grid;
  const Size size = slide.size();
  for (size_t tile = 0; tile < grid.count(); ++tile) {
    const Rect area = grid.areaOfTile(tile);
    const double x = area.x + area.width / 2, y = area.y + area.height / 2;
    if (!(x >= 0 && y >= 0 && x <= double(size.width) && y <= double(size.height)))
      return unfitFeatures(slide, bag,
                           fmt::format("do not fit: tile {} at ({:.0f}, {:.0f}) lies outside its {} x {} "
                                       "pixels",
                                       tile, area.x, area.y, size.width, size.height));
  }
  return {};
}

Result<void> checkBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package) {
  if (!bag.slideHash.empty() && bag.slideHash != slide.hash)
    return unfitFeatures(slide, bag, "are those of another slide");
  if (!bag.encoderHash.empty() && !precisionOf(bag, package))
    return unfitFeatures(slide, bag, "were made with another encoder than the model's");
  if (bag.features.rows != bag.grid.count()) return unfitFeatures(slide, bag, "do not match their tiles");
  if (bag.features.columns != featuresATile(package))
    return unfitFeatures(
        slide, bag,
        fmt::format("are {} a tile where the model takes {}", bag.features.columns, featuresATile(package)));
  if (!bag.slideName.empty() && bag.slideName != slide.name() && bag.slideName != slide.file.filename())
    return unfitFeatures(slide, bag, fmt::format("are those of a slide named '{}'", bag.slideName));
  const int64_t within = bag.slideSizeWithin;
  if (bag.slideSize != Size{} && (std::abs(bag.slideSize.width - slide.size().width) > within ||
                                  std::abs(bag.slideSize.height - slide.size().height) > within))
    return unfitFeatures(
        slide, bag,
        fmt::format("are those of a slide of {} x {} pixels", bag.slideSize.width, bag.slideSize.height));
  return checkPlaces(slide, bag);
}

/// How far a prediction is to go, and who hears of it.
struct Reading {
  bool whole = true;  ///< with hotspots and the tumour region
  std::stop_token stop;
  OnGene onGene = {};
  OnProgress progress = {};
  /// Genes that take more multiplications than this together are left unread: maps, but no values.
  double mostWork = std::numeric_limits<double>::infinity();
};

/// Tells at most five times a second how many genes have been read.
class GenesRead final {
 public:
  GenesRead(const OnProgress& progress, size_t genes) : m_progress(progress), m_genes(genes) {}

  void read(size_t gene) {
    const double now = m_watch.seconds();
    if (!m_progress || now - m_told < 0.2) return;
    m_told = now;
    const size_t done = gene + 1;
    m_progress(
        {"predicting genes", int64_t(done), int64_t(m_genes), now * double(m_genes - done) / double(done)});
  }

 private:
  const OnProgress& m_progress;
  const size_t m_genes;
  const Watch m_watch;
  double m_told = 0;
};

/// The mean of all tiles, as the only one.
std::shared_ptr<const Matrix> meanTile(const Matrix& features) {
  auto mean = std::make_shared<Matrix>(1, features.columns);
  std::vector<double> sums(features.columns);
  for (size_t tile = 0; tile < features.rows; ++tile)
    for (size_t k = 0; k < features.columns; ++k) sums[k] += double(features.at(tile, k));
  for (size_t k = 0; k < features.columns; ++k) mean->at(0, k) = float(sums[k] / double(features.rows));
  return mean;
}

/// How far the heads of the folds lie apart.
Result<void> readSpreads(const SlideHead& folds, std::shared_ptr<const Matrix> features,
                         const std::stop_token& stop, Prediction& prediction) {
  if (!folds.weighsTiles()) features = meanTile(*features);  // all that linear heads ask
  const auto bag = folds.embed(std::move(features));
  if (!bag) return tl::unexpected(bag.error());
  for (size_t first = 0; first < folds.genes() && !stop.stop_requested(); first += SlideHead::kTogether) {
    const auto some = folds.read(*bag, first, std::min(SlideHead::kTogether, folds.genes() - first));
    if (!some) return tl::unexpected(some.error());
    for (size_t i = 0; i < some->size(); ++i) prediction.genes[first + i].spread = (*some)[i].spread;
  }
  prediction.foldModels = folds.models();
  return {};
}

/// Values of the genes, and where their maps come from. Gives the features away.
Result<void> predictGenes(const PackageHeads& heads, Matrix features, const ModelPackage& package,
                          const Reading& how, Prediction& prediction) {
  const auto shared = std::make_shared<const Matrix>(std::move(features));
  auto bag = heads.genes->embed(shared);
  if (!bag) return tl::unexpected(bag.error());
  GeneMaps::Place place{prediction.grid, prediction.mpp, {}};
  for (const GeneFacts& facts : package.genes) {
    prediction.genes.push_back(describe(facts));
    place.hasHotspots.push_back(how.whole && facts.wellPredicted);
  }
  const double work = heads.genes->workOfGene() * double(package.genes.size()) * double(bag->tiles);
  const auto maps = std::make_shared<const GeneMaps>(heads.genes, std::move(*bag), std::move(place));
  prediction.maps = sourceOf(maps);
  if (work > how.mostWork) return {};
  if (heads.genes->models() > 1) prediction.foldModels = heads.genes->models();
  if (how.whole && heads.folds)
    if (const auto read = readSpreads(*heads.folds, shared, how.stop, prediction); !read) return read;
  GenesRead genesRead(how.progress, package.genes.size());
  return maps->readAll(how.stop,
                       [&](size_t gene, const GeneReading& reading, const GeneMapPtr& map) -> Result<void> {
                         setReading(package.genes[gene], reading, *map, prediction.genes[gene]);
                         genesRead.read(gene);
                         return how.onGene ? how.onGene(prediction, gene, *map) : Result<void>();
                       });
}

/// Gives the bag's features away.
Result<Prediction> predictWith(const PackageHeads& heads, const Slide& slide, FeatureBag bag,
                               const ModelPackage& package, const Reading& how) {
  Prediction prediction;
  describeSlide(slide, bag, prediction);
  describeModel(package, prediction);
  if (const auto precision = precisionOf(bag, package)) prediction.precision = toString(*precision);
  if (heads.domain && bag.features.rows > 0) {  // first: all that follows may be withheld
    Result<SlideDomain> domain = heads.domain->judge(bag.features);
    if (!domain) return tl::unexpected(domain.error());
    prediction.domain = std::move(*domain);
  }
  for (const CallHead& head : heads.calls) {
    Result<SlideCall> call = head.call(bag.features);
    if (!call) return tl::unexpected(call.error());
    if (how.whole) findRegion(*call, prediction.grid, prediction.mpp);
    prediction.calls.push_back(std::move(*call));
  }
  if (heads.genes)
    if (const auto done = predictGenes(heads, std::move(bag.features), package, how, prediction); !done)
      return tl::unexpected(done.error());
  if (how.stop.stop_requested()) return cancelled(slide);
  return prediction;
}

/// Tells what is known so far: first soon, then about once a second, for at most a tenth of the time. Values
/// that would take long to read again stay as they were read last.
class Partials final {
 public:
  Partials(const Slide& slide, const ModelPackage& package, const PackageHeads& heads,
           const OnPartial& onPartial, std::stop_token stop)
      : m_slide(slide), m_package(package), m_heads(heads), m_onPartial(onPartial), m_stop(stop) {}

  /// Any thread, several at a time: one of them does it.
  void offer(const GrowingBag& growing) {
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock || m_watch.seconds() < m_due || growing.count(TileState::Usable) < kFewest) return;
    const double begin = m_watch.seconds();
    tell(growing);
    m_due = m_watch.seconds() + std::max(kPause, 10 * (m_watch.seconds() - begin));
  }

 private:
  static constexpr size_t kFewest = 8;               ///< tiles of the first map
  static constexpr double kFirst = 0.4, kPause = 1;  ///< seconds
  static constexpr double kMostWork = 5e9;           ///< multiplications: some 100 ms on two processors

  void tell(const GrowingBag& growing) {
    FeatureBag bag = growing.usable();
    std::vector<TileGrid::Cell> waiting = waitingBeside(bag.grid, growing);
    if (waiting.empty()) return;
    Result<Prediction> prediction = predictWith(m_heads, m_slide, std::move(bag), m_package,
                                                {.whole = false, .stop = m_stop, .mostWork = kMostWork});
    if (!prediction) return;  // the whole bag will say why
    takeValues(prediction->genes);
    prediction->waiting = std::move(waiting);
    m_onPartial(std::make_shared<const Prediction>(std::move(*prediction)));
  }

  /// Of the bag that `known` was taken from: what was computed since is not in `known`, so it waits too.
  static std::vector<TileGrid::Cell> waitingBeside(const TileGrid& known, const GrowingBag& growing) {
    const TileGrid& grid = growing.frame().grid;
    std::vector<TileState> states(grid.count());
    auto next = known.cells.begin();
    for (size_t cell = 0; cell < states.size(); ++cell) {
      states[cell] = growing.state(cell);
      if (next != known.cells.end() && *next == grid.cells[cell])
        ++next;
      else if (states[cell] == TileState::Usable)
        states[cell] = TileState::Waiting;
    }
    return expectedTiles(grid, states);
  }

  void takeValues(std::vector<GenePrediction>& genes) {
    if (genes.empty()) return;
    if (!std::isnan(genes.front().value))
      m_lastRead = genes;
    else if (!m_lastRead.empty())
      genes = m_lastRead;
  }

  const Slide& m_slide;
  const ModelPackage& m_package;
  const PackageHeads& m_heads;
  const OnPartial& m_onPartial;
  const std::stop_token m_stop;
  const Watch m_watch;
  std::mutex m_mutex;
  double m_due = kFirst;
  std::vector<GenePrediction> m_lastRead;
};

/// With hotspots and the tumour region.
Result<Prediction> predictWhole(const PackageHeads& heads, const Slide& slide, FeatureBag bag,
                                const ModelPackage& package, std::stop_token stop, const OnGene& onGene,
                                const OnProgress& progress = {}) {
  const Watch watch;
  Result<Prediction> prediction =
      predictWith(heads, slide, std::move(bag), package,
                  {.stop = std::move(stop), .onGene = onGene, .progress = progress});
  if (prediction) prediction->seconds.aggregate = prediction->seconds.total = watch.seconds();
  return prediction;
}

}  // namespace

Result<Prediction> predictBag(const Slide& slide, FeatureBag bag, const LoadedModel& model,
                              std::stop_token stop, const OnGene& onGene) {
  const Result<void> checked = checkBag(slide, bag, model.package());
  if (!checked) return tl::unexpected(checked.error());
  const Result<const PackageHeads*> heads = model.heads();
  if (!heads) return tl::unexpected(heads.error());
  return predictWhole(**heads, slide, std::move(bag), model.package(), stop, onGene);
}

Result<Prediction> predictBag(const Slide& slide, FeatureBag bag, const ModelPackage& package) {
  return predictBag(slide, std::move(bag), LoadedModel(package));
}

Result<Prediction> predictSlide(const OpenedSlide& opened, const LoadedModel& model,
                                const ExtractOptions& options, std::stop_token stop,
                                const OnProgress& progress, const OnPartial& onPartial,
                                const OnGene& onGene) {
  const Watch watch;
  const Slide& slide = *opened.slide;
  const Result<const PackageHeads*> heads = model.heads();
  if (!heads) return tl::unexpected(heads.error());
  Partials partials(slide, model.package(), **heads, onPartial, stop);
  OnTile onTile;
  if (onPartial) onTile = [&](const GrowingBag& bag) { partials.offer(bag); };
  Result<ExtractedBag> extracted = extractFeatures(opened, model.encoder(), options, stop, progress, onTile);
  if (stop.stop_requested()) return cancelled(slide);
  if (!extracted) return tl::unexpected(extracted.error());
  if (progress) progress({"predicting genes", 0, 0, -1});
  Result<Prediction> prediction =
      predictWhole(**heads, slide, std::move(extracted->bag), model.package(), stop, onGene, progress);
  if (!prediction) return prediction;
  const double aggregate = prediction->seconds.aggregate;
  prediction->seconds = extracted->seconds;
  prediction->seconds.aggregate = aggregate;
  prediction->seconds.total = watch.seconds();
  return prediction;
}

Result<Prediction> predictSlide(const OpenedSlide& opened, const ModelPackage& package,
                                const ExtractOptions& options, std::stop_token stop,
                                const OnProgress& progress, const OnPartial& onPartial) {
  return predictSlide(opened, LoadedModel(package), options, std::move(stop), progress, onPartial);
}

}  // namespace geneglass
