// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/predict_benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <thread>
#include <utility>

#include "app/benchmark/median.h"
#include "inference/features/pump.h"
#include "inference/package/package_precision.h"
#include "inference/predict_slide.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/shared_tiles.h"
#include "inference/tissue/tile_reader.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

constexpr int kRuns = 5;
constexpr int kCancels = 20;
constexpr size_t kInMemory = 256;  ///< tiles that are encoded again and again

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

class Measurement final {
 public:
  Measurement(const PredictBenchmarkOptions& options, const ModelPackage& package, std::stop_token stop)
      : m_options(options), m_package(package), m_stop(std::move(stop)) {}

  Result<PredictBenchmark> run() {
    if (Result<void> prepared = prepare(); !prepared) return tl::unexpected(prepared.error());
    std::vector<double> read, encode, both;
    for (int run = 0; run < kRuns; ++run) {
      if (m_stop.stop_requested()) return fail("The measurement was stopped.");
      read.push_back(readAll());
      const Result<double> encoded = encodeInMemory();
      if (!encoded) return tl::unexpected(encoded.error());
      encode.push_back(*encoded);
      const Result<double> pumped = pumpAll();
      if (!pumped) return tl::unexpected(pumped.error());
      both.push_back(*pumped);
    }
    m_out.readOnly = medianOf(read);
    m_out.encodeOnly = medianOf(encode);
    m_out.tilesPerSecond = medianOf(both);
    if (auto rates = measureConvolutions(m_package, m_out.precision, m_options.threads))
      m_out.convolutions = std::move(*rates);
    if (Result<void> asked = measureWaiting(); !asked) return tl::unexpected(asked.error());
    return m_out;
  }

 private:
  /// Slide, grid, encoder, and some tiles in memory.
  Result<void> prepare() {
    m_out.precision = m_options.precision.value_or(defaultPrecision(m_package));
    m_out.threads = static_cast<int>(ownThreads(m_options.threads));
    Result<OpenedSlide> opened = openSlide(m_options.slide, m_options.mpp);
    if (!opened) return tl::unexpected(opened.error());
    m_opened = std::move(*opened);
    Result<TissueMask> tissue = findTissue(m_opened, {}, m_out.threads, m_stop);
    if (!tissue) return tl::unexpected(tissue.error());
    m_brightness = tissue->meanBrightness;
    const EncoderFacts& facts = m_package.encoder;
    Result<TileGrid> grid =
        layTiles(*m_opened.slide, *tissue, facts.tile, facts.mpp, m_package.minimumTissue);
    if (!grid) return tl::unexpected(grid.error());
    m_grid = std::move(*grid);
    if (m_grid.count() > static_cast<size_t>(m_options.mostTiles)) keepBlock();
    Result<Encoder> encoder = loadEncoder(m_package, m_out.precision);
    if (!encoder) return tl::unexpected(encoder.error());
    m_encoder.emplace(std::move(*encoder));
    m_encoder->useThreads(m_options.threads);
    return readSome();
  }

  /// The middle of the tissue, row by row: as a prediction meets it.
  void keepBlock() {
    const auto most = static_cast<std::ptrdiff_t>(m_options.mostTiles);
    const auto first = m_grid.cells.begin() + (static_cast<std::ptrdiff_t>(m_grid.count()) - most) / 2;
    m_grid.cells = std::vector<TileGrid::Cell>(first, first + most);
  }

  OpenedSlide fresh() const { return {m_opened.slide, std::make_shared<const SharedTiles>(m_opened.source)}; }

  Result<void> readSome() {
    TileReader reader(fresh(), m_grid, m_package.encoder.tile, m_brightness, m_out.threads, 64, m_stop);
    while (auto tile = reader.next()) {
      if (tile->state != TileState::Usable) continue;
      ++m_out.tiles;
      if (m_images.size() < kInMemory) m_images.push_back(std::move(tile->image));
    }
    if (m_images.empty())
      return fail(
          fmt::format("Cannot predict '{}': no tile of its tissue can be used.", m_options.slide.string()));
    return {};
  }

