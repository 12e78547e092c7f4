// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/hand/canvas_keys.h"

#include <cmath>
#include <numbers>

namespace geneglass {
namespace {

constexpr double kFinestMagnification = 40;

}  // namespace

std::optional<Viewport> viewportAfterKey(const Viewport& viewport, const Slide& slide, int key,
                                         Qt::KeyboardModifiers modifiers) {
  const bool shift = modifiers & Qt::ShiftModifier;
  const double step = shift ? 0.5 : 0.125;
  const Point middle{viewport.width / 2, viewport.height / 2};
  switch (key) {
    case Qt::Key_Left:
      return viewport.pannedBy({viewport.width * step, 0});
    case Qt::Key_Right:
      return viewport.pannedBy({-viewport.width * step, 0});
    case Qt::Key_Up:
      return viewport.pannedBy({0, viewport.height * step});
    case Qt::Key_Down:
      return viewport.pannedBy({0, -viewport.height * step});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return viewport.magnifiedAbout(middle, 2);
    case Qt::Key_Minus:
      return viewport.magnifiedAbout(middle, 0.5);
    case Qt::Key_R:
      return viewport.rotatedAbout(middle, std::numbers::pi / (shift ? 12 : 2));
    case Qt::Key_F:
      if (shift) return viewport.mirrored();
      break;
    case Qt::Key_0: {
      Viewport upright = viewport;
      upright.rotation = 0;
      upright.isMirrored = false;
      return upright;
    }
    default:
      break;
  }
  if (key < Qt::Key_1 || key > Qt::Key_6) return std::nullopt;
  const double halvings = Qt::Key_6 - key;
  Viewport result = viewport;
  result.downsample = slide.mpp ? downsampleFor(kFinestMagnification / std::exp2(halvings), slide.mpp->mean())
                                : std::exp2(halvings);
  return result;
}

}  // namespace geneglass
