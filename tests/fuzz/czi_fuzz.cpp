// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/slide_reading.h"
#include "tests/viewer/slide/formats/czi/made_czi.h"

namespace geneglass::fuzzing {
namespace {

std::vector<std::string> cziSeeds() {
  std::vector<std::string> seeds;
  for (const int packing : {0, 1, 5, 6}) {
    std::vector<testing::MadeCziBlock> blocks{{.width = 24, .height = 20},
                                              {.left = 20, .width = 24, .height = 20, .mosaic = 1},
                                              {.width = 22, .height = 10, .factor = 2}};
    for (testing::MadeCziBlock& block : blocks) block.packing = packing;
    seeds.push_back(written("seed.czi", [&](const auto& at) { testing::writeCzi(at, blocks); }));
  }
  return seeds;
}

void readCzi(std::string_view bytes) {
  readSlide(fileInMemory("case.czi", bytes), bytes);
}

/// A number of the head, of the directory that it names, or of any segment's head.
void damageCzi(std::span<uint8_t> bytes, std::mt19937& chance) {
  const size_t width = size_t{1} << (2 + chance() % 2);
  if (bytes.size() < 256) return;
  const uint64_t directory = numberAt(bytes, 84, 8);
  size_t at = chance() % 128;
  if (chance() % 4 > 0 && directory + 64 < bytes.size())
    at = static_cast<size_t>(directory) + chance() % (bytes.size() - static_cast<size_t>(directory));
  if (chance() % 4 == 0) at = chance() % (bytes.size() / 32) * 32 + chance() % 64;
  if (at + width <= bytes.size()) putNumber(bytes, at, tellingNumber(chance, bytes.size()), width);
}

const AddedTarget kTarget({.name = "czi",
                           .seeds = cziSeeds,
                           .read = readCzi,
                           .mostBytes = 16384,
                           .words = {"ZISRAWFILE", "ZISRAWDIRECTORY", "ZISRAWSUBBLOCK", "ZISRAWMETADATA",
                                     "DV", "<Value>1e-300</Value>", "<ImageDocument>"},
                           .damage = damageCzi});

}  // namespace
}  // namespace geneglass::fuzzing
