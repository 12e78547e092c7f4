// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Annotations' lines as pixels, to lie over a slide.
struct LinePicture {
  int width = 0;
  int height = 0;
  std::vector<uint32_t> pixels;  ///< 0xAABBGGRR, colours times alpha, row by row; empty: there are no lines
};

/// Paints what AnnotationDrawer draws of a view, but by the processor and in the set's drawing order. Lines
/// are `lineScale` times as wide as they are elsewhere. Any thread.
LinePicture paintLines(const AnnotationSet& set, const Viewport& view, double lineScale = 1);

}  // namespace geneglass
