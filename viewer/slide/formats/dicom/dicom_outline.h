// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/dicom/dicom_elements.h"

namespace geneglass {

/// Which object a DICOM file is, by its first elements.
struct DicomIdentity {
  std::string objectClass;     ///< SOP Class UID
  std::string series;          ///< Series Instance UID
  std::string transferSyntax;  ///< its UID: how the rest is encoded
};

/// Whether the file has DICOM's mark.
bool isDicom(const PositionedFile& file);

/// Reads some KiB, whatever the file's size. Nothing where it is no DICOM, or damaged before the series is
/// named.
std::optional<DicomIdentity> dicomIdentity(const PositionedFile& file);

constexpr const char* kDicomWholeSlide = "1.2.840.10008.5.1.4.1.1.77.1.6";
constexpr const char* kDicomImplicit = "1.2.840.10008.1.2";

/// Where the parts of a whole-slide instance lie.
struct DicomOutline {
  bool isImplicit = false;
  std::vector<uint8_t> attributes;       ///< as they lie in the file: those of the whole image that are read
  std::optional<DicomElement> perFrame;  ///< Per-Frame Functional Groups
  std::optional<DicomElement> offsets;   ///< Extended Offset Table
  DicomElement pixels;
};

/// Walks over all elements up to the pixels. Errors: a reason without the file's name: damaged, big-endian or
/// deflated, no pixels, attributes longer than any writer's.
Result<DicomOutline> outlineOf(const PositionedFile& file, const DicomIdentity& identity);

}  // namespace geneglass
