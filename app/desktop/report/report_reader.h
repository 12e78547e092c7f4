// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/desktop/report/report_origin.h"

namespace geneglass {

/// Whether a file's name ends as that of a report: .pdf, .html, .htm.
bool hasReportName(const std::filesystem::path& file);

/// What a report of ours holds of its origin: the JSON attached to a PDF, or that in the element of a page.
/// Only what our own writers made is understood; hostile bytes give nothing, and take no more than 16 MiB.
std::optional<std::string> originTextIn(std::string_view bytes);

/// What stands in a report, where its slide is now, and its case.
struct FoundReport {
  ReportOrigin origin;
  std::filesystem::path slide;     ///< where it was, or beside the report; empty: anonymised, to be asked for
  std::filesystem::path caseFile;  ///< the same way; empty: the usual one of the slide
};

/// Blocks on the disk; any thread. Errors, one sentence: no file, too large, no report of ours, no slide.
Result<FoundReport> readReport(const std::filesystem::path& file);

/// Opens its slide to see whether it has the report's hash. Blocks on the disk; any thread. Errors: those of
/// openSlide(), and "'x.tif' is not the slide this report was made of."
Result<void> checkSlide(const FoundReport& report);

}  // namespace geneglass
