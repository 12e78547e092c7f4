// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/written_npz.h"

namespace geneglass::testing {

inline std::string pickledText(const std::string& text) {
  return "X" + std::string{char(text.size()), 0, 0, 0} + text;
}

inline std::string pickledTuple(const std::vector<int64_t>& numbers) {
  std::string bytes = "(";
  for (const int64_t number : numbers)
    bytes += std::string{'J', char(number), char(number >> 8), char(number >> 16), char(number >> 24)};
  return bytes + "t";
}

/// One tensor, of numbers in "data/STORAGE".
inline std::string pickledTensor(const std::string& type, const std::string& storage, int64_t offset,
                                 const std::vector<int64_t>& shape, const std::vector<int64_t>& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n((" + pickledText("storage") + "ctorch\n" + type + "\n" +
         pickledText(storage) + pickledText("cpu") + "K\x06tQ" + "K" + char(offset) + pickledTuple(shape) +
         pickledTuple(strides) + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

/// A pickle of a dictionary with these entries, each of them pickled.
inline std::string pickledDictionary(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string bytes = "ccollections\nOrderedDict\n)R(";
  for (const auto& [name, value] : entries) bytes += pickledText(name) + value;
  return bytes + "u}" + pickledText("_metadata") + "}sb";
}

inline void writeTorchZip(const std::filesystem::path& file, const std::string& pickle,
                          const std::map<std::string, std::string>& storages) {
  std::map<std::string, std::string> members{{"archive/data.pkl", "\x80\x02" + pickle + "."},
                                             {"archive/version", "3\n"}};
  for (const auto& [name, bytes] : storages) members["archive/data/" + name] = bytes;
  writeZip(file, members);
}

inline std::string bytesOf(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), sizeof(float) * values.size()};
}

/// As torch.save() writes a dictionary of contiguous tensors.
inline void writeTorch(const std::filesystem::path& file, const TensorFile& tensors) {
  std::vector<std::pair<std::string, std::string>> entries;
  std::map<std::string, std::string> storages;
  for (const auto& [name, tensor] : tensors) {
    std::vector<int64_t> strides(tensor.shape.size(), 1);
    for (size_t i = strides.size(); i-- > 1;) strides[i - 1] = strides[i] * tensor.shape[i];
    const std::string storage = std::to_string(storages.size());
    entries.emplace_back(name, pickledTensor("FloatStorage", storage, 0, tensor.shape, strides));
    storages[storage] = bytesOf(tensor.values);
  }
  writeTorchZip(file, pickledDictionary(entries), storages);
}

}  // namespace geneglass::testing
