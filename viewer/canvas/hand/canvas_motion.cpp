// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/hand/canvas_motion.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

constexpr double kGlideSeconds = 0.3;   ///< after which the speed has fallen to 1/e
constexpr double kSlowestSpeed = 20;    ///< screen pixels per second; slower is standing still
constexpr double kHandMemory = 0.08;    ///< seconds of the hand's path that give its speed
constexpr double kNotchSeconds = 0.05;  ///< after which 1/e of a notch is still to come
constexpr double kSmallestNotch = 0.002;

}  // namespace

void CanvasMotion::press() {
  stop();
  m_samples.clear();
}

void CanvasMotion::drag(Point screenDelta, double now) {
  std::erase_if(m_samples, [&](const Sample& sample) { return sample.time < now - kHandMemory; });
  m_samples.push_back({screenDelta, now});
}

void CanvasMotion::release(double now) {
  std::erase_if(m_samples, [&](const Sample& sample) { return sample.time < now - kHandMemory; });
  if (m_samples.size() < 2) return;
  const double seconds = std::max(now - m_samples.front().time, 0.008);
  Point way;
  for (size_t i = 1; i < m_samples.size(); ++i) {
    way.x += m_samples[i].delta.x;
    way.y += m_samples[i].delta.y;
  }
  m_speed = {way.x / seconds, way.y / seconds};
}

void CanvasMotion::magnify(double notches, Point screen) {
  m_notches += notches;
  m_anchor = screen;
}

void CanvasMotion::stop() {
  m_speed = {};
  m_notches = 0;
}

bool CanvasMotion::isMoving() const {
  return m_notches != 0 || m_speed.x != 0 || m_speed.y != 0;
}

/// A glide ends at slowestSpeed, so by that it falls short of glideSeconds times its speed. Of both at once:
/// magnified first, as that is over long before the glide is.
Viewport CanvasMotion::destination(const Viewport& viewport) const {
  const double speed = std::hypot(m_speed.x, m_speed.y);
  const double left = kGlideSeconds * std::max(0.0, 1 - kSlowestSpeed / std::max(speed, kSlowestSpeed));
  return viewport.magnifiedAbout(m_anchor, std::exp2(m_notches / 2))
      .pannedBy({m_speed.x * left, m_speed.y * left});
}

Viewport CanvasMotion::advanced(const Viewport& viewport, double seconds) {
  Viewport result = viewport;
  if (std::hypot(m_speed.x, m_speed.y) > kSlowestSpeed) {
    const double left = std::exp(-seconds / kGlideSeconds);
    const double way = kGlideSeconds * (1 - left);  // the integral of the falling speed
    result = result.pannedBy({m_speed.x * way, m_speed.y * way});
    m_speed = {m_speed.x * left, m_speed.y * left};
  } else {
    m_speed = {};
  }
  if (m_notches != 0) {
    const double left =
        std::abs(m_notches) < kSmallestNotch ? 0 : m_notches * std::exp(-seconds / kNotchSeconds);
    result = result.magnifiedAbout(m_anchor, std::exp2((m_notches - left) / 2));
    m_notches = left;
  }
  return result;
}

}  // namespace geneglass
