// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/predict_slide.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "inference/package/int8_facts.h"
#include "inference/package/package_precision.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/watch.h"

namespace geneglass {
namespace {

tl::unexpected<Error> impossible(const Slide& slide, const std::string& why) {
  return fail(fmt::format("Cannot predict '{}': {}.", slide.file.string(), why));
}

/// Where a value falls among the training's out-of-fold predictions, and the rest of a gene's facts.
GenePrediction describe(const GeneFacts& facts, float value, float baseline) {
  return {facts.symbol,
          facts.subtype,
          value,
          facts.trainingMean,
          percentileOf(facts.predictionQuantiles, value),
          facts.heldOutR,
          facts.ciLow,
          facts.ciHigh,
          facts.wellPredicted,
          baseline};
}

void addHotspots(Prediction& prediction) {
  std::vector<std::vector<Hotspot>> found(prediction.genes.size());
  inOwnThreads(found.size(), 1, 0, [&](size_t, size_t gene, size_t) {
    if (prediction.genes[gene].wellPredicted)
      found[gene] =
          findHotspots(prediction.grid, prediction.contribution.row(gene), prediction.attention.row(gene),
                       prediction.expression.row(gene), prediction.mpp, static_cast<int>(gene));
  });
  for (std::vector<Hotspot>& hotspots : found)
    std::move(hotspots.begin(), hotspots.end(), std::back_inserter(prediction.hotspots));
}

void describeModel(const ModelPackage& package, Prediction& prediction) {
  prediction.modelName = package.name;
  prediction.modelVersion = package.version;
  prediction.modelStatement = package.statement;
  prediction.modelHash = package.hash;
  prediction.labelUnit = package.labelUnit;
}

void describeSlide(const Slide& slide, const FeatureBag& bag, Prediction& prediction) {
  prediction.slideFile = slide.file.string();
  prediction.slideHash = slide.hash;
  prediction.slideSize = slide.size();
  prediction.mpp = bag.mpp > 0 ? bag.mpp : slide.mpp ? slide.mpp->mean() : 0;
  prediction.grid = bag.grid;
  prediction.damagedTiles = bag.damagedTiles;
}

/// What the package's encoder computed the bag in; none where it did not.
std::optional<Precision> precisionOf(const FeatureBag& bag, const ModelPackage& package) {
  for (const Precision precision : {Precision::Float32, Precision::Int8})
    if (bag.encoderHash == featuresHash(package, precision)) return precision;
  return {};
}

Result<void> checkBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package) {
  if (!bag.slideHash.empty() && bag.slideHash != slide.hash)
    return impossible(slide, "the features are those of another slide");
  if (!bag.encoderHash.empty() && !precisionOf(bag, package))
    return impossible(slide, "the features were made with another encoder than the model's");
  if (bag.features.rows != bag.grid.count())
    return impossible(slide, "the features do not match their tiles");
  return {};
}

/// Values and maps of the genes.
Result<void> predictGenes(const SlideHead& head, const FeatureBag& bag, const ModelPackage& package,
                          Prediction& prediction) {
  Result<BagPrediction> outcome = head.predict(bag.features);
  if (!outcome) return tl::unexpected(outcome.error());
  for (size_t gene = 0; gene < package.genes.size(); ++gene)
    prediction.genes.push_back(
        describe(package.genes[gene], outcome->values[gene], outcome->baselines[gene]));
  prediction.attention = std::move(outcome->attention);
  for (float& attention : prediction.attention.values) attention *= static_cast<float>(bag.grid.count());
  prediction.expression = std::move(outcome->expression);
  prediction.contribution = std::move(outcome->contribution);
  return {};
}

/// Everything but the hotspots and the tumour region.
Result<Prediction> predictWith(const PackageHeads& heads, const Slide& slide, const FeatureBag& bag,
                               const ModelPackage& package) {
  Prediction prediction;
  describeSlide(slide, bag, prediction);
  describeModel(package, prediction);
  if (const auto precision = precisionOf(bag, package)) prediction.precision = toString(*precision);
  if (heads.genes)
    if (const auto done = predictGenes(*heads.genes, bag, package, prediction); !done)
      return tl::unexpected(done.error());
  if (heads.diagnosis) {
    Result<SlideDiagnosis> diagnosis = heads.diagnosis->diagnose(bag.features);
    if (!diagnosis) return tl::unexpected(diagnosis.error());
    prediction.diagnosis = std::move(*diagnosis);
  }
  return prediction;
}

/// Tells what is known so far: first soon, then about once a second, for at most a tenth of the time.
class Partials final {
 public:
  Partials(const Slide& slide, const ModelPackage& package, const PackageHeads& heads,
           const OnPartial& onPartial)
      : m_slide(slide), m_package(package), m_heads(heads), m_onPartial(onPartial) {}

