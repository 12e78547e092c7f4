// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "tests/support/written_safetensors.h"
#include "tests/support/written_torch.h"
#include "viewer/foundation/tensors/npz_file.h"
#include "viewer/foundation/tensors/safetensors_file.h"
#include "viewer/foundation/tensors/torch_file.h"

// Files of weights: safetensors, PyTorch's zip and NumPy's. The first byte chooses which.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> tensorSeeds() {
  const TensorFile tensors{{"w", {{2, 3}, std::vector<float>(6, 1.0f)}}, {"b", {{2}, {1, 2}}}};
  using testing::writeNpz;
  using testing::writeSafetensors;
  using testing::writeTorch;
  return {chosen(0, written("seed", [&](const auto& at) { writeSafetensors(at, tensors); })),
          chosen(1, written("seed", [&](const auto& at) { writeTorch(at, tensors); })),
          chosen(2, written("seed", [&](const auto& at) { writeNpz(at, tensors); }))};
}

void readTensorFile(std::string_view bytes) {
  constexpr const char* kNames[] = {"case.safetensors", "case.pt", "case.npz"};
  constexpr Result<TensorFile> (*kReaders[])(const std::filesystem::path&) = {readSafetensors, readTorchFile,
                                                                              readNpz};
  const size_t choice = choiceOf(bytes, std::size(kNames));
  const std::filesystem::path file = fileInMemory(kNames[choice], bytes);
  const Result<TensorFile> read = kReaders[choice](file);
  if (!read) return checkSentence(read.error().sentence, file);
  for (const auto& [name, tensor] : *read) {
    int64_t count = 1;
    for (const int64_t side : tensor.shape) count *= side;
    if (count != static_cast<int64_t>(tensor.values.size()))
      broken("a tensor has as many numbers as its shape");
  }
}

/// Check sums of a zip's members that are not packed.
void mendSums(std::span<uint8_t> bytes) {
  for (size_t at = 1; at + 46 <= bytes.size(); ++at) {
    if (numberAt(bytes, at, 4) != 0x02014b50) continue;
    const uint64_t count = numberAt(bytes, at + 20, 4), local = 1 + numberAt(bytes, at + 42, 4);
    if (local + 30 > bytes.size() || numberAt(bytes, at + 10, 2) != 0) continue;
    const uint64_t begin = local + 30 + numberAt(bytes, static_cast<size_t>(local) + 26, 2) +
                           numberAt(bytes, static_cast<size_t>(local) + 28, 2);
    if (begin + count > bytes.size()) continue;
    const auto sum = crc32_z(0, bytes.data() + begin, static_cast<size_t>(count));
    putNumber(bytes, at + 16, sum, 4);
    putNumber(bytes, static_cast<size_t>(local) + 14, sum, 4);
  }
}

const AddedTarget kTarget({.name = "tensors",
                           .seeds = tensorSeeds,
                           .read = readTensorFile,
                           .mostBytes = 4096,
                           .words = {"\"dtype\":\"F32\"", "\"F16\"", "\"BF16\"", "\"data_offsets\":[0,0]",
                                     "\"shape\":[0]", "\"shape\":[4294967296,4294967296]",
                                     "'fortran_order': True", "'<f2'", "(9223372036854775807,)", "PK\x01\x02",
                                     "PK\x05\x06", "PK\x06\x06", "ctorch\nHalfStorage\n", "archive/data/"},
                           .mend = mendSums});

}  // namespace
}  // namespace geneglass::fuzzing
