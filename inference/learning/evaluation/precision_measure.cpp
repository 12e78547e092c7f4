// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/precision_measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "inference/encoder/encoder.h"
#include "inference/encoder/fold_batch_norm.h"
#include "inference/encoder/int8_calibration.h"
#include "inference/head/call_head.h"
#include "inference/head/slide_head.h"
#include "inference/learning/statistics/statistics.h"
#include "inference/package/processor_precision.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tile_reader.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

using Path = std::filesystem::path;
constexpr size_t kTogether = 128;               ///< tiles in memory while checking
constexpr size_t kFewestToJudge = 2;            ///< slides: less have no spread
constexpr size_t kFewest = 2 * kFewestToJudge;  ///< where others choose

tl::unexpected<Error> impossible(const ModelPackage& package, const std::string& why,
                                 Precision precision = Precision::Int8) {
  return fail(
      fmt::format("Cannot calibrate '{}' for {}: {}.", package.folder.string(), toString(precision), why));
}

/// The tiles a prediction of the slide would use.
class SlideTiles final {
 public:
  static Result<SlideTiles> find(const Path& file, const ModelPackage& package, int threads,
                                 const std::stop_token& stop) {
    const Result<OpenedSlide> opened = openSlide(file);
    if (!opened) return tl::unexpected(opened.error());
    const Result<TissueMask> tissue = findTissue(*opened, {}, threads, stop);
    if (!tissue) return tl::unexpected(tissue.error());
    const EncoderFacts& facts = package.encoder;
    Result<TileGrid> grid = layTiles(*opened->slide, *tissue, facts.tile, facts.mpp, package.minimumTissue);
    if (!grid) return tl::unexpected(grid.error());
    return SlideTiles(*opened, std::move(*grid), facts.tile, tissue->meanBrightness, threads);
  }

  /// Leaves `count` tiles, evenly over the slide.
  void keep(size_t count) {
    std::vector<TileGrid::Cell> kept;
    const size_t all = m_grid.count();
    for (size_t i = 0; i < std::min(count, all); ++i) kept.push_back(m_grid.cells[i * all / count]);
    if (all > count) m_grid.cells = std::move(kept);
  }

  /// Hands over the usable ones, at most kTogether at a time; false ends it.
  template <typename Take>
  void each(const std::stop_token& stop, const Take& take) const {
    TileReader reader(m_opened, m_grid, m_pixels, m_brightness, int(ownThreads(m_threads)), kTogether, stop);
    std::vector<Image> tiles;
    while (std::optional<ReadTile> tile = reader.next()) {
      if (tile->state == TileState::Usable) tiles.push_back(std::move(tile->image));
      if (tiles.size() < kTogether) continue;
      if (!take(tiles)) return;
      tiles.clear();
    }
    if (!tiles.empty()) take(tiles);
  }

 private:
  SlideTiles(OpenedSlide opened, TileGrid grid, int pixels, double brightness, int threads)
      : m_opened(std::move(opened)),
        m_grid(std::move(grid)),
        m_pixels(pixels),
        m_brightness(brightness),
        m_threads(threads) {}
  OpenedSlide m_opened;
  TileGrid m_grid;
  int m_pixels;
  double m_brightness;
  int m_threads;
};

/// What both precisions said so far, per gene and class.
struct Said {
  std::vector<std::vector<double>> ofTiles[2];   ///< [precision][gene][tile]
  std::vector<std::vector<double>> ofSlides[2];  ///< [precision][gene][slide]
  std::vector<double> chances[2];                ///< [precision]: the probabilities of all calls and slides

  explicit Said(size_t genes) {
    for (int i = 0; i < 2; ++i) ofTiles[i].resize(genes), ofSlides[i].resize(genes);
  }
  /// Of two classes the second says all.
  void add(int precision, const SlideCall& call) {
    const auto first = call.probabilities.begin() + (call.facts.isDiagnosis() ? 1 : 0);
    chances[precision].insert(chances[precision].end(), first, call.probabilities.end());
  }
  void add(int precision, const BagPrediction& said) {
    for (size_t gene = 0; gene < said.values.size(); ++gene) {
      ofSlides[precision][gene].push_back(said.values[gene]);
      const std::span<const float> tiles = said.expression.row(gene);
      ofTiles[precision][gene].insert(ofTiles[precision][gene].end(), tiles.begin(), tiles.end());
    }
  }
};

