// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/slide_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "inference/head/bag_pool.h"
#include "inference/head/head_ensemble.h"
#include "inference/head/head_network.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {

struct SlideHead::Weights {
  std::string package;  ///< its folder, for sentences
  std::vector<GeneFacts> genes;
  int width = 0;  ///< D
  HeadKind kind = HeadKind::AttentionRegression;
  std::optional<HeadNetwork> network;  ///< none in an ensemble
  std::vector<SlideHead> members;      ///< of an ensemble, each with its own scale
  std::vector<size_t> firstGenes;      ///< of the members
  double splits = 1;
};

namespace {

tl::unexpected<Error> unusable(const ModelPackage& package, const std::string& why) {
  return fail(fmt::format("Cannot use the heads of '{}': {}.", package.folder.string(), why));
}

/// One gene of a bag, in the label's unit.
class GeneOfBag final {
 public:
  GeneOfBag(BagPrediction& prediction, size_t gene, const GeneFacts& facts)
      : m_prediction(prediction),
        m_gene(gene),
        m_deviation(facts.trainingDeviation),
        m_mean(facts.trainingMean) {}

  /// Of z-scores: what the slide is said to be, and what contributions are measured from.
  void setValue(double z, double baseline) {
    m_prediction.values[m_gene] = turnedBack(z);
    m_prediction.baselines[m_gene] = turnedBack(baseline);
  }
  void setTile(size_t tile, double attention, double z, double contribution) {
    m_prediction.attention.at(m_gene, tile) = static_cast<float>(attention);
    m_prediction.expression.at(m_gene, tile) = turnedBack(z);
    m_prediction.contribution.at(m_gene, tile) = static_cast<float>(contribution * m_deviation);
  }

 private:
  float turnedBack(double z) const { return static_cast<float>(z * m_deviation + m_mean); }

  BagPrediction& m_prediction;
  size_t m_gene;
  double m_deviation, m_mean;
};

void poolValues(const TileScores& scores, size_t gene, GeneOfBag& all) {
  const std::vector<double> shares = softmaxOf(scores.logits.row(gene));
  double pooled = 0;
  for (size_t i = 0; i < shares.size(); ++i) {
    const double y = scores.values.at(gene, i);
    pooled += shares[i] * y;
    all.setTile(i, shares[i], y, double(shares.size()) * shares[i] * y);
  }
  all.setValue(std::clamp(pooled, -HeadNetwork::kClamp, HeadNetwork::kClamp), 0);
}

/// u . H_i of each tile by the pool of attention.
void poolByAttention(const TileScores& scores, size_t gene, double bias, GeneOfBag& all) {
  const std::vector<double> shares = softmaxOf(scores.logits.row(gene));
  double pooled = 0;
  for (size_t i = 0; i < shares.size(); ++i) {
    const double read = scores.values.at(gene, i) - bias;
    pooled += shares[i] * read;
    all.setTile(i, shares[i], read + bias, double(shares.size()) * shares[i] * read);
  }
  all.setValue(pooled + bias, bias);
}

void poolEnds(const TileScores& scores, size_t gene, double bias, GeneOfBag& all) {
  const std::span<const float> logits = scores.logits.row(gene);
  const std::vector<double> shares = softmaxOf(logits);
  const BagExtremes ends = extremesOf(logits);
  const std::span<const float> low = scores.values.row(2 * gene), high = scores.values.row(2 * gene + 1);
  std::vector<double> weighed(shares.size());
  double pooled = 0;
  const auto add = [&](const std::vector<size_t>& end, std::span<const float> values) {
    for (const size_t tile : end) {
      const double read = (values[tile] - bias / 2) / double(end.size());
      pooled += read;
      weighed[tile] += double(shares.size()) * read;
    }
  };
  add(ends.lowest, low);
  add(ends.highest, high);
  for (size_t i = 0; i < shares.size(); ++i) all.setTile(i, shares[i], double(low[i]) + high[i], weighed[i]);
  all.setValue(pooled + bias, bias);
}

void pool(const HeadNetwork& network, const TileScores& scores, size_t gene, GeneOfBag& all) {
  const double bias = network.bias(gene, 0);
  if (network.kind() == HeadKind::AttentionRegression)
    poolValues(scores, gene, all);
  else if (network.pool() == BagPool::Extremes)
    poolEnds(scores, gene, bias, all);
  else
    poolByAttention(scores, gene, bias, all);
}

/// Adds what one member says, its share of the mean. `shift`: from its baseline to that of all.
void addShare(const BagPrediction& member, size_t gene, size_t target, double share, double shift,
              BagPrediction& all) {
  const size_t tiles = member.attention.columns;
  const auto add = [&](float& sum, double value) { sum = static_cast<float>(sum + share * value); };
  add(all.values[target], member.values[gene]);
  add(all.baselines[target], member.baselines[gene] - shift);
  for (size_t i = 0; i < tiles; ++i) {
    const double attention = member.attention.at(gene, i);
    add(all.attention.at(target, i), attention);
    add(all.expression.at(target, i), member.expression.at(gene, i));
    add(all.contribution.at(target, i), member.contribution.at(gene, i) + shift * double(tiles) * attention);
  }
}

BagPrediction emptyPrediction(size_t genes, size_t tiles) {
  return {std::vector<float>(genes), Matrix(genes, tiles), Matrix(genes, tiles), Matrix(genes, tiles),
          std::vector<float>(genes)};
}

}  // namespace

