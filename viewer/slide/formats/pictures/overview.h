// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// A slide whose coarsest level is still large, and cannot be decoded at a part of its size, gets reduced
/// levels for the screen: made once behind its readers, and kept as PyramidCache keeps them. Until they are
/// there the coarsest shows a sparse sample of the slide's tiles, each spread over its surroundings and pale,
/// since that is all it is. Other slides are given back as they are. Analysis never sees these levels.
DriverOutcome withOverview(const FileHead& head, DriverOutcome outcome);

}  // namespace geneglass
