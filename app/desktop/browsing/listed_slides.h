// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <optional>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A slide of a folder or a manifest; nothing of it has been read yet.
struct ListedSlide {
  std::filesystem::path file;
  QString name;               ///< for people: what a manifest says, else the file's
  std::optional<double> mpp;  ///< micrometres per level-0 pixel, where a manifest says it
  bool operator==(const ListedSlide&) const = default;
};

/// The slides of a folder, by their names, numbers in order: files and folders that end as slides do, and of
/// the instances of a DICOM slide the first. Errors: the folder cannot be read, it holds none. Blocks on the
/// disk.
Result<std::vector<ListedSlide>> slidesOfFolder(const std::filesystem::path& folder);

/// The slides that a CSV names, in its order: columns slide (paths relative to the CSV) and, optional, name
/// and mpp; others are passed over, so a cohort will do. Errors: those of CsvReader, no column slide, a row
/// without one, an mpp that is none, no slide. Reads the CSV alone.
Result<std::vector<ListedSlide>> slidesOfManifest(const std::filesystem::path& csv);

}  // namespace geneglass
