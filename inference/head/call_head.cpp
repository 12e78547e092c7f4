// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/call_head.h"
#include "viewer/foundation/exception_reason.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace geneglass {
namespace {

tl::unexpected<Error> unusableCall(const ModelPackage& package, size_t call, const std::string& why) {
  return fail(fmt::format("Cannot use the model package '{}': {}: {}.", package.folder.string(),
                          callFile(package, call), why));
}

tl::unexpected<Error> failed(const CallFacts& facts, const std::string& why) {
  return fail(facts.isDiagnosis() ? fmt::format("The diagnosis failed: {}.", why)
                                  : fmt::format("The call of {} failed: {}.", facts.target, why));
}

/// A logit less the log of the sum of the others' exponentials.
double logOdds(const std::vector<double>& logits, size_t own) {
  double highest = -std::numeric_limits<double>::infinity(), sum = 0;
  for (size_t i = 0; i < logits.size(); ++i)
    if (i != own) highest = std::max(highest, logits[i]);
  for (size_t i = 0; i < logits.size(); ++i)
    if (i != own) sum += std::exp(logits[i] - highest);
  return logits[own] - (highest + std::log(sum));
}

double sigmoid(double score) {
  return 1 / (1 + std::exp(-score));
}

}  // namespace

std::vector<double> probabilitiesOf(const CallFacts& facts, const std::vector<double>& scores) {
  std::vector<double> chances;
  double sum = 0;
  for (size_t i = 0; i < scores.size(); ++i) {
    chances.push_back(facts.classes[i].calibration.probability(scores[i]));
    sum += chances.back();
  }
  if (facts.isDiagnosis())
    chances[0] = 1 - chances[1];
  else
    for (double& chance : chances) chance = sum > 0 ? chance / sum : 1 / double(scores.size());
  return chances;
}

CallHead::CallHead(HeadNetwork network, CallFacts facts)
    : m_network(std::make_shared<const HeadNetwork>(std::move(network))), m_facts(std::move(facts)) {}

Result<CallHead> CallHead::make(const TensorFile& tensors, const CallFacts& facts) {
  if (facts.ofTiles) return makeOfTiles(tensors, facts);
  Result<HeadNetwork> network = HeadNetwork::make(HeadKind::GatedAttention, tensors);
  if (!network) return tl::unexpected(network.error());
  const int outputs = outputsFor(facts.classes.size());
  if (network->branches() != 1 || network->outputs() != outputs || network->pool() != BagPool::Attention)
    return fail(
        fmt::format("it has {} branches of {} outputs where one of {}, pooled by attention, is needed",
                    network->branches(), network->outputs(), outputs));
  return CallHead(std::move(*network), facts);
}

Result<CallHead> CallHead::makeOfTiles(const TensorFile& tensors, const CallFacts& facts) {
  Result<HeadNetwork> network = HeadNetwork::make(HeadKind::Linear, tensors);
  if (!network) return tl::unexpected(network.error());
  if (size_t(network->branches()) != facts.classes.size())
    return fail(fmt::format("it tells {} classes of tiles apart where {} are named", network->branches(),
                            facts.classes.size()));
  return CallHead(std::move(*network), facts);
}

void CallHead::sortTiles(const Matrix& features, SlideCall& call) const {
  const TileScores scores = m_network->scores(features, 0, m_facts.classes.size());
  call.probabilities.resize(m_facts.classes.size());
  for (size_t tile = 0; tile < features.rows; ++tile) {
    size_t likeliest = 0;
    for (size_t each = 1; each < m_facts.classes.size(); ++each)
      if (scores.values.at(each, tile) > scores.values.at(likeliest, tile)) likeliest = each;
    call.classOfTile.push_back(uint8_t(likeliest));
    call.probabilities[likeliest] += 1 / double(features.rows);
  }
  addEvidence(scores, call);
}

/// Logits are counted from the first class's.
void CallHead::read(const Matrix& features, SlideCall& call) const {
  const TileScores scores = m_network->scores(m_network->embed(features), 0, 1);
  const std::vector<double> attention = softmaxOf(scores.logits.row(0));
  std::vector<double> logits(m_facts.classes.size());
  for (size_t tile = 0; tile < features.rows; ++tile)
    for (size_t i = 1; i < logits.size(); ++i)
      logits[i] += attention[tile] * (double(scores.values.at(i, tile)) - scores.values.at(0, tile));
  for (size_t own = 0; own < logits.size(); ++own) call.scores.push_back(logOdds(logits, own));
  call.probabilities = probabilitiesOf(m_facts, call.scores);
  addEvidence(scores, call);
}

void CallHead::addEvidence(const TileScores& scores, SlideCall& call) const {
  const size_t first = m_facts.isDiagnosis() ? 2 : 0, own = call.evidenceOf();
  std::vector<double> logits(m_facts.classes.size());
  for (size_t tile = 0; tile < scores.values.columns; ++tile) {
    for (size_t i = 0; i < logits.size(); ++i) logits[i] = scores.values.at(first + i, tile);
    call.evidence.push_back(float(sigmoid(logOdds(logits, own))));
  }
}

Result<SlideCall> CallHead::call(const Matrix& features) const {
  if (features.rows == 0) return failed(m_facts, "there are no tiles");
  if (features.columns != size_t(m_network->features()))
    return failed(m_facts, fmt::format("{} features a tile where {} are needed", features.columns,
                                       m_network->features()));
  SlideCall call;
  call.facts = m_facts;
  try {
    m_facts.ofTiles ? sortTiles(features, call) : read(features, call);
  } catch (const std::exception& error) {
    return failed(m_facts, reasonOf(error));
  }
  if (!std::ranges::all_of(call.scores, [](double score) { return std::isfinite(score); }))
    return failed(m_facts, "the score is not a finite number");
  return call;
}

Result<CallHead> loadCallHead(const ModelPackage& package, size_t call) {
  if (call >= package.calls.size())
    return fail(fmt::format("The model package '{}' holds no diagnosis.", package.folder.string()));
  const Result<TensorFile> tensors = readTensors(package.folder / callFile(package, call));
  if (!tensors) return tl::unexpected(tensors.error());
  Result<CallHead> head = CallHead::make(*tensors, package.calls[call]);
  if (!head) return unusableCall(package, call, head.error().sentence);
  if (size_t(head->features()) != featuresATile(package))
    return unusableCall(package, call,
                        fmt::format("it takes {} features a tile, the encoder gives {}", head->features(),
                                    featuresATile(package)));
  return head;
}

}  // namespace geneglass
