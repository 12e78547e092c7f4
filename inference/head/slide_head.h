// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/package/model_package.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/tensor_file.h"

namespace geneglass {

/// What the heads say of one bag of N tiles, per gene, in the label's unit (z-scores already turned back).
/// Where no clamp is active, the mean of C over the tiles is Y - baseline.
struct BagPrediction {
  std::vector<float> values;     ///< G: Y
  Matrix attention;              ///< G x N: a_i, sums to 1 a gene
  Matrix expression;             ///< G x N: E_i, what a bag of this tile alone would be said to be
  Matrix contribution;           ///< G x N: C_i
  std::vector<float> baselines;  ///< G: what contributions are measured from
};

/// The heads of a package (head_network.h): all its genes, of either kind, or an ensemble of them. With s the
/// gene's training deviation and m its training mean, which turn z-scores back:
///   attention regression: Y = s clamp(sum_i a_i y_i) + m, E_i = s y_i + m,
///     C_i = N a_i (E_i - Ybar); the baseline is Ybar = m
///   gated attention, u its read-out: Y = s (u . sum_i a_i H_i + d) + m,
///     E_i = s (u . H_i + d) + m, C_i = N a_i s (u . H_i); the baseline is s d + m, what an empty embedding
///     would be said to be. From both ends: E_i takes the sum of the two read-outs, and
///     C_i = N/n s (u_low . H_i at the low end + u_high . H_i at the high one), n tiles an end.
/// An ensemble (head_ensemble.h) gives the mean over its splits of Y, a, E and C, so sum a = 1 and
/// mean C = Y - baseline hold as for one head, while C_i follows no longer from a_i and E_i. Its baseline is
/// the package's Ybar, or, gated, the mean of its members'.
/// Constant after loading; one thread at a time.
class SlideHead final {
 public:
  SlideHead(SlideHead&&) noexcept;
  SlideHead& operator=(SlideHead&&) noexcept;
  ~SlideHead();

  /// features: N x D, N >= 1. Memory grows with N x G, not with N x G x attention width.
  Result<BagPrediction> predict(const Matrix& features) const;

  /// Whether Y follows from a and C of any part of the bag, as it does except where both ends are pooled.
  bool poolsByAttention() const;

 private:
  friend Result<SlideHead> loadSlideHead(const ModelPackage&);
  struct Weights;
  static Result<SlideHead> make(const ModelPackage& package, const TensorFile& tensors);
  static Result<SlideHead> makeEnsemble(const ModelPackage& package, const TensorFile& tensors);
  Result<BagPrediction> predictMean(const Matrix& features) const;
  explicit SlideHead(std::unique_ptr<Weights> weights);
  std::unique_ptr<Weights> m_weights;
};

/// Reads head.h5: the tensors that head_network.h names for the manifest's kind, or those of an ensemble.
Result<SlideHead> loadSlideHead(const ModelPackage& package);

}  // namespace geneglass
