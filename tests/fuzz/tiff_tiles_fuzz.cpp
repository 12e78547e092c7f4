// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/slide_reading.h"
#include "tests/fuzz/tiff_seeds.h"

// Slides that are TIFFs, opened as the program opens them, and their tiles.
namespace geneglass::fuzzing {
namespace {

void readTiff(std::string_view bytes) {
  readSlide(fileInMemory("case.tif", bytes), bytes);
}

const AddedTarget kTarget(
    {.name = "tiff_tiles", .seeds = tiffSeeds, .read = readTiff, .mostBytes = 65536, .damage = damageTiff});

}  // namespace
}  // namespace geneglass::fuzzing
