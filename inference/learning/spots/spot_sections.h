// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/learning/counts/spot_table.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// One section of tissue: its slide and what was measured at its spots.
struct SpotSection {
  std::string name;
  OpenedSlide opened;
  SpotTable spots;
};

/// Reads and opens all sections of a CSV with the columns section,slide,counts,spots and, where slides do not
/// tell, mpp (micrometres per pixel); files are relative to it. Errors name the file and the row: a missing
/// column, a section given twice, a slide or a table that cannot be read, a slide without mpp, fewer than two
/// sections.
Result<std::vector<SpotSection>> readSections(const std::filesystem::path& file);

}  // namespace geneglass
