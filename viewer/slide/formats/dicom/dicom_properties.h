// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "viewer/slide/slide_property.h"

namespace geneglass {

/// Names, numbers and dates of patient, study and specimen that a DICOM slide, a folder or an instance, says.
/// Empty where it is none. Blocks on the disk; any thread.
std::vector<SlideProperty> dicomProperties(const std::filesystem::path& file);

}  // namespace geneglass
