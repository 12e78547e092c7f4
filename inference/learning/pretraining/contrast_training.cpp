// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_training.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numbers>

#include "inference/encoder/network_input.h"
#include "inference/learning/heads/training_memory.h"
#include "inference/learning/pretraining/contrast_curve.h"
#include "inference/learning/pretraining/contrast_description.h"
#include "inference/learning/pretraining/contrast_step.h"
#include "inference/learning/pretraining/contrast_tiles.h"
#include "inference/learning/pretraining/view_batches.h"
#include "inference/learning/statistics/nearest_neighbours.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/parallel.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr int64_t kFillEpoch = -1;  ///< of the stream, for the bank's first keys
constexpr int64_t kJudgedTogether = 128;
constexpr size_t kNeighbours = 20;
constexpr int64_t kRowsAnEpoch = 10;  ///< of the curve
const std::string kState = "contrast";

struct Stopped {};

/// All that the result depends on.
std::string keyOf(const PretrainRequest& options, const ContrastRecipe& recipe, const TilePool& pool) {
  const EncoderFacts& facts = recipe.encoder;
  std::string key =
      fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {}\n", recipe.name, facts.blocks, facts.channels,
                  toString(facts.block), facts.mpp, recipe.streamTile, recipe.views.side,
                  recipe.settings.negatives, recipe.batch, recipe.epochs, recipe.learningRate, options.seed,
                  options.start.string(), options.reservoirMebibytes, torch::cuda::is_available());
  for (const TilePool::Source& source : pool.sources())
    key += fmt::format("{} {}\n", source.file.string(), source.count);
  return key;
}

class ContrastTrainer final {
 public:
  ContrastTrainer(const PretrainRequest& options, const ContrastRecipe& recipe, const TilePool& pool,
                  const RankGroup& ranks, std::stop_token stop, const OnProgress& progress)
      : m_options(options),
        m_recipe(recipe),
        m_pool(pool),
        m_ranks(ranks),
        m_tiles(dividedTiles(pool, options.seed)),
        m_stop(std::move(stop)),
        m_progress(progress),
        m_memory(contrastStateOf(options.out), keyOf(options, recipe, pool)),
        m_processors(threadCount(options.threads)),
        m_stream(pool, m_tiles.learned,
                 {options.seed,
                  m_processors.processors(),
                  size_t(options.reservoirMebibytes) << 20,
                  &m_processors,
                  {ranks.rank(), ranks.ranks(), recipe.batch}},
                 m_stop),
        m_batches(m_stream, recipe, options.seed, m_processors.processors(), &m_processors, m_stop),
        m_learner(ResNetShape{recipe.encoder.blocks, recipe.encoder.channels, false, recipe.encoder.block},
                  recipe.settings,
                  {recipe.part, m_processors.processors(),
                   torch::cuda::is_available() ? torch::kCUDA : torch::kCPU, &m_processors, &ranks},
                  options.seed) {}

  int64_t stepsPerEpoch() const { return int64_t(m_tiles.learned.size()) / m_recipe.batch; }
  const ContrastTiles& tiles() const { return m_tiles; }
  double accuracy() const { return m_accuracy; }
  TensorFile weights() { return tensorsOf(m_learner.encoder()); }
  void forget() const { m_memory.forget(); }

  /// Error: the files cannot be written, weights that do not fit, stopped, another rank is gone.
  Result<void> train(const TensorFile* start) {
    const std::string name = m_options.out.string();
    try {
      if (const Result<void> ready = m_ranks.isFirst() ? findKept() : Result<void>(); !ready) return ready;
      followFirst();
      if (m_learner.filled() < m_recipe.settings.negatives) {
        if (const Result<void> begun = begin(start); !begun) return begun;
      } else {
        m_batches.begin(m_epoch, m_position);
      }
      while (m_epoch < m_recipe.epochs) trainEpoch();
    } catch (const Stopped&) {
      if (m_learner.filled() > 0) keep();
      return fail(
          fmt::format("The training of '{}' was cancelled; the same call goes on where it stopped.", name));
    } catch (const RankLost& lost) {
      if (m_learner.filled() > 0) keep();
      return fail(
          fmt::format("The training of '{}' lost another of its {} processes ({}); the same calls go on "
                      "where it was.",
                      name, m_ranks.ranks(), lost.what()));
    }
    return {};
  }

