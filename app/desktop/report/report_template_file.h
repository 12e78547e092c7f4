// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/desktop/report/report_template.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A template as a file that people of one institution share: JSON that can be edited by hand, with nothing
/// of a case in it. Errors name the file. Blocks on the disk. Any thread.
Result<void> writeTemplate(const std::filesystem::path& file, const ReportTemplate& layout);

/// Errors also: it is no template, or names a section or paper that is not known.
Result<ReportTemplate> readTemplate(const std::filesystem::path& file);

}  // namespace geneglass