  /// Any thread, several at a time: one of them does it.
  void offer(const GrowingBag& growing) {
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock || m_watch.seconds() < m_due) return;
    FeatureBag bag = growing.usable();
    if (bag.grid.count() < kFewest) return;
    const double begin = m_watch.seconds();
    Result<Prediction> prediction = predictWith(m_heads, m_slide, bag, m_package);
    m_due = m_watch.seconds() + std::max(kPause, 10 * (m_watch.seconds() - begin));
    if (!prediction) return;  // the whole bag will say why
    const std::vector<bool> waits = growing.waits();
    for (size_t cell = 0; cell < waits.size(); ++cell)
      if (waits[cell]) prediction->waiting.push_back(growing.frame().grid.cells[cell]);
    if (!prediction->waiting.empty()) m_onPartial(std::make_shared<const Prediction>(std::move(*prediction)));
  }

 private:
  static constexpr size_t kFewest = 8;               ///< tiles of the first map
  static constexpr double kFirst = 0.4, kPause = 1;  ///< seconds

  const Slide& m_slide;
  const ModelPackage& m_package;
  const PackageHeads& m_heads;
  const OnPartial& m_onPartial;
  const Watch m_watch;
  std::mutex m_mutex;
  double m_due = kFirst;
};

/// With hotspots and the tumour region.
Result<Prediction> predictWhole(const PackageHeads& heads, const Slide& slide, const FeatureBag& bag,
                                const ModelPackage& package) {
  const Watch watch;
  Result<Prediction> prediction = predictWith(heads, slide, bag, package);
  if (!prediction) return prediction;
  addHotspots(*prediction);
  if (prediction->diagnosis) findTumourRegion(*prediction->diagnosis, prediction->grid, prediction->mpp);
  prediction->seconds.aggregate = prediction->seconds.total = watch.seconds();
  return prediction;
}

}  // namespace

Result<Prediction> predictBag(const Slide& slide, const FeatureBag& bag, const LoadedModel& model) {
  const Result<void> checked = checkBag(slide, bag, model.package());
  if (!checked) return tl::unexpected(checked.error());
  const Result<const PackageHeads*> heads = model.heads();
  if (!heads) return tl::unexpected(heads.error());
  return predictWhole(**heads, slide, bag, model.package());
}

Result<Prediction> predictBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package) {
  return predictBag(slide, bag, LoadedModel(package));
}

Result<Prediction> predictSlide(const OpenedSlide& opened, const LoadedModel& model,
                                const ExtractOptions& options, std::stop_token stop,
                                const OnProgress& progress, const OnPartial& onPartial) {
  const Watch watch;
  const Slide& slide = *opened.slide;
  const Result<const PackageHeads*> heads = model.heads();
  if (!heads) return tl::unexpected(heads.error());
  Partials partials(slide, model.package(), **heads, onPartial);
  OnTile onTile;
  if (onPartial) onTile = [&](const GrowingBag& bag) { partials.offer(bag); };
  const Result<ExtractedBag> extracted =
      extractFeatures(opened, model.encoder(), options, stop, progress, onTile);
  if (stop.stop_requested())
    return fail(fmt::format("The prediction of '{}' was cancelled.", slide.file.string()));
  if (!extracted) return tl::unexpected(extracted.error());
  if (progress) progress({"predicting genes", 0, 0, -1});
  Result<Prediction> prediction = predictWhole(**heads, slide, extracted->bag, model.package());
  if (!prediction) return prediction;
  prediction->damagedTiles = extracted->damagedTiles;
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
