// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/written_npz.h"

#include <zip.h>

#include <stdexcept>

namespace geneglass::testing {

std::string numpyBytes(const std::string& header, const std::string& numbers) {
  std::string bytes = "\x93NUMPY";
  bytes += {'\1', '\0', static_cast<char>(header.size() % 256), static_cast<char>(header.size() / 256)};
  return bytes + header + numbers;
}

std::string numpyBytes(const StoredTensor& tensor) {
  std::string shape;
  for (const int64_t side : tensor.shape) shape += (shape.empty() ? "" : ", ") + std::to_string(side);
  if (tensor.shape.size() == 1) shape += ",";
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
  header.resize(118 - 1, ' ');
  return numpyBytes(header + "\n",
                    {reinterpret_cast<const char*>(tensor.values.data()), 4 * tensor.values.size()});
}

void writeZip(const std::filesystem::path& file, const std::map<std::string, std::string>& members,
              bool packed) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (!archive) throw std::runtime_error(file.string());
  for (const auto& [name, bytes] : members) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index),
                             packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
  }
  if (zip_close(archive) != 0) throw std::runtime_error(file.string());
}

void writeNpz(const std::filesystem::path& file, const TensorFile& tensors) {
  std::map<std::string, std::string> members;
  for (const auto& [name, tensor] : tensors) members[name + ".npy"] = numpyBytes(tensor);
  writeZip(file, members);
}

}  // namespace geneglass::testing
