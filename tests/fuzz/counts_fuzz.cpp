// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/annotated_data.h"
#include "inference/learning/counts/space_ranger.h"
#include "tests/cases/case_readers.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/hdf5_mending.h"

// Counts of spots in HDF5: Space Ranger's and AnnData's.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> countSeeds() {
  std::vector<std::string> seeds;
  for (const char* name : {"counts.h5", "counts.h5ad"})
    seeds.push_back(bytesOf(testing::putInput(name, folderInMemory())));
  return seeds;
}

void checkCounts(const Result<SpotTable>& table, const std::filesystem::path& file) {
  if (!table) return checkSentence(table.error().sentence, file);
  if (table->counts.spots() != table->names.size() || table->counts.genes() != table->genes.size())
    broken("a table has a row a spot and a column a gene");
  if (!table->centres.empty() && table->centres.size() != table->names.size())
    broken("a table has a centre a spot, or none");
  for (size_t spot = 0; spot < table->counts.spots(); ++spot)
    for (const GeneCount& count : table->counts.of(spot))
      if (count.gene >= table->genes.size() || !(count.count >= 0))
        broken("counts are of genes that are there");
}

/// By one reader, that the bytes choose: each goes over the file first, which takes most of the time.
void readCounts(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case.h5", bytes);
  if (!hdf5BearsIt(file)) return;
  const bool isSpaceRangers = std::hash<std::string_view>()(bytes) % 2 == 0;
  checkCounts(isSpaceRangers ? readSpaceRangerCounts(file) : readAnnotatedData(file), file);
}

const AddedTarget kTarget({.name = "counts",
                           .seeds = countSeeds,
                           .read = readCounts,
                           .mostBytes = 65536,
                           .words = {"matrix", "indptr", "indices", "data", "shape", "barcodes", "csr_matrix",
                                     "csc_matrix", "encoding-type", "layers", "raw", "obsm", "_index"},
                           .damage = damageHdf5,
                           .mend = mendHdf5});

}  // namespace
}  // namespace geneglass::fuzzing
