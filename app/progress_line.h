// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "viewer/foundation/progress.h"

namespace geneglass {

/// Another program that runs this one and shows its progress sets this variable: each step is then a line of
/// its own on standard error, see parseProgress.
constexpr const char* kProgressLinesVariable = "GENEGLASS_PROGRESS_LINES";

/// Shows progress and the time left as one rewritten line on standard error, when that is a terminal.
OnProgress progressLine();

/// Ends the line, so that what is printed next starts on a fresh one.
void endProgressLine();

/// A step as a line, without its end: "progress DONE TOTAL SECONDS_LEFT STAGE"; and back, nothing where the
/// line is none.
std::string formatProgress(const Progress& progress);
std::optional<Progress> parseProgress(const std::string& line);

}  // namespace geneglass
