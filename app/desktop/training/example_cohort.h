// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A cohort table as an example: twelve cases with two slides of some, a column a gene (log2 expression), or
/// of a diagnosis a column tumour of 1 and 0. Its slides do not exist.
std::string exampleCohort(bool ofDiagnosis);

/// Writes it; a file of this name is replaced. Errors name the file and the reason.
Result<void> writeExampleCohort(const std::filesystem::path& file, bool ofDiagnosis);

}  // namespace geneglass
