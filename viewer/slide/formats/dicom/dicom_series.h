// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/dicom/dicom_instance.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// The whole-slide instances of one series in one folder, each once.
struct DicomSeries {
  std::vector<DicomInstance> instances;
  std::string pyramid;  ///< Pyramid UID of the one that is meant; empty: of any
  std::string damage;   ///< sentences on files of the series that cannot be read
};

/// Gathers the series of an instance from its folder, or the only series of a folder; other files there are
/// passed over. Blocks on the disk: reads the beginning of each file. Nothing where `head` is neither DICOM
/// nor a folder with whole-slide DICOM. Errors, sentences: another kind of DICOM, a damaged file, a folder of
/// several slides.
Result<std::optional<DicomSeries>> dicomSeriesOf(const FileHead& head);

/// A whole-slide instance in a folder, the first by name; empty where there is none.
std::filesystem::path firstDicomSlideIn(const std::filesystem::path& folder);

/// The files without whole-slide instances of a series of which an earlier file of the same folder is one.
std::vector<std::filesystem::path> withoutDicomSiblings(std::vector<std::filesystem::path> files);

}  // namespace geneglass
