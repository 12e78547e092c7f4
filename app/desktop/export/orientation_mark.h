// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/canvas/overlay.h"

namespace geneglass {

/// An arrow in the upper right corner that points to where the slide's upper edge is, by how much it is
/// turned, and whether it is mirrored.
class OrientationMark final : public Overlay {
 public:
  void paint(QPainter& painter, const Viewport& viewport) const override;
};

/// What the mark takes of a picture. `unit`: plateUnit().
QRectF orientationRoom(double unit, const Viewport& viewport);

/// "as scanned", "turned 90° clockwise" or "turned 90° clockwise, then mirrored", as the mark says it.
QString orientationText(const Viewport& viewport);

}  // namespace geneglass
