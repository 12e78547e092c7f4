// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/slide_reading.h"
#include "tests/viewer/slide/formats/dicom/made_dicom.h"

namespace geneglass::fuzzing {
namespace {

std::vector<std::string> dicomSeeds() {
  using testing::MadeCoding;
  std::vector<std::string> seeds;
  for (const MadeCoding coding :
       {MadeCoding::Raw, MadeCoding::RunLengths, MadeCoding::Jpeg, MadeCoding::Jpeg2000})
    for (const bool sparse : {false, true}) {
      testing::WrittenDicom made =
          testing::madeDicom({.coding = coding, .width = 40, .height = 30, .tile = 16, .sparse = sparse});
      made.basicTable = sparse;
      made.extendedTable = !sparse && coding == MadeCoding::Jpeg;
      made.definedLengths = sparse;
      made.fragmentKiB = sparse ? 1 : 0;
      made.spacingPerFrame = sparse;
      seeds.push_back(written("seed.dcm", [&](const auto& at) {
        testing::writeDicom(at, sparse ? testing::partOf(made, 0, 5, 1, 2) : made);
      }));
    }
  return seeds;
}

void readDicom(std::string_view bytes) {
  std::filesystem::create_directory(folderInMemory() / "dicom");
  readSlide(fileInMemory("dicom/case.dcm", bytes), bytes);
}

/// Numbers, mostly among the attributes: behind a tag that two zeros or a type and a length follow.
void damageDicom(std::span<uint8_t> bytes, std::mt19937& chance) {
  const size_t reach = chance() % 4 ? std::min<size_t>(bytes.size(), 3072) : bytes.size();
  const size_t width = size_t{1} << chance() % 4;
  if (reach > width) putNumber(bytes, chance() % (reach - width), tellingNumber(chance, bytes.size()), width);
}

const AddedTarget kTarget({.name = "dicom",
                           .seeds = dicomSeeds,
                           .read = readDicom,
                           .mostBytes = 32768,
                           .words = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.50",
                                     "TILED_FULL", "TILED_SPARSE", "\xfe\xff\x00\xe0", "\xfe\xff\xdd\xe0",
                                     "\xff\xff\xff\xff", "YBR_FULL_422", "RGB"},
                           .damage = damageDicom});

}  // namespace
}  // namespace geneglass::fuzzing
