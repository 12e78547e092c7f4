// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/slide_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "inference/head/bag_pool.h"
#include "inference/head/head_ensemble.h"
#include "inference/head/head_network.h"
#include "viewer/foundation/exception_reason.h"
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

/// Fills what is said of one gene, in the label's unit.
class GeneOfBag final {
 public:
  GeneOfBag(GeneReading& reading, size_t tiles, const GeneFacts& facts)
      : m_reading(reading), m_deviation(facts.trainingDeviation), m_mean(facts.trainingMean) {
    for (std::vector<float>* map : {&reading.attention, &reading.expression, &reading.contribution})
      map->resize(tiles);
  }

  /// Of z-scores: what the slide is said to be, and what contributions are measured from.
  void setValue(double z, double baseline) {
    m_reading.value = turnedBack(z);
    m_reading.baseline = turnedBack(baseline);
  }
  void setTile(size_t tile, double attention, double z, double contribution) {
    m_reading.attention[tile] = static_cast<float>(attention);
    m_reading.expression[tile] = turnedBack(z);
    m_reading.contribution[tile] = static_cast<float>(contribution * m_deviation);
  }

 private:
  float turnedBack(double z) const { return static_cast<float>(z * m_deviation + m_mean); }

  GeneReading& m_reading;
  double m_deviation, m_mean;
};

