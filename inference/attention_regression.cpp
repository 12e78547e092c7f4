// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/attention_regression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "inference/head_ensemble.h"
#include "inference/own_threads.h"
#include "inference/torch_modules.h"

namespace geneglass {

struct AttentionRegression::Weights {
  std::string package;  ///< its folder, for sentences
  std::vector<GeneFacts> genes;
  int width = 0;                                      ///< D
  std::shared_ptr<AttentionRegressionModule> module;  ///< none in an ensemble
  std::vector<AttentionRegression> members;           ///< of an ensemble, each with its own scale
  std::vector<size_t> firstGenes;                     ///< of the members
  double splits = 1;
};

namespace {

constexpr size_t kChunk = 256;  // tiles at a time: bounds the memory of the attention's hidden layer

tl::unexpected<Error> unusable(const ModelPackage& package, const std::string& why) {
  return fail(fmt::format("Cannot use the heads of '{}': {}.", package.folder.string(), why));
}

/// y and e of every tile, N x G each, tiles in chunks.
struct TileScores {
  Matrix values;
  Matrix logits;
};

TileScores scoreTiles(AttentionRegressionModule& module, const Matrix& features, size_t genes) {
  TileScores scores{Matrix(features.rows, genes), Matrix(features.rows, genes)};
  const auto rows = static_cast<int64_t>(features.rows), width = static_cast<int64_t>(features.columns);
  const torch::Tensor all = torch::from_blob(const_cast<float*>(features.values.data()), {rows, width});
  inOwnThreads(features.rows, kChunk, 0, [&](size_t, size_t first, size_t end) {
    const c10::InferenceMode inference;
    const auto chunk = module.scores(all.slice(0, static_cast<int64_t>(first), static_cast<int64_t>(end)));
    const auto keep = [&](const torch::Tensor& tensor, Matrix& into) {
      const torch::Tensor row = tensor.contiguous();
      std::copy_n(row.data_ptr<float>(), row.numel(), into.row(first).data());
    };
    keep(chunk.values, scores.values);
    keep(chunk.logits, scores.logits);
  });
  return scores;
}

/// One column of N x G, softmaxed over the bag in double precision.
std::vector<double> softmaxOf(const Matrix& logits, size_t gene) {
  std::vector<double> shares(logits.rows);
  double largest = -INFINITY, sum = 0;
  for (size_t i = 0; i < shares.size(); ++i) largest = std::max(largest, double(logits.at(i, gene)));
  for (size_t i = 0; i < shares.size(); ++i) sum += shares[i] = std::exp(logits.at(i, gene) - largest);
  for (double& share : shares) share /= sum;
  return shares;
}

void pool(const TileScores& scores, size_t gene, const GeneFacts& facts, BagPrediction& prediction) {
  const std::vector<double> shares = softmaxOf(scores.logits, gene);
  const size_t count = shares.size();
  double pooled = 0;
  for (size_t i = 0; i < count; ++i) {
    const double y = scores.values.at(i, gene), centred = y * facts.trainingDeviation;
    pooled += shares[i] * y;
    prediction.attention.at(gene, i) = static_cast<float>(shares[i]);
    prediction.expression.at(gene, i) = static_cast<float>(centred + facts.trainingMean);
    prediction.contribution.at(gene, i) = static_cast<float>(double(count) * shares[i] * centred);
  }
  constexpr double kClamp = AttentionRegressionModule::kClamp;
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

/// The sizes the file's tensors have, or why they have none.
Result<AttentionShape> shapeOf(const ModelPackage& package, const TensorFile& tensors) {
  const auto embedding = tensors.find("embedding.weight"), hidden = tensors.find("attention.hidden.weight");
  if (embedding == tensors.end() || embedding->second.shape.size() != 2)
    return unusable(package, "head.h5: the tensor 'embedding.weight' is missing or not H x D");
  if (hidden == tensors.end() || hidden->second.shape.size() != 3)
    return unusable(package, "head.h5: the tensor 'attention.hidden.weight' is missing or not G x A x H");
  const auto side = [](int64_t length) { return static_cast<int>(length); };
  const AttentionShape shape{side(embedding->second.shape[1]), side(embedding->second.shape[0]),
                             side(hidden->second.shape[1]), side(hidden->second.shape[0])};
  if (shape.features != package.encoder.width)
    return unusable(package, fmt::format("they take {} features a tile, the encoder gives {}", shape.features,
                                         package.encoder.width));
  if (shape.genes != static_cast<int>(package.genes.size()))
    return unusable(package, fmt::format("they predict {} genes, the manifest lists {}", shape.genes,
                                         package.genes.size()));
  if (shape.embedding <= 0 || shape.attention <= 0) return unusable(package, "head.h5: a layer has no width");
  return shape;
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
    const TileScores scores = scoreTiles(*weights.module, features, genes);
    BagPrediction prediction{std::vector<float>(genes), Matrix(genes, features.rows),
                             Matrix(genes, features.rows), Matrix(genes, features.rows)};
    for (size_t gene = 0; gene < genes; ++gene) {
      pool(scores, gene, weights.genes[gene], prediction);
      if (!std::isfinite(prediction.values[gene]))
        return failed(fmt::format("the value of {} is not a finite number", weights.genes[gene].symbol));
    }
    return prediction;
  } catch (const c10::Error& error) {
    return failed(error.what_without_backtrace());
  } catch (const std::exception& error) {
    return failed(error.what());
  }
}

Result<AttentionRegression> AttentionRegression::make(const ModelPackage& package,
                                                      const TensorFile& tensors) {
  const Result<AttentionShape> shape = shapeOf(package, tensors);
  if (!shape) return tl::unexpected(shape.error());
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->width = shape->features;
  weights->module = std::make_shared<AttentionRegressionModule>(*shape);
  const Result<void> set = setTensors(*weights->module, tensors);
  if (!set) return unusable(package, fmt::format("head.h5: {}", set.error().sentence));
  weights->module->eval();
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
