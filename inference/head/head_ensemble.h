// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// One head of an ensemble: it predicts some of the package's genes for one split of the cases.
struct HeadMember {
  size_t split = 0;               ///< 0..S - 1
  size_t firstGene = 0;           ///< the genes it predicts: from here on
  size_t genes = 1;               ///< as many
  TensorFile weights;             ///< as the head.h5 of one head
  std::vector<double> mean;       ///< of each of its genes: label = z * deviation + mean; of its own
  std::vector<double> deviation;  ///< training cases
};

/// head.h5 of an ensemble over S splits: the tensors of one head with sides in front.
///   embedding.*  S x E x ...   E = 1: shared by the genes of a split, E = G: one a gene
///   the others   S x G x ...
///   scale.mean, scale.deviation   S x G
/// Linear heads have value.* and scale.* alone, S x G x .... An ensemble predicts the mean of its splits.
bool isEnsemble(const TensorFile& tensors);

/// The S x E members, by split, then gene. Errors, to follow "head.h5: ": a tensor that is missing or of
/// another shape.
Result<std::vector<HeadMember>> membersOf(const TensorFile& tensors);

/// The reverse; members lie by split, then gene, and have one shape.
TensorFile stackMembers(const std::vector<HeadMember>& members);

}  // namespace geneglass
