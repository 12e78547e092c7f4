// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/viewer/slide/formats/dicom/dcmtk_frames.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>

namespace geneglass::testing {
namespace {

void expect(const OFCondition& condition) {
  if (condition.good()) return;
  std::fprintf(stderr, "DCMTK: %s\n", condition.text());
  std::abort();
}

}  // namespace

std::vector<uint8_t> framesByDcmtk(const std::filesystem::path& file) {
  static std::once_flag registered;
  std::call_once(registered, [] { DJDecoderRegistration::registerCodecs(); });
  DcmFileFormat format;
  expect(format.loadFile(file.c_str()));
  DcmDataset& set = *format.getDataset();
  expect(set.chooseRepresentation(EXS_LittleEndianExplicit, nullptr));
  // DCMTK keeps bytes in words of its machine's order, as the files have them.
  unsigned long count = 0;
  const Uint8* bytes = nullptr;
  expect(set.findAndGetUint8Array(DCM_PixelData, bytes, &count));
  return {bytes, bytes + count};
}

}  // namespace geneglass::testing
