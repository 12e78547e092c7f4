// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass::testing {

/// The bytes of an .npy file with that text as its header.
std::string numpyBytes(const std::string& header, const std::string& numbers);

/// As NumPy writes it, in float32.
std::string numpyBytes(const StoredTensor& tensor);

/// A zip of such members.
void writeZip(const std::filesystem::path& file, const std::map<std::string, std::string>& members,
              bool packed = false);

/// As numpy.savez writes it.
void writeNpz(const std::filesystem::path& file, const TensorFile& tensors);

}  // namespace geneglass::testing
