// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/npz_file.h"

#include <fmt/format.h>

#include "viewer/foundation/tensors/numpy_array.h"
#include "viewer/foundation/tensors/zip_archive.h"

namespace geneglass {

static constexpr std::string_view kEnding = ".npy";

static tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
}

Result<TensorFile> readNpz(const std::filesystem::path& file) {
  const Result<ZipArchive> archive = ZipArchive::open(file);
  if (!archive) return tl::unexpected(archive.error());
  TensorFile tensors;
  for (const std::string& member : archive->names()) {
    std::string_view name = member;
    if (!name.ends_with(kEnding)) return unreadable(file, fmt::format("'{}' in it is no NumPy array", name));
    name.remove_suffix(kEnding.size());
    const Result<std::vector<uint8_t>> bytes = archive->bytes(member);
    const Result<StoredTensor> tensor =
        bytes ? parseNumpyArray(*bytes) : Result<StoredTensor>(tl::unexpected(bytes.error()));
    if (!tensor) return unreadable(file, fmt::format("the array '{}': {}", name, tensor.error().sentence));
    tensors[std::string(name)] = std::move(*tensor);
  }
  return tensors;
}

}  // namespace geneglass
