// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_content.h"
#include "app/desktop/report/report_pages.h"
#include "app/desktop/report/report_template.h"

namespace geneglass {

QPageSize pageSizeOf(ReportPaper paper);

/// Lays the report out on pages of paper. `content` lives until they are finished. Any thread.
void layOut(const ReportContent& content, ReportPages& pages);

}  // namespace geneglass