void poolValues(const TileScores& scores, size_t gene, double clamp, GeneOfBag& all) {
  const std::vector<double> shares = softmaxOf(scores.logits.row(gene));
  double pooled = 0;
  for (size_t i = 0; i < shares.size(); ++i) {
    const double y = scores.values.at(gene, i);
    pooled += shares[i] * y;
    all.setTile(i, shares[i], y, double(shares.size()) * shares[i] * y);
  }
  all.setValue(std::clamp(pooled, -clamp, clamp), 0);
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

/// `gene`: among those that were scored; `bias`: of its value.
void pool(const HeadNetwork& network, const TileScores& scores, size_t gene, double bias, GeneOfBag& all) {
  if (network.kind() == HeadKind::AttentionRegression)
    poolValues(scores, gene, HeadNetwork::kClamp, all);
  else if (network.kind() == HeadKind::Linear)
    poolValues(scores, gene, std::numeric_limits<double>::infinity(), all);
  else if (network.pool() == BagPool::Extremes)
    poolEnds(scores, gene, bias, all);
  else
    poolByAttention(scores, gene, bias, all);
}

/// Adds what one member says, its share of the mean. `shift`: from its baseline to that of all.
void addShare(const GeneReading& member, double share, double shift, GeneReading& all) {
  const size_t tiles = member.attention.size();
  for (std::vector<float>* map : {&all.attention, &all.expression, &all.contribution}) map->resize(tiles);
  const auto add = [&](float& sum, double value) { sum = static_cast<float>(sum + share * value); };
  add(all.value, member.value);
  add(all.baseline, member.baseline - shift);
  for (size_t i = 0; i < tiles; ++i) {
    const double attention = member.attention[i];
    add(all.attention[i], attention);
    add(all.expression[i], member.expression[i]);
    add(all.contribution[i], member.contribution[i] + shift * double(tiles) * attention);
  }
}

/// Standard deviation, each value weighing 1 / (n - 1); not a number for fewer than two.
float deviationOf(const std::vector<double>& values) {
  const double count = double(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return float(std::sqrt(squares / (count - 1)));
}

tl::unexpected<Error> headsFailed(const std::string& package, const std::string& why) {
  return fail(fmt::format("The heads of '{}' failed: {}.", package, why));
}

}  // namespace

SlideHead::SlideHead(std::unique_ptr<Weights> weights) : m_weights(std::move(weights)) {}
SlideHead::SlideHead(SlideHead&&) noexcept = default;
SlideHead& SlideHead::operator=(SlideHead&&) noexcept = default;
SlideHead::~SlideHead() = default;

int SlideHead::models() const {
  return int(m_weights->splits);
}

size_t SlideHead::genes() const {
  return m_weights->genes.size();
}

double SlideHead::workOfGene() const {
  const Weights& weights = *m_weights;
  if (weights.network) return weights.network->workOfBranch();
  const SlideHead& member = weights.members.front();
  const double embedding = member.genes() < genes() ? member.m_weights->network->workOfEmbedding() : 0;
  return weights.splits * (member.workOfGene() + embedding);
}

EmbeddedBag SlideHead::embedded(const std::shared_ptr<const Matrix>& features, bool keeps) const {
  EmbeddedBag bag;
  bag.tiles = features->rows;
  for (const SlideHead& member : m_weights->members)
    bag.members.push_back(member.embedded(features, member.genes() == genes()));
  if (!m_weights->network) return bag;
  if (keeps && m_weights->network->embeds())
    bag.embedded = m_weights->network->embed(*features);
  else
    bag.features = features;
  return bag;
}

Result<EmbeddedBag> SlideHead::embed(std::shared_ptr<const Matrix> features) const {
  const Weights& weights = *m_weights;
  if (features->rows == 0) return headsFailed(weights.package, "there are no tiles");
  if (features->columns != static_cast<size_t>(weights.width))
    return headsFailed(weights.package, fmt::format("{} features a tile where {} are needed",
                                                    features->columns, weights.width));
  try {
    return embedded(features, true);
  } catch (const std::exception& error) {
    return headsFailed(weights.package, reasonOf(error));
  }
}

Result<std::vector<GeneReading>> SlideHead::readMean(const EmbeddedBag& bag, size_t first,
                                                     size_t count) const {
  const bool fromOwnMean = m_weights->kind != HeadKind::GatedAttention;
  std::vector<GeneReading> mean(count);
  std::vector<std::vector<double>> valuesOfSplits(count);
  for (size_t i = 0; i < m_weights->members.size(); ++i) {
    const SlideHead& member = m_weights->members[i];
    const size_t firstOfMember = m_weights->firstGenes[i];
    const size_t begin = std::max(first, firstOfMember);
    const size_t end = std::min(first + count, firstOfMember + member.genes());
    if (begin >= end) continue;
    const auto said = member.read(bag.members[i], begin - firstOfMember, end - begin);
    if (!said) return said;
    for (size_t gene = begin; gene < end; ++gene) {
      const GeneReading& reading = (*said)[gene - begin];
      const double shift = fromOwnMean ? reading.baseline - m_weights->genes[gene].trainingMean : 0;
      addShare(reading, 1 / m_weights->splits, shift, mean[gene - first]);
      valuesOfSplits[gene - first].push_back(reading.value);
    }
  }
  for (size_t gene = 0; gene < count; ++gene) mean[gene].spread = deviationOf(valuesOfSplits[gene]);
  return mean;
}

Result<std::vector<GeneReading>> SlideHead::read(const EmbeddedBag& bag, size_t first, size_t count) const {
  if (!m_weights->members.empty()) return readMean(bag, first, count);
  const Weights& weights = *m_weights;
  const HeadNetwork& network = *weights.network;
  try {
    std::optional<Matrix> embedded;
    if (bag.features && network.embeds()) embedded = network.embed(*bag.features);
    const TileScores scores = network.scores(embedded       ? *embedded
                                             : bag.features ? *bag.features
                                                            : bag.embedded,
                                             first, count);
    std::vector<GeneReading> readings(count);
    inOwnThreads(count, 1, 0, [&](size_t, size_t gene, size_t) {
      GeneOfBag all(readings[gene], bag.tiles, weights.genes[first + gene]);
      pool(network, scores, gene, network.bias(first + gene, 0), all);
    });
    for (size_t gene = 0; gene < count; ++gene)
      if (!std::isfinite(readings[gene].value))
        return headsFailed(weights.package, fmt::format("the value of {} is not a finite number",
                                                        weights.genes[first + gene].symbol));
    return readings;
  } catch (const std::exception& error) {
    return headsFailed(weights.package, reasonOf(error));
  }
}

Result<BagPrediction> SlideHead::predict(const Matrix& features) const {
  const Result<EmbeddedBag> bag = embed({std::shared_ptr<const void>(), &features});
  if (!bag) return tl::unexpected(bag.error());
  const size_t tiles = features.rows;
  BagPrediction all{std::vector<float>(genes()), Matrix(genes(), tiles), Matrix(genes(), tiles),
                    Matrix(genes(), tiles), std::vector<float>(genes())};
  for (size_t first = 0; first < genes(); first += kTogether) {
    const auto some = read(*bag, first, std::min(kTogether, genes() - first));
    if (!some) return tl::unexpected(some.error());
    for (size_t gene = 0; gene < some->size(); ++gene) {
      const GeneReading& reading = (*some)[gene];
      all.values[first + gene] = reading.value;
      all.baselines[first + gene] = reading.baseline;
      std::ranges::copy(reading.attention, all.attention.row(first + gene).begin());
      std::ranges::copy(reading.expression, all.expression.row(first + gene).begin());
      std::ranges::copy(reading.contribution, all.contribution.row(first + gene).begin());
    }
  }
  return all;
}

bool SlideHead::weighsTiles() const {
  if (!m_weights->members.empty()) return m_weights->members.front().weighsTiles();
  return geneglass::weighsTiles(m_weights->network->kind());
}

bool SlideHead::poolsByAttention() const {
  if (!m_weights->members.empty()) return m_weights->members.front().poolsByAttention();
  return m_weights->network->pool() == BagPool::Attention;
}

Result<SlideHead> SlideHead::make(const ModelPackage& package, TensorFile tensors, const char* file) {
  Result<HeadNetwork> network = HeadNetwork::make(package.head, std::move(tensors));
  if (!network) return unusable(package, fmt::format("{}: {}", file, network.error().sentence));
  const int width = network->features(), genes = network->branches();
  if (network->outputs() != 1)
    return unusable(
        package, fmt::format("{}: they give {} numbers a gene where 1 is needed", file, network->outputs()));
  if (size_t(width) != featuresATile(package))
    return unusable(package, fmt::format("{}: they take {} features a tile, the encoder gives {}", file,
                                         width, featuresATile(package)));
  if (genes != static_cast<int>(package.genes.size()))
    return unusable(package, fmt::format("{}: they predict {} genes, the manifest lists {}", file, genes,
                                         package.genes.size()));
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->width = width;
  weights->network.emplace(std::move(*network));
  return SlideHead(std::move(weights));
}

Result<SlideHead> SlideHead::makeEnsemble(const ModelPackage& package, const TensorFile& tensors,
                                          const char* file) {
  Result<std::vector<HeadMember>> members = membersOf(tensors);
  if (!members) return unusable(package, fmt::format("{}: {}", file, members.error().sentence));
  const size_t genes = members->back().firstGene + members->back().genes;
  if (genes != package.genes.size())
    return unusable(package, fmt::format("{}: they predict {} genes, the manifest lists {}", file, genes,
                                         package.genes.size()));
  auto weights = std::make_unique<Weights>();
  weights->package = package.folder.string();
  weights->genes = package.genes;
  weights->kind = package.head;
  weights->width = int(featuresATile(package));
  weights->splits = double(members->back().split + 1);
  for (HeadMember& member : *members) {
    ModelPackage part = package;
    part.genes.clear();
    for (size_t gene = 0; gene < member.genes; ++gene) {
      part.genes.push_back(package.genes[member.firstGene + gene]);
      part.genes.back().trainingMean = member.mean[gene];
      part.genes.back().trainingDeviation = member.deviation[gene];
    }
    Result<SlideHead> head = make(part, std::move(member.weights), file);
    if (!head) return head;
    weights->members.push_back(std::move(*head));
    weights->firstGenes.push_back(member.firstGene);
  }
  return SlideHead(std::move(weights));
}

Result<SlideHead> loadSlideHead(const ModelPackage& package) {
  if (package.genes.empty()) return unusable(package, "it is an encoder on its own and predicts no genes");
  Result<TensorFile> tensors = readTensors(package.folder / "head.h5");
  if (!tensors) return tl::unexpected(tensors.error());
  return isEnsemble(*tensors) ? SlideHead::makeEnsemble(package, *tensors, "head.h5")
                              : SlideHead::make(package, std::move(*tensors), "head.h5");
}

Result<SlideHead> loadFoldHeads(const ModelPackage& package) {
  Result<TensorFile> tensors = readTensors(package.folder / kFoldHeads);
  if (!tensors) return tl::unexpected(tensors.error());
  Result<SlideHead> folds = SlideHead::makeEnsemble(package, *tensors, kFoldHeads);
  if (folds && folds->models() != package.foldModels)
    return unusable(package, fmt::format("{}: it holds {} models, the manifest says {}", kFoldHeads,
                                         folds->models(), package.foldModels));
  return folds;
}

}  // namespace geneglass