 private:
  /// What an earlier run of rank 0 left, and the curve that goes on from there.
  Result<void> findKept() {
    const std::optional<KeptState> kept = m_memory.find(kState);
    Result<ContrastCurve> curve =
        ContrastCurve::begin(m_options.out.string() + ".curve.csv",
                             kept ? rowsOf(kept->numbers) : std::vector<ContrastCurve::Row>{});
    if (!curve) return tl::unexpected(curve.error());
    m_curve = std::move(*curve);
    return kept ? takeUp(*kept) : Result<void>();
  }

  /// All ranks stand where rank 0 does.
  void followFirst() {
    const std::vector<double> at = m_ranks.ofFirst({double(m_step), double(m_epoch), double(m_position),
                                                    double(m_fillRound), double(m_learner.filled())});
    m_step = int64_t(at[0]);
    m_epoch = int64_t(at[1]);
    m_position = int64_t(at[2]);
    m_fillRound = int64_t(at[3]);
    m_learner.followFirst(int64_t(at[4]));
  }

  Result<void> takeUp(const KeptState& kept) {
    m_step = int64_t(kept.numbers.at("at")[0]);
    m_epoch = int64_t(kept.numbers.at("at")[1]);
    m_accuracy = kept.numbers.at("at")[3];
    m_lossSum = kept.numbers.at("at")[4];
    m_lossSteps = kept.numbers.at("at")[5];
    m_firstStep = m_step;
    m_position = int64_t(kept.numbers.at("at")[2]);
    if (!m_curve->rows().empty()) m_loss = m_curve->rows().back().loss;
    std::optional<int64_t> filled;
    if (const auto fill = kept.numbers.find("fill"); fill != kept.numbers.end()) {
      filled = int64_t(fill->second[0]);
      m_fillRound = int64_t(fill->second[1]);
    }
    if (const Result<void> set = m_learner.setState(kept.tensors, filled); !set)
      return fail(
          fmt::format("Cannot go on with '{}.state': {}.", m_options.out.string(), set.error().sentence));
    return {};
  }

  void keep() {
    if (!m_ranks.isFirst()) return;
    KeptState state;
    state.numbers = columnsOf(m_curve->rows());
    state.numbers["at"] = {double(m_step), double(m_epoch), double(m_position),
                           m_accuracy,     m_lossSum,       m_lossSteps};
    state.numbers["fill"] = {double(m_learner.filled()), double(m_fillRound)};
    state.tensors = m_learner.state();
    m_memory.keep(kState, state);
    m_kept = std::chrono::steady_clock::now();
  }

  void keepNowAndThen() {
    const std::chrono::duration<double> since = std::chrono::steady_clock::now() - m_kept;
    if (since.count() > m_options.secondsBetweenKept) keep();
  }

  /// Weights to begin with, and the bank's first keys from where they end.
  Result<void> begin(const TensorFile* start) {
    const int64_t share = std::max(1, m_recipe.batch / m_recipe.fillFraction);
    bool full = false, started = start == nullptr || m_learner.filled() > 0;
    for (; !full; ++m_fillRound, m_position = 0) {
      m_batches.begin(kFillEpoch - m_fillRound, m_position);
      while (!full) {
        const std::optional<ViewBatch> batch = nextBatch();
        if (!batch) break;
        const torch::Tensor views = tensorOf(batch->queries);
        if (!started) {
          const Result<void> set = m_learner.startWith(*start, views);
          if (!set)
            return fail(
                fmt::format("Cannot start with '{}': {}.", m_options.start.string(), set.error().sentence));
          started = true;
        }
        full = m_learner.fillBank(views, share, between());
        m_position = batch->position;
        m_progress({"filling the bank of negatives", m_learner.filled(), m_recipe.settings.negatives, -1});
        if (!full) keepNowAndThen();
      }
    }
    m_batches.begin(0);
    return {};
  }

  void trainEpoch() {
    while (const std::optional<ViewBatch> batch = nextBatch()) {
      m_lossSum += m_learner.step(tensorOf(batch->queries), tensorOf(batch->keys), learningRate(), between());
      ++m_lossSteps;
      ++m_step;
      m_position = batch->position;
      if (int64_t(m_lossSteps) >= std::max<int64_t>(1, stepsPerEpoch() / kRowsAnEpoch))
        addRow(m_epoch + 1, NAN);
      tell();
      keepNowAndThen();
    }
    ++m_epoch;
    m_position = 0;
    if (m_ranks.isFirst()) m_accuracy = neighbourAccuracy();
    addRow(m_epoch, m_accuracy);
    m_learner.followFirst(m_learner.filled());  // processors of other kinds round otherwise
    if (m_epoch < m_recipe.epochs) m_batches.begin(m_epoch);
    keep();
  }

