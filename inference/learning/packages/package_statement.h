// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "inference/learning/cohort/cohort.h"
#include "inference/package/model_package.h"

namespace geneglass {

/// Whether all slides have planted truth beside them: what is learnt from them says nothing of real tissue.
/// Looks at the disk.
bool isSynthetic(const Cohort& cohort);

/// What a package trained on `cohort` from `base` is, for people: what was asked for and, where that does not
/// say so, that the cohort or what it was trained from is synthetic.
std::string statementOf(const std::string& asked, const ModelPackage& base, const Cohort& cohort);

}  // namespace geneglass
