// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/contrast_step.h"

#include <algorithm>

#include "inference/encoder/fold_batch_norm.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

constexpr int64_t kTilesTogether = 32;  ///< where only features are wanted

torch::Tensor ofLengthOne(const torch::Tensor& rows) {
  return rows / rows.norm(2, 1, true).clamp_min(1e-12);
}

StoredTensor stored(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous();
  const float* first = plain.data_ptr<float>();
  return {plain.sizes().vec(), {first, first + plain.numel()}};
}

/// Copies the tensor of that name; false where it is missing or of another shape.
bool restore(const TensorFile& from, const std::string& name, torch::Tensor& to) {
  const auto found = from.find(name);
  if (found == from.end() || found->second.shape != to.sizes().vec()) return false;
  to.copy_(
      torch::from_blob(const_cast<float*>(found->second.values.data()), found->second.shape, torch::kFloat));
  return true;
}

/// Channels last: a quarter faster on the processor.
void layOut(torch::nn::Module& module) {
  for (torch::Tensor& parameter : module.parameters())
    if (parameter.dim() == 4)
      parameter.set_data(parameter.data().contiguous(torch::MemoryFormat::ChannelsLast));
}

/// Running means and variances of the batch norms.
std::vector<torch::Tensor> statisticsOf(const torch::nn::Module& module) {
  std::vector<torch::Tensor> all;
  for (const torch::Tensor& buffer : module.buffers())
    if (buffer.is_floating_point()) all.push_back(buffer);
  return all;
}

size_t partsOf(int64_t tiles, int64_t part) {
  return part > 0 ? size_t((tiles + part - 1) / part) : 1;
}

/// Each part counts as a batch: running = 0.9 running + 0.1 its own, which is what a replica holds.
void takeStatistics(const torch::nn::Module& master, const torch::Tensor& ofParts) {
  const std::vector<torch::Tensor> running = statisticsOf(master);
  for (int64_t part = 0, first = 0; part < ofParts.size(0); ++part, first = 0)
    for (const torch::Tensor& statistic : running) {
      statistic.mul_(0.9).add_(ofParts[part].narrow(0, first, statistic.numel()).view(statistic.sizes()));
      first += statistic.numel();
    }
}

}  // namespace

ContrastNetwork::ContrastNetwork(const ResNetShape& shape, int projection) {
  const int width = shape.channels.back();
  m_encoder = register_module("encoder", std::make_shared<ResNetModule>(shape));
  m_hidden = register_module("hidden", torch::nn::Linear(width, width));
  m_out = register_module("out", torch::nn::Linear(width, projection));
}

torch::Tensor ContrastNetwork::forward(const torch::Tensor& tiles, const std::function<void()>& between) {
  const torch::Tensor features = m_encoder->forward(tiles, between);
  const torch::Tensor hidden = dense(features, m_hidden->weight, m_hidden->bias).relu();
  return ofLengthOne(dense(hidden, m_out->weight, m_out->bias));
}

ContrastLearner::ContrastLearner(const ResNetShape& shape, const ContrastSettings& settings,
                                 const ContrastWork& work, uint64_t seed)
    : m_shape(shape), m_settings(settings), m_work(work) {
  torch::set_num_threads(inThreads() ? 1 : int(ownThreads(work.threads)));
  torch::manual_seed(seed);
  m_query = std::make_shared<ContrastNetwork>(shape, settings.projection);
  m_key = std::make_shared<ContrastNetwork>(shape, settings.projection);
  (void)setTensors(*m_key, tensorsOf(*m_query));
  for (const Network& network : {m_query, m_key}) {
    network->to(m_work.device);
    layOut(*network);
  }
  for (const torch::Tensor& parameter : m_query->parameters())
    m_velocity.push_back(torch::zeros_like(parameter).detach());
  const auto plain = torch::TensorOptions(torch::kFloat).device(m_work.device);
  m_bank = {torch::zeros({settings.negatives, settings.projection}, plain),
            torch::zeros({settings.negatives, settings.projection}, plain)};
}

Result<void> ContrastLearner::startWith(const TensorFile& weights, const torch::Tensor& tiles) {
  const bool folded = !hasBatchNorm(weights);
  if (const Result<void> set = setTensors(encoder(), folded ? withBatchNorm(weights) : weights); !set)
    return set;
  if (folded)
    encoder().adopt(ranks().gathered(tiles).to(m_work.device).contiguous(torch::MemoryFormat::ChannelsLast));
  return setTensors(m_key->encoder(), tensorsOf(encoder()));
}