  std::optional<ViewBatch> nextBatch() {
    std::optional<ViewBatch> batch = m_batches.next();
    if (m_ranks.any(m_stop.stop_requested())) throw Stopped();
    return batch;
  }

  /// Several ranks stop between steps, all at once.
  std::function<void()> between() const {
    if (m_ranks.ranks() > 1) return {};
    return [this] {
      if (m_stop.stop_requested()) throw Stopped();
    };
  }

  torch::Tensor tensorOf(const std::vector<float>& views) const {
    const int64_t side = m_recipe.views.side;
    return torch::from_blob(const_cast<float*>(views.data()),
                            {m_recipe.batch / m_ranks.ranks(), 3, side, side}, torch::kFloat);
  }

  double learningRate() const {
    const double part = double(m_step) / double(std::max<int64_t>(1, stepsPerEpoch() * m_recipe.epochs));
    const double cosine = (1 + std::cos(std::numbers::pi * std::min(1.0, part))) / 2;
    const double rate =
        m_recipe.lastLearningRate + (m_recipe.learningRate - m_recipe.lastLearningRate) * cosine;
    return m_recipe.warmUp > 0 ? rate * std::min(1.0, (part + 1e-3) / m_recipe.warmUp) : rate;
  }

  void addRow(int64_t epoch, double accuracy) {
    if (m_lossSteps == 0 && std::isnan(accuracy)) return;
    m_loss = m_lossSteps > 0 ? m_lossSum / m_lossSteps : m_loss;
    const double tiles = double(m_step) * m_recipe.batch;
    if (m_curve) m_curve->add({double(m_step), double(epoch), tiles, m_loss, accuracy});
    m_lossSum = m_lossSteps = 0;
  }

  void tell() const {
    const int64_t total = stepsPerEpoch() * m_recipe.epochs;
    const double left =
        m_time.after(double(m_step - m_firstStep + 1), double(std::max(total, m_step) - m_firstStep + 1));
    std::string stage = fmt::format("contrast, loss {:.3f}, ", m_loss);
    if (std::isfinite(m_accuracy)) stage += fmt::format("neighbours {:.3f}, ", m_accuracy);
    m_progress({stage + "step", m_step, std::max(total, m_step), left});
  }

  /// Normalised tiles of m_tiles.judged from `first` on; a damaged one is all 0 and loses its class.
  torch::Tensor judgedTiles(int64_t first, int64_t count, std::span<int> classes) const {
    const int64_t side = m_recipe.streamTile;
    torch::Tensor tiles = torch::zeros({count, 3, side, side});
    parallelFor(count, threadCount(m_options.threads), m_stop, [&](int64_t i) {
      const uint32_t tile = m_tiles.judged[size_t(first + i)];
      const std::vector<uint8_t> rgb = m_pool.read(tile);
      classes[size_t(first + i)] = rgb.empty() ? -1 : m_pool.classOf(tile);
      float* planes = tiles.data_ptr<float>() + i * 3 * side * side;
      for (size_t at = 0; at < rgb.size(); ++at) {
        const size_t channel = at % 3;
        planes[channel * size_t(side * side) + at / 3] =
            (float(rgb[at]) / 255 - m_recipe.encoder.mean[channel]) / m_recipe.encoder.deviation[channel];
      }
    });
    if (m_stop.stop_requested()) throw Stopped();
    return tiles;
  }

  double neighbourAccuracy() {
    const auto count = int64_t(m_tiles.judged.size());
    if (count < 2) return NAN;
    std::vector<int> classes(size_t(count), -1), groups;
    for (const uint32_t tile : m_tiles.judged) groups.push_back(int(m_pool.sourceOf(tile)));
    Matrix rows(size_t(count), size_t(m_recipe.encoder.width));
    for (int64_t first = 0; first < count; first += kJudgedTogether) {
      const int64_t together = std::min(kJudgedTogether, count - first);
      const torch::Tensor features = m_learner.features(judgedTiles(first, together, classes)).contiguous();
      std::copy_n(features.data_ptr<float>(), features.numel(), rows.row(size_t(first)).data());
    }
    return neighbourScore(rows, classes, groups, kNeighbours).accuracy;
  }

