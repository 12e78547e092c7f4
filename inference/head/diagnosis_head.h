// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/head/head_network.h"
#include "inference/package/model_package.h"
#include "inference/prediction/diagnosis.h"

namespace geneglass {

/// Tumour/normal diagnosis (methods.md section 2; Huang et al. 2022): a gated head of one branch and four
/// outputs. Of the first two, normal and tumour, the bag is the mean weighted by attention; the other two,
/// not tumour and tumour, speak of single tiles and are not pooled.
///   score = o_1 - o_0,  P = sigmoid(slope score + offset),  evidence_i = sigmoid(v_3i - v_2i)
/// Constant after loading; any thread.
class DiagnosisHead final {
 public:
  static constexpr int kOutputs = 4;

  /// Errors, to follow "diagnosis.h5: ": tensors of another network, another number of outputs.
  static Result<DiagnosisHead> make(const TensorFile& tensors, const DiagnosisFacts& facts);

  int features() const { return m_network->features(); }  ///< D

  /// features: N x D, N >= 1. Without its region. Errors, one sentence: another width, no tiles, a score that
  /// is no finite number, oneDNN's trouble.
  Result<SlideDiagnosis> diagnose(const Matrix& features) const;

 private:
  DiagnosisHead(HeadNetwork network, DiagnosisFacts facts);
  std::shared_ptr<const HeadNetwork> m_network;
  DiagnosisFacts m_facts;
};

/// Reads diagnosis.h5 of a package that has one. Errors name the package.
Result<DiagnosisHead> loadDiagnosisHead(const ModelPackage& package);

}  // namespace geneglass
