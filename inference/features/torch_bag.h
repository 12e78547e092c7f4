// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "viewer/foundation/matrix.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A bag that torch.save() wrote.
struct TorchBag {
  Matrix features;             ///< N x D
  std::vector<double> places;  ///< x y x y ..., level-0 px, upper left corners; empty: it does not say
};

/// A tensor of N x D features alone, or a dictionary with `features` (`feats`) and, if it says where its
/// tiles are, `coords` N x 2. A first dimension of 1 is passed over. No Python is run. Errors name the file:
/// those of readTorchFile(), other tensors, features that are no numbers, places on no slide.
Result<TorchBag> readTorchBag(const std::filesystem::path& file);

}  // namespace geneglass
