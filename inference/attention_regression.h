// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/matrix.h"
#include "inference/model_package.h"
#include "inference/tensor_file.h"

namespace geneglass {

/// What the head says of one bag of N tiles, per gene, in the label's unit (z-scores already turned back).
struct BagPrediction {
  std::vector<float> values;  ///< G: Y = clamp(sum_i a_i y_i), turned back
  Matrix attention;           ///< G x N: a_i, sums to 1 a gene
  Matrix expression;          ///< G x N: E_i = y_i, turned back
  Matrix contribution;  ///< G x N: C_i = N a_i (E_i - Ybar); its mean is Y - Ybar where no clamp is active
};

/// Attention-based interpretable regression (methods.md section 1; Graziani et al. 2022), all genes in one
/// model:
///   h = W x + b                        D -> H, shared
///   y_g = clamp(w_g . h + b_g, -10, 10)
///   e_g = v_g . tanh(U_g h + c_g) + d_g,  a_g = softmax over the bag
///   Y_g = clamp(sum_i a_gi y_gi, -10, 10)
/// An ensemble (head_ensemble.h) gives the mean over its splits of Y, a, E and of C, all taken from the
/// package's Ybar; so sum a = 1 and mean C = Y - Ybar hold as for one head, while C_i is no longer
/// N a_i (E_i - Ybar).
/// Constant after loading; one thread at a time.
class AttentionRegression final {
 public:
  AttentionRegression(AttentionRegression&&) noexcept;
  AttentionRegression& operator=(AttentionRegression&&) noexcept;
  ~AttentionRegression();

  /// features: N x D, N >= 1. Memory grows with N x G, not with N x G x attention width.
  Result<BagPrediction> predict(const Matrix& features) const;

 private:
  friend Result<AttentionRegression> loadAttentionRegression(const ModelPackage&);
  struct Weights;
  static Result<AttentionRegression> make(const ModelPackage& package, const TensorFile& tensors);
  static Result<AttentionRegression> makeEnsemble(const ModelPackage& package, const TensorFile& tensors);
  Result<BagPrediction> predictMean(const Matrix& features) const;
  explicit AttentionRegression(std::unique_ptr<Weights> weights);
  std::unique_ptr<Weights> m_weights;
};

/// Reads head.h5: embedding.weight H x D, embedding.bias H, value.weight G x H, value.bias G,
/// attention.hidden.weight G x A x H, attention.hidden.bias G x A, attention.out.weight G x A,
/// attention.out.bias G; or those of an ensemble.
Result<AttentionRegression> loadAttentionRegression(const ModelPackage& package);

}  // namespace geneglass
