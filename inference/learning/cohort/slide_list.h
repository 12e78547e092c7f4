// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "inference/learning/cohort/cohort.h"

namespace geneglass {

/// Slides without labels, a case each, named by its patient: the files as they are, each of a patient of its
/// own, but for a cohort (.csv, slide,case,split and whatever columns), which stands for the slides of its
/// train split. Errors are those of SlideRows; no slide at all.
Result<Cohort> readSlideList(std::span<const std::filesystem::path> files);

}  // namespace geneglass
