// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/tensor_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <numeric>

#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {
namespace {

size_t product(const std::vector<int64_t>& shape) {
  return static_cast<size_t>(std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>()));
}

constexpr hsize_t kMostTensors = 20'000;

/// The tensors of a file, none of which has been read; together they claim no more than the file can hold.
Result<std::map<std::string, H5::DataSet>> openTensors(const std::filesystem::path& file,
                                                       const H5::H5File& opened) {
  const auto refused = [&](const std::string& why) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
  };
  if (opened.getNumObjs() > kMostTensors)
    return refused(fmt::format("it holds more than {} tensors", kMostTensors));
  std::map<std::string, H5::DataSet> tensors;
  uint64_t claimed = 0;
  for (hsize_t i = 0; i < opened.getNumObjs(); ++i) {
    const std::string name = opened.getObjnameByIdx(i);
    if (hasPath(opened, name) && opened.childObjType(name) != H5O_TYPE_DATASET)
      return refused(fmt::format("'{}' is not a dataset", name));
    const H5::DataSet dataset = soundDataSet(opened, name, kPackedFloats);
    if (dataset.getTypeClass() != H5T_FLOAT)
      return refused(fmt::format("the tensor '{}' does not hold floats", name));
    claimed += claimedBytes(dataset);
    tensors[name] = dataset;
  }
  const uint64_t held = bytesOfFile(opened);
  if (!isBelievable(claimed, held, kPackedFloats)) return refused("it " + disbeliefOf(claimed, held));
  return tensors;
}

Result<void> readAll(const std::filesystem::path& file, H5::H5File& opened, const std::stop_token& stop,
                     TensorFile& tensors) {
  const auto found = openTensors(file, opened);
  if (!found) return tl::unexpected(found.error());
  for (const auto& [name, dataset] : *found) {
    if (stop.stop_requested()) return fail(fmt::format("Reading '{}' was stopped.", file.string()));
    StoredTensor tensor;
    for (hsize_t side : shapeOf(dataset)) tensor.shape.push_back(static_cast<int64_t>(side));
    tensor.values = readFloats(dataset);
    tensors[name] = std::move(tensor);
  }
  if (tensors.empty()) return fail(fmt::format("Cannot read '{}': it holds no tensors.", file.string()));
  return {};
}

}  // namespace

Result<void> checkShapes(const TensorFile& tensors, const TensorShapes& needed) {
  for (const auto& [name, tensor] : tensors)
    if (!needed.count(name))
      return fail(fmt::format("it holds a tensor '{}' that the network does not have", name));
  for (const auto& [name, wanted] : needed) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) return fail(fmt::format("the tensor '{}' is missing", name));
    if (found->second.shape != wanted)
      return fail(fmt::format("the tensor '{}' has the shape {} where {} is needed", name,
                              found->second.shape, wanted));
  }
  return {};
}

Result<TensorFile> readTensors(const std::filesystem::path& file, const std::stop_token& stop) {
  TensorFile tensors;
  const Result<void> outcome =
      readHdf5(file, [&](H5::H5File& opened) { return readAll(file, opened, stop, tensors); });
  if (!outcome) return tl::unexpected(outcome.error());
  return tensors;
}

Result<void> writeTensors(const std::filesystem::path& file, const TensorFile& tensors) {
  for (const auto& [name, tensor] : tensors)
    if (product(tensor.shape) != tensor.values.size())
      return fail(fmt::format("Cannot write '{}': the tensor '{}' has {} values where its shape says {}.",
                              file.string(), name, tensor.values.size(), product(tensor.shape)));
  return writeHdf5(file, [&](H5::H5File& opened) {
    for (const auto& [name, tensor] : tensors)
      writeFloats(opened, name, {tensor.shape.begin(), tensor.shape.end()}, tensor.values);
  });
}

}  // namespace geneglass