SlideHead::SlideHead(std::unique_ptr<Weights> weights) : m_weights(std::move(weights)) {}
SlideHead::SlideHead(SlideHead&&) noexcept = default;
SlideHead& SlideHead::operator=(SlideHead&&) noexcept = default;
SlideHead::~SlideHead() = default;

Result<BagPrediction> SlideHead::predictMean(const Matrix& features) const {
  const size_t genes = m_weights->genes.size(), tiles = features.rows;
  const bool fromOwnMean = m_weights->kind == HeadKind::AttentionRegression;
  BagPrediction mean = emptyPrediction(genes, tiles);
  for (size_t i = 0; i < m_weights->members.size(); ++i) {
    const SlideHead& member = m_weights->members[i];
    const Result<BagPrediction> said = member.predict(features);
    if (!said) return said;
    for (size_t gene = 0; gene < member.m_weights->genes.size(); ++gene) {
      const size_t target = m_weights->firstGenes[i] + gene;
      const double shift = fromOwnMean ? said->baselines[gene] - m_weights->genes[target].trainingMean : 0;
      addShare(*said, gene, target, 1 / m_weights->splits, shift, mean);
    }
  }
  return mean;
}

Result<BagPrediction> SlideHead::predict(const Matrix& features) const {
  if (!m_weights->members.empty()) return predictMean(features);
  const Weights& weights = *m_weights;
  const auto failed = [&](const std::string& why) {
    return fail(fmt::format("The heads of '{}' failed: {}.", weights.package, why));
  };
  if (features.rows == 0) return failed("there are no tiles");
  if (features.columns != static_cast<size_t>(weights.width))
    return failed(fmt::format("{} features a tile where {} are needed", features.columns, weights.width));
  const size_t genes = weights.genes.size();
  try {
    BagPrediction prediction = emptyPrediction(genes, features.rows);
    const TileScores scores = weights.network->scores(features);
    inOwnThreads(genes, 1, 0, [&](size_t, size_t gene, size_t) {
      GeneOfBag all(prediction, gene, weights.genes[gene]);
      pool(*weights.network, scores, gene, all);
    });
    for (size_t gene = 0; gene < genes; ++gene)
      if (!std::isfinite(prediction.values[gene]))
        return failed(fmt::format("the value of {} is not a finite number", weights.genes[gene].symbol));
    return prediction;
  } catch (const std::exception& error) {
    return failed(error.what());
  }
}

bool SlideHead::poolsByAttention() const {
  if (!m_weights->members.empty()) return m_weights->members.front().poolsByAttention();
  return m_weights->network->pool() == BagPool::Attention;
}

Result<SlideHead> SlideHead::make(const ModelPackage& package, const TensorFile& tensors) {
  Result<HeadNetwork> network = HeadNetwork::make(package.head, tensors);
  if (!network) return unusable(package, fmt::format("head.h5: {}", network.error().sentence));
  const int width = network->features(), genes = network->branches();
  if (network->outputs() != 1)
    return unusable(
        package, fmt::format("head.h5: they give {} numbers a gene where 1 is needed", network->outputs()));
  if (width != package.encoder.width)
    return unusable(package, fmt::format("they take {} features a tile, the encoder gives {}", width,
                                         package.encoder.width));
  if (genes != static_cast<int>(package.genes.size()))
    return unusable(package,
                    fmt::format("they predict {} genes, the manifest lists {}", genes, package.genes.size()));
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->width = width;
  weights->network.emplace(std::move(*network));
  return SlideHead(std::move(weights));
}

Result<SlideHead> SlideHead::makeEnsemble(const ModelPackage& package, const TensorFile& tensors) {
  const Result<std::vector<HeadMember>> members = membersOf(tensors);
  if (!members) return unusable(package, fmt::format("head.h5: {}", members.error().sentence));
  const size_t genes = members->back().firstGene + members->back().genes;
  if (genes != package.genes.size())
    return unusable(package,
                    fmt::format("they predict {} genes, the manifest lists {}", genes, package.genes.size()));
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->kind = package.head;
  weights->splits = double(members->back().split + 1);
  for (const HeadMember& member : *members) {
    ModelPackage part = package;
    part.genes.clear();
    for (size_t gene = 0; gene < member.genes; ++gene) {
      part.genes.push_back(package.genes[member.firstGene + gene]);
      part.genes.back().trainingMean = member.mean[gene];
      part.genes.back().trainingDeviation = member.deviation[gene];
    }
    Result<SlideHead> head = make(part, member.weights);
    if (!head) return head;
    weights->members.push_back(std::move(*head));
    weights->firstGenes.push_back(member.firstGene);
  }
  return SlideHead(std::move(weights));
}

Result<SlideHead> loadSlideHead(const ModelPackage& package) {
  if (package.genes.empty()) return unusable(package, "it is an encoder on its own and predicts no genes");
  const Result<TensorFile> tensors = readTensors(package.folder / "head.h5");
  if (!tensors) return unusable(package, tensors.error().sentence);
  return isEnsemble(*tensors) ? SlideHead::makeEnsemble(package, *tensors)
                              : SlideHead::make(package, *tensors);
}

}  // namespace geneglass
