// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

namespace geneglass {

/// How a library names the tensors of a vision transformer; of some it has several names, or none. Names of a
/// block follow `block` with its number.
struct TransformerNames {
  const char* patch;
  const char* classToken;
  std::vector<std::string> registers;
  const char* positions;
  const char* block;
  const char *firstNorm, *secondNorm;
  std::vector<std::string> attention;  ///< one for queries, keys and values together, or three
  const char* output;                  ///< of attention
  std::vector<std::string> widen, narrow;
  std::vector<std::string> scales;  ///< LayerScale after attention and after the perceptron
  const char *normBefore, *norm, *poolNorm, *projection;
  std::vector<std::string> passedOver;  ///< what begins so does not make features
  double epsilon;                       ///< of the layer norms, where no file says it
  const char* activation;               ///< likewise
  bool antialias;                       ///< how positions are interpolated
};

/// timm and DINOv2's own; transformers' ViT, DINOv2 and CLIP.
std::span<const TransformerNames> transformerNames();

/// "ViT-L/16", by the numbers a token has.
std::string transformerName(int across, int patch);

/// What such transformers have; 0 where the number of numbers is none of theirs.
int usualHeads(int across);

}  // namespace geneglass