std::vector<ContrastLearner::Network> ContrastLearner::replicas(const Network& master, size_t count) const {
  std::vector<Network> all;
  const std::vector<torch::Tensor> from = master->parameters();
  while (all.size() < count) {
    all.push_back(std::make_shared<ContrastNetwork>(m_shape, m_settings.projection));
    all.back()->to(m_work.device);
    std::vector<torch::Tensor> to = all.back()->parameters();
    for (size_t i = 0; i < to.size(); ++i) to[i].set_data(from[i].data());
  }
  return all;
}

const RankGroup& ContrastLearner::ranks() const {
  static const RankGroup kAlone;
  return m_work.ranks ? *m_work.ranks : kAlone;
}

void ContrastLearner::eachPart(size_t parts, const std::function<void(size_t part)>& work) const {
  if (inThreads())
    return inOwnThreads(parts, 1, m_work.threads, [&](size_t, size_t part, size_t) {
      const auto turn = SpareProcessors::urgent(m_work.urgent);
      computeAlone();
      work(part);
    });
  const auto turn = SpareProcessors::urgent(m_work.urgent, int(ownThreads(m_work.threads)));
  for (size_t part = 0; part < parts; ++part) work(part);
}

std::vector<torch::Tensor> ContrastLearner::forward(const std::vector<Network>& parts,
                                                    const torch::Tensor& tiles,
                                                    const std::function<void()>& between) const {
  const int64_t tilesAPart = m_work.part > 0 ? m_work.part : tiles.size(0);
  const bool withGraph = torch::GradMode::is_enabled();  // each thread has a setting of its own
  std::vector<torch::Tensor> found(parts.size());
  eachPart(parts.size(), [&](size_t part) {
    const torch::AutoGradMode graph(withGraph);
    for (const torch::Tensor& statistic : statisticsOf(*parts[part])) statistic.zero_();
    const int64_t first = int64_t(part) * tilesAPart;
    const torch::Tensor own = tiles.narrow(0, first, std::min(tilesAPart, tiles.size(0) - first));
    found[part] =
        parts[part]->forward(own.to(m_work.device).contiguous(torch::MemoryFormat::ChannelsLast), between);
  });
  return found;
}

bool ContrastLearner::fillBank(const torch::Tensor& tiles, int64_t count,
                               const std::function<void()>& between) {
  const torch::NoGradGuard noGrad;
  m_keyParts = replicas(m_key, partsOf(tiles.size(0), m_work.part));
  const torch::Tensor keys = ranks().gathered(torch::cat(forward(m_keyParts, tiles, between)));
  const int64_t taken = std::min({count, keys.size(0), m_settings.negatives - m_filled});
  m_bank.weights.narrow(0, m_filled, taken).copy_(keys.narrow(0, 0, taken));
  m_filled += taken;
  return m_filled == m_settings.negatives;
}

ContrastLearner::Judgement ContrastLearner::judge(const torch::Tensor& queries,
                                                  const torch::Tensor& keys) const {
  const auto turn = SpareProcessors::urgent(m_work.urgent);
  const Similarities cosines = similaritiesOf(queries, keys, m_bank);
  return {contrastLoss(cosines, keys, m_settings.temperature),
          bankGradient(cosines, queries, m_settings.bank.temperature)};
}

double ContrastLearner::step(const torch::Tensor& queries, const torch::Tensor& keys, double learningRate,
                             const std::function<void()>& between) {
  const size_t parts = partsOf(queries.size(0), m_work.part);
  if (m_queryParts.size() != parts) m_queryParts = replicas(m_query, parts);
  if (m_keyParts.size() != parts) m_keyParts = replicas(m_key, parts);
  const std::vector<torch::Tensor> found = forward(m_queryParts, queries, between);
  const torch::NoGradGuard noGrad;
  const torch::Tensor own = torch::cat(found);
  const torch::Tensor k = ranks().gathered(torch::cat(forward(m_keyParts, keys, between)));
  const torch::Tensor q = ranks().gathered(own);
  const Judgement judged = judge(q, k);
  int64_t first = ranks().rank() * own.size(0);
  std::vector<torch::Tensor> gradients;
  for (const torch::Tensor& part : found) {
    gradients.push_back(judged.loss.gradient.narrow(0, first, part.size(0)));
    first += part.size(0);
  }
  eachPart(parts, [&](size_t part) {
    m_queryParts[part]->zero_grad();
    found[part].backward(gradients[part]);
  });
  if (between) between();
  const torch::Tensor ofQueries = statisticsOfParts(m_queryParts), ofKeys = statisticsOfParts(m_keyParts);
  const std::vector<torch::Tensor> sums = gradientsOf(m_queryParts);
  const auto turn = SpareProcessors::urgent(m_work.urgent);
  descend(learningRate, sums);
  followQuery();
  climb(m_bank, judged.upwards, m_settings.bank);
  takeStatistics(*m_query, ofQueries);
  takeStatistics(*m_key, ofKeys);
  return judged.loss.loss;
}

