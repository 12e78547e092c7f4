// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/diagnosis_head.h"

#include <fmt/format.h>

#include <cmath>

namespace geneglass {
namespace {

tl::unexpected<Error> unusableDiagnosis(const ModelPackage& package, const std::string& why) {
  return fail(
      fmt::format("Cannot use the model package '{}': diagnosis.h5: {}.", package.folder.string(), why));
}

tl::unexpected<Error> failed(const std::string& why) {
  return fail(fmt::format("The diagnosis failed: {}.", why));
}

}  // namespace

DiagnosisHead::DiagnosisHead(HeadNetwork network, DiagnosisFacts facts)
    : m_network(std::make_shared<const HeadNetwork>(std::move(network))), m_facts(std::move(facts)) {}

Result<DiagnosisHead> DiagnosisHead::make(const TensorFile& tensors, const DiagnosisFacts& facts) {
  Result<HeadNetwork> network = HeadNetwork::make(HeadKind::GatedAttention, tensors);
  if (!network) return tl::unexpected(network.error());
  if (network->branches() != 1 || network->outputs() != kOutputs || network->pool() != BagPool::Attention)
    return fail(
        fmt::format("it has {} branches of {} outputs where one of {}, pooled by attention, is needed",
                    network->branches(), network->outputs(), kOutputs));
  return DiagnosisHead(std::move(*network), facts);
}

Result<SlideDiagnosis> DiagnosisHead::diagnose(const Matrix& features) const {
  if (features.rows == 0) return failed("there are no tiles");
  if (features.columns != size_t(m_network->features()))
    return failed(
        fmt::format("{} features a tile where {} are needed", features.columns, m_network->features()));
  SlideDiagnosis diagnosis;
  diagnosis.facts = m_facts;
  try {
    const TileScores scores = m_network->scores(m_network->embed(features), 0, 1);
    const std::vector<double> attention = softmaxOf(scores.logits.row(0));
    for (size_t tile = 0; tile < features.rows; ++tile) {
      diagnosis.score += attention[tile] * (double(scores.values.at(1, tile)) - scores.values.at(0, tile));
      const double own = double(scores.values.at(3, tile)) - scores.values.at(2, tile);
      diagnosis.evidence.push_back(float(1 / (1 + std::exp(-own))));
    }
  } catch (const std::exception& error) {
    return failed(error.what());
  }
  if (!std::isfinite(diagnosis.score)) return failed("the score is not a finite number");
  diagnosis.probability = m_facts.calibration.probability(diagnosis.score);
  return diagnosis;
}

Result<DiagnosisHead> loadDiagnosisHead(const ModelPackage& package) {
  if (!package.diagnosis)
    return fail(fmt::format("The model package '{}' holds no diagnosis.", package.folder.string()));
  const Result<TensorFile> tensors = readTensors(package.folder / "diagnosis.h5");
  if (!tensors) return unusableDiagnosis(package, tensors.error().sentence);
  Result<DiagnosisHead> head = DiagnosisHead::make(*tensors, *package.diagnosis);
  if (!head) return unusableDiagnosis(package, head.error().sentence);
  if (head->features() != package.encoder.width)
    return unusableDiagnosis(package, fmt::format("it takes {} features a tile, the encoder gives {}",
                                                  head->features(), package.encoder.width));
  return head;
}

}  // namespace geneglass
