// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/torch_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "viewer/foundation/tensors/half_float.h"
#include "viewer/foundation/tensors/pickled_tensors.h"
#include "viewer/foundation/tensors/zip_archive.h"

namespace geneglass {
namespace {

constexpr int64_t kMostNumbers = int64_t(1) << 31;  ///< of a tensor
constexpr int kMostUses = 16;  ///< of the numbers of one storage: views, and weights that are shared
constexpr std::string_view kPickle = "data.pkl";

template <typename Number>
Number numberAt(const uint8_t* bytes, int64_t place) {
  Number number;
  std::memcpy(&number, bytes + place * static_cast<int64_t>(sizeof(Number)), sizeof(Number));
  return number;
}

using NumberAt = float (*)(const uint8_t* bytes, int64_t place);
struct StorageType {
  std::string_view name;
  int64_t width;  ///< bytes of a number
  NumberAt at;
};
constexpr StorageType kTypes[] = {
    {"FloatStorage", 4, [](const uint8_t* bytes, int64_t place) { return numberAt<float>(bytes, place); }},
    {"HalfStorage", 2,
     [](const uint8_t* bytes, int64_t place) { return floatOfHalf(numberAt<uint16_t>(bytes, place)); }},
    {"BFloat16Storage", 2,
     [](const uint8_t* bytes, int64_t place) {
       return std::bit_cast<float>(uint32_t(numberAt<uint16_t>(bytes, place)) << 16);
     }},
    {"DoubleStorage", 8,
     [](const uint8_t* bytes, int64_t place) { return static_cast<float>(numberAt<double>(bytes, place)); }},
    {"IntStorage", 4,
     [](const uint8_t* bytes, int64_t place) { return static_cast<float>(numberAt<int32_t>(bytes, place)); }},
    {"LongStorage", 8, [](const uint8_t* bytes, int64_t place) {
       return static_cast<float>(numberAt<int64_t>(bytes, place));
     }}};

/// Errors, to follow "...: ".
Result<StoredTensor> valuesOf(const PickledTensor& tensor, std::span<const uint8_t> bytes) {
  const auto* type = std::ranges::find(kTypes, tensor.type, &StorageType::name);
  if (type == std::end(kTypes))
    return fail(fmt::format("is of the type '{}', which is not read", tensor.type));
  const int64_t there = static_cast<int64_t>(bytes.size()) / type->width;
  if (tensor.offset < 0 || tensor.offset > there) return fail("ends where the file does not reach");
  int64_t count = 1, last = tensor.offset;
  for (size_t i = 0; i < tensor.shape.size(); ++i) {
    const int64_t side = tensor.shape[i], step = tensor.strides[i];
    if (side < 0 || step < 0 || step > kMostNumbers || (side > 0 && count > kMostNumbers / side))
      return fail("has a shape that is none, or too large");
    count *= side;
    last += (side - 1) * step;
  }
  if (count > 0 && last >= there) return fail("ends where the file does not reach");
  if (count > there) return fail("repeats its numbers");
  StoredTensor stored{tensor.shape, {}};
  stored.values.reserve(static_cast<size_t>(count));
  std::vector<int64_t> place(tensor.shape.size());
  for (int64_t done = 0; done < count; ++done) {
    int64_t at = tensor.offset;
    for (size_t i = 0; i < place.size(); ++i) at += place[i] * tensor.strides[i];
    stored.values.push_back(type->at(bytes.data(), at));
    for (size_t i = place.size(); i-- > 0 && ++place[i] == tensor.shape[i];) place[i] = 0;
  }
  return stored;
}

}  // namespace

Result<TensorFile> readTorchFile(const std::filesystem::path& file) {
  const auto refused = [&](const std::string& why) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
  };
  const Result<ZipArchive> archive = ZipArchive::open(file);
  if (!archive) return tl::unexpected(archive.error());
  const std::vector<std::string> names = archive->names();
  const auto pickle = std::ranges::find_if(names, [](const auto& name) { return name.ends_with(kPickle); });
  if (pickle == names.end()) return refused("there is no data.pkl in it: torch.save() did not write it");
  const std::string start = pickle->substr(0, pickle->size() - kPickle.size());
  if (const auto order = archive->bytes(start + "byteorder"); order && std::ranges::count(*order, 'b') > 0)
    return refused("it was written on a processor of another byte order");
  const Result<std::vector<uint8_t>> bytes = archive->bytes(*pickle);
  if (!bytes) return refused(fmt::format("'{}': {}", *pickle, bytes.error().sentence));
  const Result<std::map<std::string, PickledTensor>> pickled = readPickledTensors(*bytes);
  if (!pickled) return refused(pickled.error().sentence);
  TensorFile tensors;
  std::map<std::string, int> uses;  // of each storage
  for (const auto& [name, tensor] : *pickled) {
    if (name.ends_with("num_batches_tracked") || name.ends_with("position_ids")) continue;
    if (++uses[tensor.storage] > kMostUses)
      return refused(fmt::format("more than {} tensors share their numbers", kMostUses));
    const Result<std::vector<uint8_t>> numbers = archive->bytes(start + "data/" + tensor.storage);
    if (!numbers)
      return refused(fmt::format("the numbers of the tensor '{}': {}", name, numbers.error().sentence));
    Result<StoredTensor> stored = valuesOf(tensor, *numbers);
    if (!stored) return refused(fmt::format("the tensor '{}' {}", name, stored.error().sentence));
    tensors[name] = std::move(*stored);
  }
  return tensors;
}

}  // namespace geneglass
