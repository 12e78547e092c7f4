// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretrain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "inference/learning/pretraining/contrast_curve.h"
#include "inference/learning/pretraining/contrast_training.h"
#include "inference/learning/pretraining/labelled_tiles.h"
#include "inference/learning/pretraining/stain_augmentation.h"
#include "inference/learning/statistics/statistics.h"
#include "inference/package/package_writer.h"
#include "inference/prediction/synthetic_statement.h"
#include "inference/torch/residual_modules.h"
#include "viewer/foundation/parallel.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr int kHoldOutEvery = 10;
constexpr int64_t kCurveRows = 10;  ///< of the curve
constexpr int kPartsASide = 2;      ///< it learns on quarters of tiles: sharper labels at the same cost

/// The network to keep and the read-out to learn it by.
class CompositionNetwork final : public torch::nn::Module {
 public:
  explicit CompositionNetwork(const ResNetShape& shape) {
    m_encoder = register_module("encoder", std::make_shared<ResNetModule>(shape));
    m_readOut =
        register_module("read_out", torch::nn::Linear(shape.channels.back(), int64_t(kTissueClasses)));
  }
  /// n x 3 x side x side -> n x classes. Linear in the features, so that a tile's features add up as its
  /// parts do.
  torch::Tensor forward(const torch::Tensor& tiles) { return m_readOut(m_encoder->forward(tiles)); }
  const ResNetModule& encoder() const { return *m_encoder; }

 private:
  std::shared_ptr<ResNetModule> m_encoder;
  torch::nn::Linear m_readOut{nullptr};
};

class CompositionTrainer final {
 public:
  CompositionTrainer(const PretrainRequest& options, const EncoderFacts& facts, const LabelledTiles& tiles)
      : m_options(options), m_facts(facts), m_tiles(tiles), m_random(options.seed) {
    for (size_t i = 0; i < tiles.pixels.size(); ++i)
      (tiles.slide[i] % kHoldOutEvery == kHoldOutEvery - 1 ? m_heldOut : m_training).push_back(i);
    torch::manual_seed(options.seed);
    torch::set_num_threads(threadCount(options.threads));
    m_network = std::make_shared<CompositionNetwork>(ResNetShape{facts.blocks, facts.channels, false});
  }

  /// False where it was stopped.
  bool train(ContrastCurve& curve, const std::stop_token& stop, const OnProgress& progress) {
    torch::optim::Adam adam(m_network->parameters(), torch::optim::AdamOptions(m_options.learningRate));
    const TimeLeft time;
    const int64_t steps = stepsPerEpoch() * m_options.epochs;
    const int64_t rowEvery = std::max<int64_t>(1, stepsPerEpoch() / kCurveRows);
    double sum = 0;  // of the losses since the last row
    m_network->train();
    for (int64_t step = 0; step < steps; ++step) {
      if (stop.stop_requested()) return false;
      const int64_t within = step % stepsPerEpoch();
      if (within == 0) std::shuffle(m_training.begin(), m_training.end(), m_random);
      for (auto& group : adam.param_groups()) group.options().set_lr(learningRateAt(step, steps));
      adam.zero_grad();
      const auto batch =
          std::span(m_training).subspan(size_t(within * m_options.batch), size_t(m_options.batch));
      const torch::Tensor error = m_network->forward(tensorOf(batch, true)) - targetsOf(batch);
      const torch::Tensor loss = error.square().sum(1).mean();
      loss.backward();
      adam.step();
      sum += loss.item<double>();
      if ((step + 1) % rowEvery == 0) {
        curve.add({double(step + 1), double(step / stepsPerEpoch() + 1), double((step + 1) * m_options.batch),
                   sum / double(rowEvery), NAN});
        sum = 0;
      }
      progress({"training the encoder, step", step + 1, steps, time.after(double(step + 1), double(steps))});
    }
    return true;
  }

