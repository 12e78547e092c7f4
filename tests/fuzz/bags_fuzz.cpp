// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_bag.h"
#include "tests/cases/case_readers.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/hdf5_mending.h"
#include "viewer/foundation/tensors/tensor_file.h"

// Bags and heads: HDF5 of ours and of other tools.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> bagSeeds() {
  std::vector<std::string> seeds;
  for (const char* name : {"bag.h5", "foreign-bag.h5", "head.h5"})
    seeds.push_back(bytesOf(testing::putInput(name, folderInMemory())));
  return seeds;
}

void checkBag(const Result<FeatureBag>& bag, const std::filesystem::path& file) {
  if (!bag) {
    checkSentence(bag.error().sentence, file);
  } else if (bag->features.rows != bag->grid.cells.size()) {
    broken("a bag has a place a row");
  }
}

/// By one reader, that the bytes choose: each goes over the file first, which takes most of the time.
void readBags(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case.h5", bytes);
  if (!hdf5BearsIt(file)) return;
  switch (std::hash<std::string_view>()(bytes) % 4) {
    case 0:
      return checkBag(readBag(file, 0.5), file);
    case 1:
      return checkBag(readBagWithoutPlaces(file), file);
    case 2:
      return (void)slideHashOf(file);
    default:
      if (const auto tensors = readTensors(file); !tensors) checkSentence(tensors.error().sentence, file);
  }
}

const AddedTarget kTarget({.name = "bags",
                           .seeds = bagSeeds,
                           .read = readBags,
                           .mostBytes = 32768,
                           .words = {"features", "coords", "feats", "patch_size", "patch_size_level0",
                                     "level0_width", "slide_hash", "unit", "um"},
                           .damage = damageHdf5,
                           .mend = mendHdf5});

}  // namespace
}  // namespace geneglass::fuzzing
