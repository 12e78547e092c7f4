// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/view_history.h"

#include <algorithm>
#include <cmath>

#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

constexpr size_t kMostViews = 200;
constexpr int kTrailMilliseconds = 700;

/// More than a quarter of a screen away, 1.4 times nearer or farther, turned or mirrored.
bool isAnother(const Viewport& one, const Viewport& other) {
  const double side = 0.25 * std::min(one.width, one.height) * std::min(one.downsample, other.downsample);
  const double away = std::hypot(one.centre.x - other.centre.x, one.centre.y - other.centre.y);
  return away > side || std::abs(std::log(one.downsample / other.downsample)) > std::log(1.4) ||
         std::abs(one.rotation - other.rotation) > 0.1 || one.isMirrored != other.isMirrored;
}

}  // namespace

void ViewHistory::clear() {
  m_views.clear();
  m_place = 0;
}

void ViewHistory::rest(const Viewport& view) {
  if (!m_views.empty()) {
    if (!isAnother(m_views[m_place], view)) return;
    m_views.resize(m_place + 1);
  }
  m_views.push_back(view);
  if (m_views.size() > kMostViews) m_views.erase(m_views.begin());
  m_place = m_views.size() - 1;
}

std::optional<Viewport> ViewHistory::back(const Viewport& now) {
  rest(now);
  if (!canGoBack()) return {};
  return m_views[--m_place];
}

std::optional<Viewport> ViewHistory::forward(const Viewport& now) {
  rest(now);
  if (!canGoForward()) return {};
  return m_views[++m_place];
}

ViewTrail::ViewTrail(SlideCanvas& canvas, QObject* parent) : QObject(parent), m_canvas(canvas) {
  m_rest.setSingleShot(true);
  m_rest.setInterval(kTrailMilliseconds);
  connect(&canvas, &SlideCanvas::viewportChanged, &m_rest, qOverload<>(&QTimer::start));
  connect(&m_rest, &QTimer::timeout, this, [this] {
    m_history.rest(m_canvas.viewport());
    Q_EMIT changed();
  });
}

void ViewTrail::begin() {
  m_history.clear();
  m_rest.start();
  Q_EMIT changed();
}

void ViewTrail::back() {
  go(m_history.back(m_canvas.viewport()));
}

void ViewTrail::forward() {
  go(m_history.forward(m_canvas.viewport()));
}

/// On the screen as it is now.
void ViewTrail::go(std::optional<Viewport> view) {
  if (view) {
    const Viewport& now = m_canvas.viewport();
    m_canvas.setViewport(view->resized(now.width, now.height));
    m_rest.stop();
  }
  Q_EMIT changed();
}

}  // namespace geneglass