  const PretrainRequest& m_options;
  const ContrastRecipe& m_recipe;
  const TilePool& m_pool;
  const RankGroup& m_ranks;
  const ContrastTiles m_tiles;
  const std::stop_token m_stop;
  const OnProgress& m_progress;
  const TrainingMemory m_memory;
  SpareProcessors m_processors;  ///< the learner's, and where it leaves them idle the stream's and the views'
  TileStream m_stream;
  ViewBatches m_batches;
  ContrastLearner m_learner;
  std::optional<ContrastCurve> m_curve;  ///< of rank 0
  int64_t m_step = 0;                    ///< steps taken
  int64_t m_epoch = 0;                   ///< epochs done
  int64_t m_fillRound = 0;               ///< times over all tiles that filled the bank
  int64_t m_position = 0;                ///< of the stream in this epoch, or in this round
  int64_t m_firstStep = 0;
  double m_lossSum = 0, m_lossSteps = 0;  ///< since the last row of the curve
  double m_loss = NAN;
  double m_accuracy = NAN;
  TimeLeft m_time;
  std::chrono::steady_clock::time_point m_kept = std::chrono::steady_clock::now();
};

/// All ranks must see the same.
Result<void> checkSame(const RankGroup& ranks, const ContrastTiles& tiles) {
  const double own = double(tiles.learned.size()), first = ranks.ofFirst({own})[0];
  const bool differs = ranks.any(own != first);
  if (own != first)
    return fail(
        fmt::format("Rank {} finds {} tiles to learn from where rank 0 finds {}.", ranks.rank(), own, first));
  if (differs) return fail("Another rank finds other tiles to learn from than rank 0.");
  return {};
}

}  // namespace

Result<PretrainedEncoder> pretrainByContrast(const PreparedPretraining& prepared, std::stop_token stop,
                                             const OnProgress& progress) {
  const PretrainRequest& options = prepared.request;
  const Result<RankGroup> ranks = RankGroup::join(options.place);
  if (!ranks) return tl::unexpected(ranks.error());
  std::optional<PackageWriter> writer;
  if (ranks->isFirst()) {
    Result<PackageWriter> begun = PackageWriter::begin(options.out);
    if (!begun) return tl::unexpected(begun.error());
    writer.emplace(std::move(*begun));
  }
  const ContrastRecipe& recipe = prepared.contrast;
  TensorFile start;
  if (prepared.start) {
    Result<TensorFile> read = readTensors(prepared.start->folder / prepared.start->encoder.weights);
    if (!read) return tl::unexpected(read.error());
    start = std::move(*read);
  }
  const TileRule rule{recipe.streamTile, recipe.encoder.mpp, ModelPackage{}.minimumTissue};
  const Result<TilePool> pool =
      TilePool::open(options.sources, rule, options.mpp, options.threads, stop, progress);
  if (!pool) return tl::unexpected(pool.error());
  ContrastTrainer trainer(options, recipe, *pool, *ranks, stop, progress);
  const ContrastTiles& tiles = trainer.tiles();
  if (trainer.stepsPerEpoch() < 1)
    return fail(fmt::format("Cannot learn from '{}': {} tiles are fewer than a batch of {}.",
                            options.sources.front().string(), tiles.learned.size(), recipe.batch));
  if (const Result<void> same = checkSame(*ranks, tiles); !same) return tl::unexpected(same.error());
  if (const Result<void> trained = trainer.train(start.empty() ? nullptr : &start); !trained)
    return tl::unexpected(trained.error());
  PretrainedEncoder encoder{{}, tiles.learned.size()};
  encoder.unread = pool->unread();
  if (!writer) return encoder;
  const Result<ModelPackage> written = writer->addTensors("encoder.h5", trainer.weights()).and_then([&] {
    return writer->finish(
        describeContrast(options, recipe, tiles, prepared.start ? prepared.start->statement : std::string()));
  });
  if (!written) return tl::unexpected(written.error());
  trainer.forget();
  encoder.package = *written;
  encoder.heldOutTiles = tiles.judged.size();
  encoder.judgedAreHeldOut = tiles.judgedAreHeldOut;
  encoder.neighbourAccuracy = trainer.accuracy();
  return encoder;
}

}  // namespace geneglass
