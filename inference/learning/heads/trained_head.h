// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "viewer/foundation/matrix.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// What turns a label into a z-score; of the cases it was fitted on.
struct LabelScale {
  std::vector<double> mean;       ///< G
  std::vector<double> deviation;  ///< G, above 0
};
LabelScale fitLabelScale(const Matrix& labels, std::span<const size_t> cases);

struct TrainedHead {
  TensorFile weights;  ///< as head.h5: takes raw features, gives z-scores
  LabelScale scale;
  int bestEpoch = 0;          ///< 1-based; the weights are of its end
  double validationLoss = 0;  ///< at `bestEpoch`: mean squared error of z-scores, or 1 - r where r stops; NaN
                              ///< without validation cases
};

}  // namespace geneglass
