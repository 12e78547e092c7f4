// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/export/drawn_file.h"
#include "app/desktop/report/report_content.h"
#include "app/desktop/report/report_request.h"

namespace geneglass {

/// All that the report says, with its pictures drawn. Never of a prediction whose tiles wait. Blocks where
/// `request.draw` reads; GUI thread. Errors are those of the drawing, or that the prediction still runs.
Result<ReportContent> makeReport(const ReportRequest& request);

/// Draws the report's pictures, as makeReport(); what it gives lays all out as PDF or HTML and writes it, on
/// any thread.
Result<WriteDrawn> drawReport(const ReportRequest& request);

/// The same, but what the report says goes elsewhere than to the request's file.
using TakeContent = std::function<Result<void>(const ReportContent& content)>;
Result<WriteDrawn> drawReport(const ReportRequest& request, TakeContent take);

/// Both, one after the other, so it blocks on the disk. GUI thread.
Result<void> writeReport(const ReportRequest& request);

/// What `request.draw` may be asked for, so that tiles can be read beforehand.
std::vector<Viewport> viewsOf(const ReportRequest& request);

/// Whether a file's name ends as that of a web page: .html, .htm.
bool isHtmlName(const std::filesystem::path& file);

}  // namespace geneglass
