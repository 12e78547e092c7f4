// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/viewport.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Paints what AnnotationDrawer draws of a view, but by the processor and in the set's drawing order, as a
/// picture to lie over a slide, colours multiplied by alpha; without pixels where there are no lines. Lines
/// are `lineScale` times as wide as they are elsewhere. Any thread.
Image paintLines(const AnnotationSet& set, const Viewport& view, double lineScale = 1);

}  // namespace geneglass
