// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_attributes.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/oflog/oflog.h>
#include <fmt/format.h>

#include <mutex>
#include <string_view>

namespace geneglass {
namespace {

/// DCMTK would write to standard error what it makes of odd values.
void silenceDcmtk() {
  static std::once_flag once;
  std::call_once(once, [] { OFLog::configure(OFLogger::OFF_LOG_LEVEL); });
}

}  // namespace

Result<std::unique_ptr<DcmDataset>> dicomAttributes(const DicomOutline& outline) {
  silenceDcmtk();
  auto attributes = std::make_unique<DcmDataset>();
  DcmInputBufferStream stream;
  stream.setBuffer(outline.attributes.data(), static_cast<offile_off_t>(outline.attributes.size()));
  stream.setEos();
  attributes->transferInit();
  const OFCondition condition =
      attributes->read(stream, outline.isImplicit ? EXS_LittleEndianImplicit : EXS_LittleEndianExplicit,
                       EGL_noChange, DCM_MaxReadLength);
  attributes->transferEnd();
  if (condition.good()) return attributes;
  std::string_view reason = condition.text();
  return fail(fmt::format("its attributes are damaged ({})", reason));
}

}  // namespace geneglass
