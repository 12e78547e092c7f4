// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass::testing {

/// The bytes of a .safetensors file with that header.
inline std::string safetensorsBytes(const std::string& header, const std::string& tensors) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(header.size() >> (8 * i) & 0xff);
  return bytes + header + tensors;
}

/// As the library of that name writes it, in float32, with a word about itself.
inline void writeSafetensors(const std::filesystem::path& file, const TensorFile& tensors) {
  std::string header = R"({"__metadata__":{"format":"pt"})", bytes;
  for (const auto& [name, tensor] : tensors) {
    std::string shape;
    for (const int64_t side : tensor.shape) shape += (shape.empty() ? "" : ",") + std::to_string(side);
    const size_t begin = bytes.size();
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), 4 * tensor.values.size());
    header += ",\"" + name + R"(":{"dtype":"F32","shape":[)" + shape + R"(],"data_offsets":[)" +
              std::to_string(begin) + "," + std::to_string(bytes.size()) + "]}";
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc) << safetensorsBytes(header + "}", bytes);
}

}  // namespace geneglass::testing
