// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/prediction/slide_call.h"
#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {

/// The last layer of a classifier of tiles: K logits from D features.
struct TileClassifier {
  StoredTensor weight;               ///< K x D
  StoredTensor bias;                 ///< K
  std::vector<std::string> classes;  ///< K names; none where nothing says them
};

/// A classifier whose logits are the features themselves.
TileClassifier logitsAsTheyAre(std::vector<std::string> classes);

/// The nine kinds of tissue of NCT-CRC-HE-100K (Kather et al. 2019), in the order of TIAToolbox's models.
std::vector<std::string> katherClasses();

/// The call "tissue", of tiles. Errors, to follow "...: ": other than 2 to 255 names, or than it has outputs;
/// an empty name, or one twice.
Result<CallFacts> callOf(const TileClassifier& classifier);

/// Its callFile().
TensorFile headOf(const TileClassifier& classifier);

}  // namespace geneglass
