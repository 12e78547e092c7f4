// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "viewer/slide/slide_property.h"

namespace geneglass {

/// What of it may say whose slide it is, or when, where and by whom it was scanned; longer texts that hold
/// everything at once are left out. Empty where the file cannot be read. Blocks on the disk; any thread.
std::vector<SlideProperty> identifyingProperties(const std::filesystem::path& file);

/// Whether a property of this name may: barcodes, dates, names, numbers of patients, cases and slides.
bool mayIdentify(std::string_view propertyName);

}  // namespace geneglass
