// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viewer/annotation/annotation.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// An annotation as one JSON object, the form a case file keeps it in: `id`, one of `area`, `ellipse`,
/// `path`, `angle`, `places` with flat lists x, y, x, y... of level-0 pixels, and what it has of `class`,
/// `name`, `notes`, `colour`, `locked`. Numbers are read as they were written, to the last bit. Any thread.
std::string textOf(const Annotation& annotation);
Result<Annotation> annotationOf(std::string_view text);

/// Classes as a JSON list of {name, colour}.
std::string textOf(const std::vector<AnnotationClass>& classes);
Result<std::vector<AnnotationClass>> classesOf(std::string_view text);

}  // namespace geneglass