double deviation(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (double value : values) sum += value;
  for (double value : values) squares += std::pow(value - sum / double(values.size()), 2);
  return std::sqrt(squares / double(values.size() - 1));
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0;
  for (size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

Agreement judge(const Said& said, const std::vector<GeneFacts>& genes) {
  Agreement facts;
  facts.checkedTiles = int(said.ofTiles[0][0].size());
  facts.checkedSlides = int(said.ofSlides[0][0].size());
  facts.leastR = 2;
  for (size_t gene = 0; gene < genes.size(); ++gene) {
    const double r = pearson(said.ofTiles[0][gene], said.ofTiles[1][gene]);
    const double least = std::isnan(r) ? -1 : r;  // a constant series agrees with nothing
    const double spread = deviation(said.ofSlides[0][gene]);
    const double apart = largestDifference(said.ofSlides[0][gene], said.ofSlides[1][gene]) / spread;
    if (least < facts.leastR) facts.leastR = least, facts.leastRGene = genes[gene].symbol;
    if (!(apart <= facts.largestDifference)) {
      facts.largestDifference = std::isfinite(apart) ? apart : 1e9;
      facts.largestDifferenceGene = genes[gene].symbol;
    }
  }
  if (!said.chances[0].empty()) facts.largestChange = largestDifference(said.chances[0], said.chances[1]);
  return facts;
}

class Measurement final {
 public:
  Measurement(const ModelPackage& package, const PrecisionOptions& options, std::stop_token stop,
              const OnProgress& progress)
      : m_package(package), m_options(options), m_stop(std::move(stop)), m_progress(progress) {}

  Result<Int8Scales> choose(const std::vector<Path>& slides, int& tiles) {
    std::vector<Image> images;
    const TimeLeft time;
    for (size_t i = 0; i < slides.size(); ++i) {
      Result<SlideTiles> slide = SlideTiles::find(slides[i], m_package, m_options.threads, m_stop);
      if (!slide) return tl::unexpected(slide.error());
      slide->keep(static_cast<size_t>(m_options.tilesASlide));
      slide->each(m_stop, [&](std::vector<Image>& some) {
        std::move(some.begin(), some.end(), std::back_inserter(images));
        return true;
      });
      report("tiles to calibrate with", i + 1, slides.size(), time);
    }
    tiles = int(images.size());
    return loadWeights().and_then([&](const TensorFile& tensors) { return scalesFor(tensors, images); });
  }

  /// Float32 and another.
  Result<Said> compare(const std::vector<Path>& slides, Precision precision) {
    const Result<SlideHead> heads = loadSlideHead(m_package);
    if (!heads) return tl::unexpected(heads.error());
    std::vector<CallHead> calls;
    for (size_t index = 0; index < m_package.calls.size(); ++index) {
      Result<CallHead> loaded = loadCallHead(m_package, index);
      if (!loaded) return tl::unexpected(loaded.error());
      calls.push_back(std::move(*loaded));
    }
    Said said(m_package.genes.size());
    const auto say = [&](int which, const Matrix& features) -> Result<void> {
      const Result<BagPrediction> prediction = heads->predict(features);
      if (!prediction) return tl::unexpected(prediction.error());
      said.add(which, *prediction);
      for (const CallHead& head : calls) {
        const Result<SlideCall> call = head.call(features);
        if (!call) return tl::unexpected(call.error());
        said.add(which, *call);
      }
      return {};
    };
    Result<Encoder> encoders[2] = {loadEncoder(m_package, Precision::Float32),
                                   loadEncoder(m_package, precision)};
    for (Result<Encoder>& encoder : encoders) {
      if (!encoder) return tl::unexpected(encoder.error());
      encoder->useThreads(m_options.threads);
    }
    const TimeLeft time;
    for (size_t i = 0; i < slides.size(); ++i) {
      const Result<void> added = compareOne(slides[i], encoders, say);
      if (!added) return tl::unexpected(added.error());
      report("slides in both precisions", i + 1, slides.size(), time);
    }
    return said;
  }

 private:
  Result<TensorFile> loadWeights() const {
    Result<TensorFile> tensors = readTensors(m_package.folder / m_package.encoder.weights);
    return tensors ? foldBatchNorm(std::move(*tensors)) : tensors;
  }

  Result<Int8Scales> scalesFor(const TensorFile& tensors, const std::vector<Image>& images) const {
    const Result<ConvolutionNetwork> network = ConvolutionNetwork::make(m_package.encoder, tensors);
    if (!network) return impossible(m_package, network.error().sentence);
    Result<Int8Scales> scales =
        calibrateInt8(*network, images, Int8Range::LeastSquares, m_options.threads, m_stop);
    if (!scales) return impossible(m_package, scales.error().sentence);
    return scales;
  }

  Result<void> compareOne(
      const Path& file, Result<Encoder>* encoders,
      const std::function<Result<void>(int precision, const Matrix& features)>& say) const {
    const Result<SlideTiles> slide = SlideTiles::find(file, m_package, m_options.threads, m_stop);
    if (!slide) return tl::unexpected(slide.error());
    Result<Matrix> features[2] = {Matrix(0, static_cast<size_t>(m_package.encoder.width)),
                                  Matrix(0, static_cast<size_t>(m_package.encoder.width))};
    slide->each(m_stop, [&](const std::vector<Image>& tiles) {
      for (int i = 0; i < 2; ++i) append(encoders[i]->encode(tiles, m_stop), features[i]);
      return features[0] && features[1];
    });
    if (m_stop.stop_requested()) return impossible(m_package, "it was cancelled");
    for (int i = 0; i < 2; ++i) {
      if (!features[i]) return tl::unexpected(features[i].error());
      if (features[i]->rows == 0) continue;  // nothing to compare on this one
      if (Result<void> said = say(i, *features[i]); !said) return said;
    }
    return {};
  }

  static void append(Result<Matrix> more, Result<Matrix>& all) {
    if (!more) {
      all = tl::unexpected(more.error());
      return;
    }
    all->values.insert(all->values.end(), more->values.begin(), more->values.end());
    all->rows += more->rows;
  }

  void report(const char* what, size_t done, size_t total, const TimeLeft& time) const {
    if (m_progress)
      m_progress({what, int64_t(done), int64_t(total), time.after(double(done), double(total))});
  }

  const ModelPackage& m_package;
  const PrecisionOptions m_options;
  const std::stop_token m_stop;
  const OnProgress& m_progress;
};

/// Why its encoder cannot be compared; empty where it can.
std::string obstacle(const ModelPackage& package, const char* architecture, Precision precision) {
  const std::string& own = package.encoder.architecture;
  if (own == "torchscript") return "its encoder is a TorchScript module, which LibTorch computes in float32";
  if (own != architecture)
    return fmt::format("its encoder's architecture '{}' is not computed in {}", own, toString(precision));
  return package.genes.empty() ? "it has no heads whose predictions could be compared" : "";
}

Result<Agreement> compared(const ModelPackage& package, std::vector<Path> slides, Precision precision,
                           const PrecisionOptions& options, const std::stop_token& stop,
                           const OnProgress& progress) {
  slides.resize(std::min(slides.size(), static_cast<size_t>(options.checkedSlides)));
  const Result<Said> said = Measurement(package, options, stop, progress).compare(slides, precision);
  if (!said) return tl::unexpected(said.error());
  if (said->ofSlides[0][0].size() < kFewestToJudge)
    return impossible(package, "too few of the slides have tissue", precision);
  return judge(*said, package.genes);
}

}  // namespace

Result<Int8Facts> measureInt8(const ModelPackage& package, std::span<const Path> slides,
                              const PrecisionOptions& options, std::stop_token stop,
                              const OnProgress& progress) {
  if (const std::string why = obstacle(package, "resnet", Precision::Int8); !why.empty())
    return impossible(package, why);
  if (!processorHasInt8())
    return impossible(package, "this processor lacks the instructions for int8 (AVX-512 VNNI)");
  if (slides.size() < kFewest)
    return impossible(package, fmt::format("{} slides are too few, it takes {}", slides.size(), kFewest));
  std::vector<Path> choosing, judging;
  for (size_t i = 0; i < slides.size(); ++i) (i % 2 == 0 ? choosing : judging).push_back(slides[i]);
  Int8Facts facts;
  Result<Int8Scales> scales =
      Measurement(package, options, stop, progress).choose(choosing, facts.calibrationTiles);
  if (!scales) return tl::unexpected(scales.error());
  facts.scales = std::move(*scales);
  ModelPackage calibrated = package;
  calibrated.int8 = facts;
  Result<Agreement> agreement = compared(calibrated, judging, Precision::Int8, options, stop, progress);
  if (!agreement) return tl::unexpected(agreement.error());
  facts.agreement = std::move(*agreement);
  return facts;
}

Result<Agreement> measureBfloat16(const ModelPackage& package, std::span<const Path> slides,
                                  const PrecisionOptions& options, std::stop_token stop,
                                  const OnProgress& progress) {
  constexpr Precision kPrecision = Precision::Bfloat16;
  if (const std::string why = obstacle(package, "vit", kPrecision); !why.empty())
    return impossible(package, why, kPrecision);
  if (!processorHasBfloat16())
    return impossible(package, "this processor lacks the instructions for it (AVX-512 BF16)", kPrecision);
  if (slides.size() < kFewestToJudge)
    return impossible(package,
                      fmt::format("{} slides are too few, it takes {}", slides.size(), kFewestToJudge),
                      kPrecision);
  return compared(package, {slides.begin(), slides.end()}, kPrecision, options, stop, progress);
}

}  // namespace geneglass
