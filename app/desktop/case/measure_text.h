// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "viewer/annotation/measurement.h"

namespace geneglass {

/// "Area 0.123 mm²", in the window's language.
QString measureText(const Measurement& measurement);

/// What a shape measures, one below the other, in the units that are shown.
QString measuresOf(const Shape& shape, const std::optional<Mpp>& mpp);

/// The first of them.
QString firstMeasureOf(const Shape& shape, const std::optional<Mpp>& mpp);

}  // namespace geneglass