  /// Tiles a second, the unusable ones not counted.
  double readAll() {
    const auto begin = Clock::now();
    TileReader reader(fresh(), m_grid, m_package.encoder.tile, m_brightness, m_out.threads, 64, m_stop);
    while (reader.next()) continue;
    return m_out.tiles * 1000.0 / millisecondsSince(begin);
  }

  Result<double> encodeInMemory() {
    const auto begin = Clock::now();
    size_t done = 0;
    while (done == 0 || (done < static_cast<size_t>(m_out.tiles) && !m_stop.stop_requested())) {
      const size_t now = std::min(m_images.size(), static_cast<size_t>(m_out.tiles) - done);
      const Result<Matrix> features = m_encoder->encode(std::span(m_images).first(now), m_stop);
      if (!features) return tl::unexpected(features.error());
      done += now;
    }
    return double(done) * 1000.0 / millisecondsSince(begin);
  }

  Result<double> pumpAll() {
    FeatureBag frame;
    frame.grid = m_grid;
    GrowingBag bag(std::move(frame), featuresATile(m_package));
    const auto begin = Clock::now();
    const Result<PumpSeconds> pumped =
        pump(m_opened, *m_encoder, bag,
             {.threads = m_options.threads, .tissueBrightness = m_brightness, .eyeFirst = {}, .watched = {}},
             m_stop, {});
    if (!pumped) return tl::unexpected(pumped.error());
    return double(bag.count(TileState::Usable)) * 1000.0 / millisecondsSince(begin);
  }

  /// First maps and cancels of whole predictions.
  Result<void> measureWaiting() {
    if (m_package.genes.empty()) return measureCancels();
    std::vector<double> firsts;
    for (int run = 0; run < kRuns; ++run) {
      std::stop_source stop;
      const auto begin = Clock::now();
      std::optional<double> first;
      const Result<Prediction> whole = predictSlide(m_opened, m_package, options(), stop.get_token(), {},
                                                    [&](std::shared_ptr<const Prediction>) {
                                                      if (!first) first = millisecondsSince(begin);
                                                      stop.request_stop();
                                                    });
      if (!whole && !first) return tl::unexpected(whole.error());
      firsts.push_back(first.value_or(millisecondsSince(begin)));
    }
    m_out.firstResult = medianOf(firsts);
    return measureCancels();
  }

  ExtractOptions options() const { return {.threads = m_options.threads, .precision = m_out.precision}; }

  Result<void> measureCancels() {
    std::mt19937 random(20261121);
    for (int run = 0; run < kCancels; ++run) {
      std::stop_source stop;
      Clock::time_point asked;
      std::jthread canceller([&, wait = 100 + random() % 700] {
        std::this_thread::sleep_for(std::chrono::milliseconds(wait));
        asked = Clock::now();
        stop.request_stop();
      });
      const auto outcome = extractFeatures(m_opened, m_package, options(), stop.get_token(), {});
      const auto ended = Clock::now();
      canceller.join();
      if (outcome || ended < asked) continue;  // it was faster
      m_out.cancels.push_back(std::chrono::duration<double, std::milli>(ended - asked).count());
    }
    std::sort(m_out.cancels.begin(), m_out.cancels.end());
    return {};
  }

  const PredictBenchmarkOptions& m_options;
  const ModelPackage& m_package;
  const std::stop_token m_stop;
  OpenedSlide m_opened;
  TileGrid m_grid;
  double m_brightness = 0;
  std::optional<Encoder> m_encoder;
  std::vector<Image> m_images;
  PredictBenchmark m_out;
};

}  // namespace

Result<PredictBenchmark> measurePrediction(const PredictBenchmarkOptions& options,
                                           const ModelPackage& package, std::stop_token stop) {
  return Measurement(options, package, std::move(stop)).run();
}

}  // namespace geneglass
