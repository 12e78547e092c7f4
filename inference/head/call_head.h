// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/head/head_network.h"
#include "inference/package/model_package.h"
#include "inference/prediction/slide_call.h"

namespace geneglass {

/// Tells K classes apart (methods.md section 2; Huang et al. 2022): a gated head of one branch whose first K
/// outputs are the classes' logits; the bag's are the tiles' means weighted by attention.
///   s_c = o_c - log sum_{d != c} exp(o_d),  P_c = sigmoid(slope_c s_c + offset_c), scaled to the sum 1
/// Of two classes, normal and tumour, s_1 = o_1 - o_0 and P_0 = 1 - P_1, and there are two outputs more, not
/// tumour and tumour, which speak of single tiles and are not pooled:
///   evidence_i = sigmoid(v_3i - v_2i)
/// Of more the evidence of a tile i is for the likeliest class c, by the same outputs as the bag's:
///   evidence_i = sigmoid(v_ci - log sum_{d != c} exp(v_di))
/// One of tiles (CallFacts::ofTiles) is a linear head of K outputs, the logits of each tile: a tile is of the
/// class of its highest, and the evidence is as above. Constant after loading; any thread.
class CallHead final {
 public:
  /// Of slides.
  static constexpr int outputsFor(size_t classes) { return classes == 2 ? 4 : static_cast<int>(classes); }

  /// Errors, to follow "diagnosis.h5: ": tensors of another network, another number of outputs.
  static Result<CallHead> make(const TensorFile& tensors, const CallFacts& facts);

  int features() const { return m_network->features(); }  ///< D

  /// features: N x D, N >= 1. Without its region. Errors, one sentence: another width, no tiles, a score that
  /// is no finite number, oneDNN's trouble.
  Result<SlideCall> call(const Matrix& features) const;

 private:
  CallHead(HeadNetwork network, CallFacts facts);
  static Result<CallHead> makeOfTiles(const TensorFile& tensors, const CallFacts& facts);
  void read(const Matrix& features, SlideCall& call) const;
  void sortTiles(const Matrix& features, SlideCall& call) const;
  void addEvidence(const TileScores& scores, SlideCall& call) const;
  std::shared_ptr<const HeadNetwork> m_network;
  CallFacts m_facts;
};

/// The probability of each class, of sum 1, from the classes' scores. facts: classes and calibrations.
std::vector<double> probabilitiesOf(const CallFacts& facts, const std::vector<double>& scores);

/// Reads the file of one of the package's calls. Errors name the package.
Result<CallHead> loadCallHead(const ModelPackage& package, size_t call = 0);

}  // namespace geneglass
