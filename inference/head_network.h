// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>

#include "inference/matrix.h"
#include "inference/tensor_file.h"
#include "viewer/slide/result.h"

namespace geneglass {

/// What a head says of each tile before the softmax over the bag.
struct TileScores {
  Matrix values;  ///< G x N: y, clamped; of a gated head (G O P) x N, see there
  Matrix logits;  ///< G x N: e
};

/// The head of attention-based interpretable regression (methods.md section 1; Graziani et al. 2022), all
/// genes in one, tile by tile, on oneDNN:
///   h = W x + b                        D -> H, shared
///   y_g = clamp(w_g . h + b_g, -10, 10)
///   e_g = v_g . tanh(U_g h + c_g) + d_g,  a_g = softmax over the bag
///   Y_g = clamp(sum_i a_gi y_gi, -10, 10)
/// Tensors: embedding.weight H x D, embedding.bias H, value.weight G x H, value.bias G,
/// attention.hidden.weight G x A x H, attention.hidden.bias G x A, attention.out.weight G x A,
/// attention.out.bias G.
/// Constant: any thread.
class HeadNetwork final {
 public:
  static constexpr double kClamp = 10;  ///< of y and of Y, z-scores

  /// Errors, to follow "...: ": a tensor that is missing, unknown or of another shape.
  static Result<HeadNetwork> make(const TensorFile& tensors);

  HeadNetwork(HeadNetwork&&) noexcept;
  HeadNetwork& operator=(HeadNetwork&&) noexcept;
  ~HeadNetwork();

  int features() const;  ///< D
  int genes() const;     ///< G

  /// N x D -> scores. On all processors; a tile's scores depend neither on the other tiles nor on the
  /// threads. Memory grows with N x G, not with N x G x A. Throws std::exception.
  TileScores scores(const Matrix& features) const;

 private:
  struct Layers;
  explicit HeadNetwork(std::unique_ptr<Layers> layers);
  std::unique_ptr<Layers> m_layers;
};

}  // namespace geneglass
