// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "app/desktop/report/report_content.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// What a slide's file itself tells of a patient.
struct PatientFacts {
  QImage label;            ///< null where the file has none, or it cannot be read
  ReportFacts properties;  ///< their names as the scanner wrote them
};

/// Blocks on the disk: not on the GUI thread.
PatientFacts readPatientFacts(const OpenedSlide& opened);

}  // namespace geneglass