  std::array<double, kTissueClasses> heldOutR() {
    const torch::NoGradGuard noGrad;
    m_network->eval();
    std::array<std::vector<double>, kTissueClasses> read, planted;
    for (size_t first = 0; first < m_heldOut.size(); first += size_t(m_options.batch)) {
      const size_t count = std::min(size_t(m_options.batch), m_heldOut.size() - first);
      const auto batch = std::span(m_heldOut).subspan(first, count);
      const torch::Tensor fractions = m_network->forward(tensorOf(batch, false)).contiguous();
      for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < kTissueClasses; ++k) {
          read[k].push_back(fractions.data_ptr<float>()[i * kTissueClasses + k]);
          planted[k].push_back(m_tiles.fractions[batch[i]][k]);
        }
    }
    std::array<double, kTissueClasses> r{};
    for (size_t k = 0; k < kTissueClasses; ++k) r[k] = pearson(read[k], planted[k]);
    return r;
  }

  TensorFile weights() const { return tensorsOf(m_network->encoder()); }
  size_t trainingTiles() const { return m_training.size(); }
  size_t heldOutTiles() const { return m_heldOut.size(); }
  /// Whole batches only: batch norm wants them alike.
  int64_t stepsPerEpoch() const { return int64_t(m_training.size()) / m_options.batch; }

 private:
  double learningRateAt(int64_t step, int64_t steps) const {
    const double part = double(step) / double(steps);
    return m_options.learningRate * std::min(1.0, part * 20 + 0.01) *
           (1 + std::cos(std::numbers::pi * part)) / 2;
  }

  torch::Tensor tensorOf(std::span<const size_t> chosen, bool augmented) {
    const int side = m_tiles.side;
    const size_t values = size_t(side) * size_t(side) * 3;
    std::vector<StainAugmentation> how(chosen.size());
    if (augmented)
      for (StainAugmentation& one : how) one = drawAugmentation(m_random);
    torch::Tensor batch = torch::empty({int64_t(chosen.size()), 3, side, side});
    float* planes = batch.data_ptr<float>();
    parallelFor(int64_t(chosen.size()), threadCount(m_options.threads), {}, [&](int64_t index) {
      const size_t i = size_t(index);
      augmentTile(how[i], m_tiles.pixels[chosen[i]], side, m_facts.mean, m_facts.deviation,
                  {planes + i * values, values});
    });
    return batch;
  }

  torch::Tensor targetsOf(std::span<const size_t> chosen) const {
    torch::Tensor targets = torch::empty({int64_t(chosen.size()), int64_t(kTissueClasses)});
    float* value = targets.data_ptr<float>();
    for (const size_t index : chosen)
      for (const double fraction : m_tiles.fractions[index]) *value++ = float(fraction);
    return targets;
  }

  const PretrainRequest& m_options;
  const EncoderFacts& m_facts;
  const LabelledTiles& m_tiles;
  std::mt19937_64 m_random;
  std::vector<size_t> m_training, m_heldOut;
  std::shared_ptr<CompositionNetwork> m_network;
};

ModelPackage describe(const PreparedPretraining& prepared) {
  ModelPackage package;
  package.name = prepared.request.name;
  package.version = std::string("1");
  package.statement = fmt::format("encoder {}", kTrainedOnSynthetic);
  package.licence = "GPL-3.0-or-later";
  package.recipe = prepared.recipe.name;
  package.encoder = prepared.encoder;
  return package;
}

Result<PretrainedEncoder> pretrainByComposition(const PreparedPretraining& prepared,
                                                const std::stop_token& stop, const OnProgress& progress) {
  const PretrainRequest& options = prepared.request;
  Result<PackageWriter> writer = PackageWriter::begin(options.out);
  if (!writer) return tl::unexpected(writer.error());
  const ModelPackage package = describe(prepared);
  const TileRule rule{package.encoder.tile / kPartsASide, package.encoder.mpp, package.minimumTissue};
  const Result<LabelledTiles> tiles =
      readLabelledTiles(options.sources, rule, options.threads, stop, progress);
  if (!tiles) return tl::unexpected(tiles.error());
  CompositionTrainer trainer(options, package.encoder, *tiles);
  if (trainer.stepsPerEpoch() < 1)
    return fail(fmt::format("Cannot learn from '{}': {} tiles are fewer than a batch of {}.",
                            options.sources.front().string(), trainer.trainingTiles(), options.batch));
  Result<ContrastCurve> curve = ContrastCurve::begin(options.out.string() + ".curve.csv", {});
  if (!curve) return tl::unexpected(curve.error());
  if (!trainer.train(*curve, stop, progress))
    return fail(fmt::format("The training of '{}' was cancelled.", options.out.string()));
  const Result<ModelPackage> written =
      writer->addTensors("encoder.h5", trainer.weights()).and_then([&] { return writer->finish(package); });
  if (!written) return tl::unexpected(written.error());
  return PretrainedEncoder{*written, trainer.trainingTiles(), trainer.heldOutTiles(), trainer.heldOutR()};
}

}  // namespace

Result<PretrainedEncoder> pretrainEncoder(const PretrainRequest& request, std::stop_token stop,
                                          const OnProgress& progress) {
  const Result<PreparedPretraining> prepared = preparePretraining(request, stop);
  if (!prepared) return tl::unexpected(prepared.error());
  return prepared->recipe.byContrast ? pretrainByContrast(*prepared, stop, progress)
                                     : pretrainByComposition(*prepared, stop, progress);
}

}  // namespace geneglass
