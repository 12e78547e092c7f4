// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// The array position that a spot's name tells: "10x21", or, adjusted to where the spot was found,
/// "9.98x21.02"; R writes an X before it.
std::optional<Point> arrayPosition(std::string_view name);

/// A position as a name: "10x21" of 10.0 and 21.0 too.
std::string nameOf(const Point& position);

}  // namespace geneglass
