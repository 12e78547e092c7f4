// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/attention_regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "inference/bag_pool.h"
#include "inference/head_ensemble.h"
#include "inference/head_network.h"
#include "inference/own_threads.h"

namespace geneglass {

struct AttentionRegression::Weights {
  std::string package;  ///< its folder, for sentences
  std::vector<GeneFacts> genes;
  int width = 0;                             ///< D
  std::optional<HeadNetwork> network;        ///< none in an ensemble
  std::vector<AttentionRegression> members;  ///< of an ensemble, each with its own scale
  std::vector<size_t> firstGenes;            ///< of the members
  double splits = 1;
};

namespace {

tl::unexpected<Error> unusable(const ModelPackage& package, const std::string& why) {
  return fail(fmt::format("Cannot use the heads of '{}': {}.", package.folder.string(), why));
}

void pool(const TileScores& scores, size_t gene, const GeneFacts& facts, BagPrediction& prediction) {
  const std::vector<double> shares = softmaxOf(scores.logits.row(gene));
  const size_t count = shares.size();
  double pooled = 0;
  for (size_t i = 0; i < count; ++i) {
    const double y = scores.values.at(gene, i), centred = y * facts.trainingDeviation;
    pooled += shares[i] * y;
    prediction.attention.at(gene, i) = static_cast<float>(shares[i]);
    prediction.expression.at(gene, i) = static_cast<float>(centred + facts.trainingMean);
    prediction.contribution.at(gene, i) = static_cast<float>(double(count) * shares[i] * centred);
  }
  constexpr double kClamp = HeadNetwork::kClamp;
  prediction.values[gene] =
      static_cast<float>(std::clamp(pooled, -kClamp, kClamp) * facts.trainingDeviation + facts.trainingMean);
}

/// Adds what one member says, its share of the mean. With all members' contributions taken from the same
/// Ybar, the mean of the contributions stays Y - Ybar.
void addShare(const BagPrediction& member, const GeneFacts& ofMember, const GeneFacts& ofAll, size_t gene,
              size_t target, double share, BagPrediction& all) {
  const size_t tiles = member.attention.columns;
  const double shift = (ofMember.trainingMean - ofAll.trainingMean) * double(tiles);
  const auto add = [&](float& sum, double value) { sum = static_cast<float>(sum + share * value); };
  add(all.values[target], member.values[gene]);
  for (size_t i = 0; i < tiles; ++i) {
    const double attention = member.attention.at(gene, i);
    add(all.attention.at(target, i), attention);
    add(all.expression.at(target, i), member.expression.at(gene, i));
    add(all.contribution.at(target, i), member.contribution.at(gene, i) + shift * attention);
  }
}

}  // namespace

AttentionRegression::AttentionRegression(std::unique_ptr<Weights> weights) : m_weights(std::move(weights)) {}
AttentionRegression::AttentionRegression(AttentionRegression&&) noexcept = default;
AttentionRegression& AttentionRegression::operator=(AttentionRegression&&) noexcept = default;
AttentionRegression::~AttentionRegression() = default;

Result<BagPrediction> AttentionRegression::predictMean(const Matrix& features) const {
  const size_t genes = m_weights->genes.size(), tiles = features.rows;
  BagPrediction mean{std::vector<float>(genes), Matrix(genes, tiles), Matrix(genes, tiles),
                     Matrix(genes, tiles)};
  for (size_t i = 0; i < m_weights->members.size(); ++i) {
    const AttentionRegression& member = m_weights->members[i];
    const Result<BagPrediction> said = member.predict(features);
    if (!said) return said;
    for (size_t gene = 0; gene < member.m_weights->genes.size(); ++gene) {
      const size_t target = m_weights->firstGenes[i] + gene;
      addShare(*said, member.m_weights->genes[gene], m_weights->genes[target], gene, target,
               1 / m_weights->splits, mean);
    }
  }
  return mean;
}

Result<BagPrediction> AttentionRegression::predict(const Matrix& features) const {
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
    const TileScores scores = weights.network->scores(features);
    BagPrediction prediction{std::vector<float>(genes), Matrix(genes, features.rows),
                             Matrix(genes, features.rows), Matrix(genes, features.rows)};
    inOwnThreads(genes, 1, 0,
                 [&](size_t, size_t gene, size_t) { pool(scores, gene, weights.genes[gene], prediction); });
    for (size_t gene = 0; gene < genes; ++gene)
      if (!std::isfinite(prediction.values[gene]))
        return failed(fmt::format("the value of {} is not a finite number", weights.genes[gene].symbol));
    return prediction;
  } catch (const std::exception& error) {
    return failed(error.what());
  }
}

Result<AttentionRegression> AttentionRegression::make(const ModelPackage& package,
                                                      const TensorFile& tensors) {
  Result<HeadNetwork> network = HeadNetwork::make(tensors);
  if (!network) return unusable(package, fmt::format("head.h5: {}", network.error().sentence));
  if (network->features() != package.encoder.width)
    return unusable(package, fmt::format("they take {} features a tile, the encoder gives {}",
                                         network->features(), package.encoder.width));
  if (network->genes() != static_cast<int>(package.genes.size()))
    return unusable(package, fmt::format("they predict {} genes, the manifest lists {}", network->genes(),
                                         package.genes.size()));
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->width = network->features();
  weights->network.emplace(std::move(*network));
  return AttentionRegression(std::move(weights));
}

Result<AttentionRegression> AttentionRegression::makeEnsemble(const ModelPackage& package,
                                                              const TensorFile& tensors) {
  const Result<std::vector<HeadMember>> members = membersOf(tensors);
  if (!members) return unusable(package, fmt::format("head.h5: {}", members.error().sentence));
  const size_t genes = members->back().firstGene + members->back().genes;
  if (genes != package.genes.size())
    return unusable(package,
                    fmt::format("they predict {} genes, the manifest lists {}", genes, package.genes.size()));
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->splits = double(members->back().split + 1);
  for (const HeadMember& member : *members) {
    ModelPackage part = package;
    part.genes.clear();
    for (size_t gene = 0; gene < member.genes; ++gene) {
      part.genes.push_back(package.genes[member.firstGene + gene]);
      part.genes.back().trainingMean = member.mean[gene];
      part.genes.back().trainingDeviation = member.deviation[gene];
    }
    Result<AttentionRegression> head = make(part, member.weights);
    if (!head) return head;
    weights->members.push_back(std::move(*head));
    weights->firstGenes.push_back(member.firstGene);
  }
  return AttentionRegression(std::move(weights));
}

Result<AttentionRegression> loadAttentionRegression(const ModelPackage& package) {
  if (package.genes.empty()) return unusable(package, "it is an encoder on its own and predicts no genes");
  const Result<TensorFile> tensors = readTensors(package.folder / "head.h5");
  if (!tensors) return unusable(package, tensors.error().sentence);
  return isEnsemble(*tensors) ? AttentionRegression::makeEnsemble(package, *tensors)
                              : AttentionRegression::make(package, *tensors);
}

}  // namespace geneglass
