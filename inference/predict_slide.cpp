// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/predict_slide.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "inference/attention_regression.h"
#include "inference/encoder.h"
#include "inference/tile_reader.h"

namespace geneglass {
namespace {

class Watch final {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
  }

 private:
  const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

tl::unexpected<Error> impossible(const Slide& slide, const std::string& why) {
  return fail(fmt::format("Cannot predict '{}': {}.", slide.file.string(), why));
}

tl::unexpected<Error> cancelled(const Slide& slide) {
  return fail(fmt::format("The prediction of '{}' was cancelled.", slide.file.string()));
}

int threadsOf(const PumpOptions& options) {
  return options.threads > 0 ? options.threads
                             : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Tells of progress at most five times a second.
class Reporter final {
 public:
  Reporter(const OnProgress& progress, size_t total) : m_progress(progress), m_total(total) {}

  void done(size_t count) {
    const double now = m_watch.seconds();
    if (!m_progress || (now - m_last < 0.2 && count < m_total)) return;
    m_last = now;
    const double left = count > 0 ? now * double(m_total - count) / double(count) : -1;
    m_progress({"encoding tiles", static_cast<int64_t>(count), static_cast<int64_t>(m_total), left});
  }

 private:
  const OnProgress& m_progress;
  const size_t m_total;
  const Watch m_watch;
  double m_last = -1;
};

/// Reads ahead, encodes batch after batch, keeps what could be read.
class Pump final {
 public:
  Pump(const OpenedSlide& opened, Encoder& encoder, const PumpOptions& options, std::stop_token stop)
      : m_opened(opened),
        m_encoder(encoder),
        m_options(options),
        m_stop(std::move(stop)),
        m_batch(static_cast<size_t>(std::max(1, options.batch))) {}

  Result<void> run(const TileGrid& grid, double tissueBrightness, const OnProgress& progress,
                   ExtractedBag& out) {
    const int threads = threadsOf(m_options);
    TileReader reader(m_opened, grid, m_encoder.facts().tile, tissueBrightness, std::max(1, threads / 2),
                      4 * m_batch, m_stop, m_options.eyeFirst);
    Reporter reporter(progress, grid.count());
    out.bag.features = Matrix(0, static_cast<size_t>(m_encoder.facts().width));
    size_t seen = 0;
    while (seen < grid.count()) {
      const std::vector<Image> images = collect(reader, grid, seen, out);
      if (m_stop.stop_requested()) return cancelled(*m_opened.slide);
      if (m_options.eyeFirst) m_options.eyeFirst->giveWay(m_stop);
      const Watch watch;
      const Result<Matrix> features = m_encoder.encode(images, m_stop);
      if (m_stop.stop_requested()) return cancelled(*m_opened.slide);
      if (!features) return tl::unexpected(features.error());
      out.seconds.encode += watch.seconds();
      Matrix& all = out.bag.features;
      all.values.insert(all.values.end(), features->values.begin(), features->values.end());
      all.rows += features->rows;
      reporter.done(seen);
    }
    return {};
  }

 private:
  /// The next batch of usable tiles; fewer at the end and when stopped.
  std::vector<Image> collect(TileReader& reader, const TileGrid& grid, size_t& seen, ExtractedBag& out) {
    const Watch watch;
    std::vector<Image> images;
    while (images.size() < m_batch) {
      std::optional<ReadTile> tile = reader.next();
      if (!tile) break;
      ++seen;
      if (tile->state == TileState::Damaged) ++out.damagedTiles;
      if (tile->state != TileState::Usable) continue;
      out.bag.grid.cells.push_back(grid.cells[tile->index]);
      images.push_back(std::move(tile->image));
    }
    out.seconds.read += watch.seconds();
    return images;
  }

  const OpenedSlide& m_opened;
  Encoder& m_encoder;
  const PumpOptions& m_options;
  const std::stop_token m_stop;
  const size_t m_batch;
};

Result<TissueMask> tissueOf(const OpenedSlide& opened, const PumpOptions& options,
                            const std::stop_token& stop, const OnProgress& progress,
                            PredictionSeconds& seconds) {
  if (progress) progress({"finding tissue", 0, 0, -1});
  const Watch watch;
  Result<TissueMask> tissue = findTissue(opened, {}, threadsOf(options), stop);
  seconds.tissue = watch.seconds();
  return tissue;
}

/// Where a value falls among the training's out-of-fold predictions, and the rest of a gene's facts.
GenePrediction describe(const GeneFacts& facts, float value) {
  return {facts.symbol,
          facts.subtype,
          value,
          facts.trainingMean,
          percentileOf(facts.predictionQuantiles, value),
          facts.heldOutR,
          facts.ciLow,
          facts.ciHigh,
          facts.wellPredicted};
}

void addHotspots(Prediction& prediction) {
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene) {
    if (!prediction.genes[gene].wellPredicted) continue;
    for (Hotspot& hotspot :
         findHotspots(prediction.grid, prediction.contribution.row(gene), prediction.attention.row(gene),
                      prediction.expression.row(gene), prediction.mpp, static_cast<int>(gene)))
      prediction.hotspots.push_back(std::move(hotspot));
  }
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
}

Result<void> checkBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package) {
  if (!bag.slideHash.empty() && bag.slideHash != slide.hash)
    return impossible(slide, "the features are those of another slide");
  if (!bag.encoderHash.empty() && bag.encoderHash != package.encoderHash)
    return impossible(slide, "the features were made with another encoder than the model's");
  if (bag.features.rows != bag.grid.count())
    return impossible(slide, "the features do not match their tiles");
  return {};
}

}  // namespace

Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const ModelPackage& package,
                                     const PumpOptions& options, std::stop_token stop,
                                     const OnProgress& progress) {
  const Watch watch;
  const Slide& slide = *opened.slide;
  ExtractedBag out;
  const Result<TissueMask> tissue = tissueOf(opened, options, stop, progress, out.seconds);
  if (!tissue) return tl::unexpected(tissue.error());
  const EncoderFacts& facts = package.encoder;
  const Result<TileGrid> grid = layTiles(slide, *tissue, facts.tile, facts.mpp, package.minimumTissue);
  if (!grid) return tl::unexpected(grid.error());
  if (grid->count() == 0) return impossible(slide, "no tissue was found that fills a tile");
  Result<Encoder> encoder = loadEncoder(package);
  if (!encoder) return tl::unexpected(encoder.error());
  encoder->useThreads(options.threads);
  out.bag.grid = *grid;
  out.bag.grid.cells.clear();
  out.bag.slideHash = slide.hash;
  out.bag.encoderHash = package.encoderHash;
  out.bag.mpp = slide.mpp->mean();
  const Result<void> pumped =
      Pump(opened, *encoder, options, stop).run(*grid, tissue->meanBrightness, progress, out);
  if (!pumped) return tl::unexpected(pumped.error());
  if (out.bag.grid.count() == 0)
    return impossible(slide, out.damagedTiles > 0 ? "no tile of its tissue can be read"
                                                  : "its tissue is too pale or too even to tell anything");
  out.seconds.total = watch.seconds();
  return out;
}

