// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/annotation/annotation_set.h"

namespace geneglass {

/// The handle of `shape` that is nearest to `place` and no further than `reach` (level-0 pixels).
std::optional<size_t> handleAt(const Shape& shape, Point place, double reach);

/// The shape with a new corner where `place` falls on one of its edges, no further than `reach` (level-0
/// pixels); nothing where no edge is that near, and for what has no corners.
std::optional<Shape> withNewCorner(const Shape& shape, Point place, double reach);

/// The shape without this corner or place; nothing where it would be too few: three corners an area has, two
/// a path, one a counter. A hole that loses its third corner is closed.
std::optional<Shape> withoutCorner(const Shape& shape, size_t handle);

/// The corner or place of another annotation that is nearest to `place` and no further than `reach`, else
/// `place` itself.
Point snapped(const AnnotationSet& set, const Annotation& except, Point place, double reach);

}  // namespace geneglass
