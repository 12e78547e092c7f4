// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "viewer/annotation/formats/remarks.h"
#include "viewer/annotation/shape.h"

namespace geneglass {

/// What a GeoJSON geometry holds, in the coordinates of the file: all its polygons as one area, all its
/// points as one count, each line on its own. Coordinates that are no numbers are NaN. Nothing where it is
/// null or of an unknown kind, which is counted.
std::vector<Shape> shapesOf(const nlohmann::json& geometry, Remarks& remarks);

}  // namespace geneglass
