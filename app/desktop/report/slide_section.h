// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/report/report_request.h"

namespace geneglass {

/// File, hash, size, pixel size, colours of the pictures.
ReportSection slideSection(const ReportRequest& request);

/// Label and what the file says of the patient: only where it is asked for.
ReportSection patientSection(const ReportRequest& request);

/// What the user wrote; without blocks where that is nothing.
ReportSection findingsSection(const ReportRequest& request);

}  // namespace geneglass
