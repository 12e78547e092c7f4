// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_properties.h"

#include <fmt/format.h>

#include "viewer/slide/formats/dicom/dicom_attributes.h"
#include "viewer/slide/formats/dicom/dicom_series.h"

namespace geneglass {
namespace {

const DcmTagKey kIdentifying[] = {DCM_PatientName,         DCM_PatientID,       DCM_PatientBirthDate,
                                  DCM_AccessionNumber,     DCM_InstitutionName, DCM_StudyID,
                                  DCM_StudyDescription,    DCM_StudyDate,       DCM_ContentDate,
                                  DCM_AcquisitionDateTime, DCM_BarcodeValue,    DCM_ContainerIdentifier};

}  // namespace

std::vector<SlideProperty> dicomProperties(const std::filesystem::path& file) {
  std::error_code ignored;
  const bool isFolder = std::filesystem::is_directory(file, ignored);
  const PositionedFile own(isFolder ? firstDicomSlideIn(file) : file);
  std::vector<SlideProperty> found;
  const auto identity = own.isOpen() ? dicomIdentity(own) : std::nullopt;
  if (!identity) return found;
  const Result<DicomOutline> outline = outlineOf(own, *identity);
  if (!outline) return found;
  const auto attributes = dicomAttributes(*outline);
  if (!attributes) return found;
  for (const DcmTagKey& key : kIdentifying) {
    OFString text;
    if ((*attributes)->findAndGetOFString(key, text).good() && !text.empty())
      found.push_back({fmt::format("dicom.{}", DcmTag(key).getTagName()), {text.c_str(), text.size()}});
  }
  return found;
}

}  // namespace geneglass
