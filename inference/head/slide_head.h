// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <memory>

#include "inference/head/head_network.h"
#include "inference/package/model_package.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// What the heads say of one gene of a bag of N tiles, in the label's unit (z-scores already turned back).
/// Where no clamp is active, the mean of C over the tiles is Y - baseline.
struct GeneReading {
  float value = 0;                                         ///< Y
  float baseline = 0;                                      ///< what contributions are measured from
  float spread = std::numeric_limits<float>::quiet_NaN();  ///< of an ensemble: deviation of its splits' Y
  std::vector<float> attention;                            ///< N: a_i, sums to 1
  std::vector<float> expression;    ///< N: E_i, what a bag of this tile alone would be said to be
  std::vector<float> contribution;  ///< N: C_i
};

/// The same of every gene: a row each.
struct BagPrediction {
  std::vector<float> values;     ///< G
  Matrix attention;              ///< G x N
  Matrix expression;             ///< G x N
  Matrix contribution;           ///< G x N
  std::vector<float> baselines;  ///< G
};

/// A bag as the heads read it. Where a split's genes share an embedding, it is computed once: N x H numbers a
/// split. Where each has its own, the features are held. Constant; any thread.
struct EmbeddedBag {
  Matrix embedded;
  std::shared_ptr<const Matrix> features;
  std::vector<EmbeddedBag> members;  ///< of an ensemble
  size_t tiles = 0;
};

/// The heads of a package (head_network.h): all its genes, of either kind, or an ensemble of them. With s the
/// gene's training deviation and m its training mean, which turn z-scores back:
///   attention regression: Y = s clamp(sum_i a_i y_i) + m, E_i = s y_i + m,
///     C_i = N a_i (E_i - Ybar); the baseline is Ybar = m
///   gated attention, u its read-out: Y = s (u . sum_i a_i H_i + d) + m,
///     E_i = s (u . H_i + d) + m, C_i = N a_i s (u . H_i); the baseline is s d + m, what an empty embedding
///     would be said to be. From both ends: E_i takes the sum of the two read-outs, and
///     C_i = N/n s (u_low . H_i at the low end + u_high . H_i at the high one), n tiles an end.
///   linear: Y = s mean_i(y_i) + m, E_i = s y_i + m, a_i = 1 / N, C_i = E_i - Ybar; the baseline is Ybar = m
/// An ensemble (head_ensemble.h) gives the mean over its splits of Y, a, E and C, so sum a = 1 and
/// mean C = Y - baseline hold as for one head, while C_i follows no longer from a_i and E_i. Its baseline is
/// the package's Ybar, or, gated, the mean of its members'.
/// Constant after loading; any thread.
class SlideHead final {
 public:
  /// Genes that are read together from a multiple of it on cost least.
  static constexpr size_t kTogether = HeadNetwork::kTogether;

  SlideHead(SlideHead&&) noexcept;
  SlideHead& operator=(SlideHead&&) noexcept;
  ~SlideHead();

  /// features: N x D, N >= 1.
  Result<EmbeddedBag> embed(std::shared_ptr<const Matrix> features) const;
  /// Genes [first, first + count), on all processors. A gene's reading does not depend on the others asked
  /// for. Memory grows with count x N.
  Result<std::vector<GeneReading>> read(const EmbeddedBag& bag, size_t first, size_t count) const;
  /// All genes of a bag that is small enough for G x N numbers.
  Result<BagPrediction> predict(const Matrix& features) const;

  size_t genes() const;       ///< G
  int models() const;         ///< splits of an ensemble, else 1
  double workOfGene() const;  ///< multiplications a tile to read one gene

  /// Whether attention says anything; else it is 1 / N of every tile.
  bool weighsTiles() const;

  /// Whether Y follows from a and C of any part of the bag, as it does except where both ends are pooled.
  bool poolsByAttention() const;

 private:
  friend Result<SlideHead> loadSlideHead(const ModelPackage&);
  struct Weights;
  friend Result<SlideHead> loadFoldHeads(const ModelPackage&);
  static Result<SlideHead> make(const ModelPackage& package, TensorFile tensors, const char* file);
  static Result<SlideHead> makeEnsemble(const ModelPackage& package, const TensorFile& tensors,
                                        const char* file);
  EmbeddedBag embedded(const std::shared_ptr<const Matrix>& features, bool keeps) const;
  Result<std::vector<GeneReading>> readMean(const EmbeddedBag& bag, size_t first, size_t count) const;
  explicit SlideHead(std::unique_ptr<Weights> weights);
  std::unique_ptr<Weights> m_weights;
};

/// Reads head.h5: the tensors that head_network.h names for the manifest's kind, or those of an ensemble.
Result<SlideHead> loadSlideHead(const ModelPackage& package);

/// Reads kFoldHeads of a package that has it.
Result<SlideHead> loadFoldHeads(const ModelPackage& package);

}  // namespace geneglass