Result<Prediction> predictBag(const Slide& slide, const FeatureBag& bag, const ModelPackage& package) {
  const Watch watch;
  const Result<void> checked = checkBag(slide, bag, package);
  if (!checked) return tl::unexpected(checked.error());
  const Result<AttentionRegression> heads = loadAttentionRegression(package);
  if (!heads) return tl::unexpected(heads.error());
  Result<BagPrediction> outcome = heads->predict(bag.features);
  if (!outcome) return tl::unexpected(outcome.error());
  Prediction prediction;
  describeSlide(slide, bag, prediction);
  describeModel(package, prediction);
  for (size_t gene = 0; gene < package.genes.size(); ++gene)
    prediction.genes.push_back(describe(package.genes[gene], outcome->values[gene]));
  prediction.attention = std::move(outcome->attention);
  for (float& attention : prediction.attention.values) attention *= static_cast<float>(bag.grid.count());
  prediction.expression = std::move(outcome->expression);
  prediction.contribution = std::move(outcome->contribution);
  addHotspots(prediction);
  prediction.seconds.aggregate = prediction.seconds.total = watch.seconds();
  return prediction;
}

Result<Prediction> predictSlide(const OpenedSlide& opened, const ModelPackage& package,
                                const PumpOptions& options, std::stop_token stop,
                                const OnProgress& progress) {
  const Watch watch;
  const Result<ExtractedBag> extracted = extractFeatures(opened, package, options, stop, progress);
  if (!extracted) return tl::unexpected(extracted.error());
  if (stop.stop_requested()) return cancelled(*opened.slide);
  if (progress) progress({"predicting genes", 0, 0, -1});
  Result<Prediction> prediction = predictBag(*opened.slide, extracted->bag, package);
  if (!prediction) return prediction;
  prediction->damagedTiles = extracted->damagedTiles;
  const double aggregate = prediction->seconds.aggregate;
  prediction->seconds = extracted->seconds;
  prediction->seconds.aggregate = aggregate;
  prediction->seconds.total = watch.seconds();
  return prediction;
}

}  // namespace geneglass
