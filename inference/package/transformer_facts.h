// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// Between the two layers of a transformer's perceptron: the exact GELU, x sigmoid(1.702 x), or
/// silu(first half) x second half.
enum class TokenActivation { Gelu, QuickGelu, SwiGlu };

/// Which tokens become a tile's features: the class token, the mean of those of patches, or both side by
/// side.
enum class TokenPool { Class, Mean, ClassAndMean };

constexpr const char* toString(TokenActivation activation) {
  constexpr const char* kNames[] = {"gelu", "quick_gelu", "swiglu"};
  return kNames[static_cast<int>(activation)];
}
constexpr const char* toString(TokenPool pool) {
  constexpr const char* kNames[] = {"class", "mean", "class+mean"};
  return kNames[static_cast<int>(pool)];
}

/// A vision transformer (Dosovitskiy et al. 2021): what its encoder.h5 holds is in transformer_shapes.h.
struct TransformerFacts {
  int depth = 0;          ///< blocks
  int across = 0;         ///< numbers a token
  int heads = 0;          ///< of attention; each has across / heads numbers
  int hidden = 0;         ///< numbers within the perceptron, after its activation
  int patch = 0;          ///< pixels a side; a tile is a whole number of patches
  int prefix = 0;         ///< tokens before those of patches: the class token first, then registers
  float epsilon = 1e-6f;  ///< of the layer norms
  TokenActivation activation = TokenActivation::Gelu;
  TokenPool pool = TokenPool::Class;
};

/// Tokens a tile of `side` pixels.
constexpr int tokensOf(const TransformerFacts& facts, int side) {
  return facts.prefix + (side / facts.patch) * (side / facts.patch);
}

}  // namespace geneglass