torch::Tensor ContrastLearner::statisticsOfParts(const std::vector<Network>& parts) const {
  std::vector<torch::Tensor> rows;
  for (const Network& part : parts) {
    std::vector<torch::Tensor> flat;
    for (const torch::Tensor& statistic : statisticsOf(*part)) flat.push_back(statistic.view({-1}));
    rows.push_back(torch::cat(flat));
  }
  return ranks().gathered(torch::stack(rows));
}

std::vector<torch::Tensor> ContrastLearner::gradientsOf(const std::vector<Network>& parts) const {
  RankGroup::Parts ofParts;
  for (const Network& part : parts) {
    ofParts.emplace_back();
    for (const torch::Tensor& parameter : part->parameters()) ofParts.back().push_back(parameter.grad());
  }
  return ranks().summed(ofParts);
}

/// PyTorch's SGD: v = momentum v + (gradient + weightDecay w); w -= learningRate v.
void ContrastLearner::descend(double learningRate, const std::vector<torch::Tensor>& gradients) {
  const std::vector<torch::Tensor> parameters = m_query->parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    torch::Tensor parameter = parameters[i];
    m_velocity[i].mul_(m_settings.momentum).add_(parameter, m_settings.weightDecay).add_(gradients[i]);
    parameter.sub_(m_velocity[i], learningRate);
  }
}

void ContrastLearner::followQuery() {
  const std::vector<torch::Tensor> from = m_query->parameters(), to = m_key->parameters();
  for (size_t i = 0; i < to.size(); ++i) {
    torch::Tensor parameter = to[i];
    parameter.mul_(m_settings.keyMomentum).add_(from[i], 1 - m_settings.keyMomentum);
  }
}

torch::Tensor ContrastLearner::features(const torch::Tensor& tiles) {
  m_query->eval();  // its batch norms are read only: threads share it
  const size_t parts = partsOf(tiles.size(0), kTilesTogether);
  std::vector<torch::Tensor> found(parts);
  eachPart(parts, [&](size_t part) {
    const torch::NoGradGuard noGrad;
    const int64_t first = int64_t(part) * kTilesTogether;
    const torch::Tensor own = tiles.narrow(0, first, std::min(kTilesTogether, tiles.size(0) - first));
    found[part] = encoder().forward(own.to(m_work.device)).to(torch::kCPU);
  });
  m_query->train();
  return torch::cat(found);
}

void ContrastLearner::followFirst(int64_t filled) {
  m_filled = filled;
  std::vector<torch::Tensor> all = m_velocity;
  for (const Network& network : {m_query, m_key}) {
    const std::vector<torch::Tensor> parameters = network->parameters(), statistics = statisticsOf(*network);
    all.insert(all.end(), parameters.begin(), parameters.end());
    all.insert(all.end(), statistics.begin(), statistics.end());
  }
  all.insert(all.end(), {m_bank.weights, m_bank.velocity});
  ranks().followFirst(all);
}

ContrastLearner::State ContrastLearner::state() const {
  State state{{"query", tensorsOf(*m_query)}, {"key", tensorsOf(*m_key)}};
  const auto parameters = m_query->named_parameters();
  for (size_t i = 0; i < parameters.size(); ++i)
    state["velocity"][parameters[i].key()] = stored(m_velocity[i]);
  state["bank"] = {{"weights", stored(m_bank.weights)}, {"velocity", stored(m_bank.velocity)}};
  return state;
}

Result<void> ContrastLearner::setState(const State& state, std::optional<int64_t> filled) {
  const torch::NoGradGuard noGrad;
  for (const char* part : {"query", "key", "velocity", "bank"})
    if (!state.count(part)) return fail(std::string("it has no part '") + part + "'");
  if (const Result<void> set = setTensors(*m_query, state.at("query")); !set) return set;
  if (const Result<void> set = setTensors(*m_key, state.at("key")); !set) return set;
  const auto parameters = m_query->named_parameters();
  bool whole = restore(state.at("bank"), "weights", m_bank.weights) &&
               restore(state.at("bank"), "velocity", m_bank.velocity);
  for (size_t i = 0; i < parameters.size(); ++i)
    whole = restore(state.at("velocity"), parameters[i].key(), m_velocity[i]) && whole;
  m_filled = filled.value_or(m_settings.negatives);
  if (!whole) return fail("its bank or its velocities have other shapes");
  return {};
}

}  // namespace geneglass
