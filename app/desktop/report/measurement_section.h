// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/desktop/report/report_content.h"
#include "viewer/annotation/annotation_set.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// How many annotations a report lists one by one; totals are of all of them.
inline constexpr size_t kListedAnnotations = 50;

/// What was drawn: totals a class, then each annotation with its measurements. Without blocks where there are
/// none.
ReportSection measurementSection(const AnnotationSet& annotations, const std::optional<Mpp>& mpp);

}  // namespace geneglass
