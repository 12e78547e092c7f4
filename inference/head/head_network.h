// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/head/bag_pool.h"
#include "inference/package/head_kind.h"
#include "viewer/foundation/matrix.h"
#include "viewer/foundation/result.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// What some branches of a head say of each tile before the softmax over the bag.
struct TileScores {
  Matrix values;  ///< (branches O P) x N; see HeadNetwork::scores
  Matrix logits;  ///< branches x N: e
};

/// A head of G branches (genes, or a diagnosis), all in one, tile by tile, on oneDNN.
/// Attention regression (methods.md section 1; Graziani et al. 2022), O = 1:
///   h = W x + b                        D -> H, shared
///   y_g = clamp(w_g . h + b_g, -10, 10)
///   e_g = v_g . tanh(U_g h + c_g) + d_g,  a_g = softmax over the bag
///   Y_g = clamp(sum_i a_gi y_gi, -10, 10)
/// Tensors: embedding.weight H x D, embedding.bias H, value.weight G x H, value.bias G,
/// attention.hidden.weight G x A x H, attention.hidden.bias G x A, attention.out.weight G x A,
/// attention.out.bias G.
/// Gated attention (methods.md section 2; Huang et al. 2022):
///   H = ReLU(W x + b)                                        D -> H, shared
///   e_g = w_g . (tanh(V_g H + s_g) * sigmoid(T_g H + t_g)) + c_g   A wide
///   a_g = softmax over the bag; M_g = sum_i a_gi H_i; o_g = U_g M_g + d_g   O numbers a branch
/// Since a sums to 1, o_g = sum_i a_gi (U_g H_i + d_g): the tiles' own read-outs are pooled. With the pool of
/// extremes o_g = U_g [mean H of the lowest; mean H of the highest] + d_g (extremesOf).
/// Tensors: embedding and attention.out as above, attention.tanh.weight G x A x H, attention.tanh.bias G x A,
/// attention.sigmoid.weight G x A x H, attention.sigmoid.bias G x A, value.weight G x O x H (G x O x 2 H: the
/// pool of extremes, low end first), value.bias G x O.
/// Linear (methods.md section 6), O = 1: y_g = w_g . x + b_g of the features themselves, and every tile
/// counts alike: Y_g = mean_i y_gi, without a clamp. Tensors: value.weight G x D, value.bias G. Constant: any
/// thread.
class HeadNetwork final {
 public:
  static constexpr double kClamp = 10;  ///< of y and of Y of attention regression, z-scores
  /// Branches that are read together from a multiple of it on cost least: their values are one
  /// multiplication.
  static constexpr size_t kTogether = 16;

  /// Errors, to follow "...: ": a tensor that is missing, unknown or of another shape.
  static Result<HeadNetwork> make(HeadKind kind, TensorFile tensors);

  HeadNetwork(HeadNetwork&&) noexcept;
  HeadNetwork& operator=(HeadNetwork&&) noexcept;
  ~HeadNetwork();

  HeadKind kind() const;
  int features() const;  ///< D
  int branches() const;  ///< G
  int outputs() const;   ///< O
  BagPool pool() const;
  float bias(size_t branch, size_t output) const;  ///< of value.bias

  /// Whether scores() wants what embed() gives; else it wants the features, and there is no embed().
  bool embeds() const;
  /// N x D -> N x H, which every branch reads. On all processors. Throws std::exception.
  Matrix embed(const Matrix& features) const;

  /// N x H -> values (count O P) x N, logits count x N of branches [first, first + count). Regression: y.
  /// Gated, P = 1: U H_i + d; linear: y and 0; P = 2, the pool of extremes: what the tile says at the low
  /// end, then at the high end, half the bias in each; their sum is its own read-out. On all processors; a
  /// tile's scores depend neither on the other tiles, nor on the other branches asked for, nor on the
  /// threads. Throws std::exception.
  TileScores scores(const Matrix& embedded, size_t first, size_t count) const;

  double workOfEmbedding() const;  ///< multiplications a tile
  double workOfBranch() const;     ///< the same, for the scores of one branch

 private:
  struct Layers;
  explicit HeadNetwork(std::unique_ptr<Layers> layers);
  std::unique_ptr<Layers> m_layers;
};

}  // namespace geneglass
