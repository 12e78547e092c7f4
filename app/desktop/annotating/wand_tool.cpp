// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/wand_tool.h"

#include <algorithm>
#include <utility>

#include "app/desktop/annotating/measure_label.h"
#include "viewer/annotation/colour_wand.h"

namespace geneglass {
namespace {

constexpr int kWandSide = 1200;  ///< device pixels around the hand that it may take
constexpr double kWandTolerance = 14;
constexpr double kPixelsPerStep = 6;

}  // namespace

bool WandTool::press(const Hand& hand) {
  m_from = m_to = hand;
  m_released = false;
  m_picture.reset();
  m_chosen = {};
  const double side = kWandSide * hand.downsample;
  m_area = {hand.slide.x - side / 2, hand.slide.y - side / 2, side, side};
  m_ways.read(m_area, kWandSide, [this, alive = m_alive](const Result<Image>& picture) {
    if (*alive) takePicture(picture);
  });
  return true;
}

void WandTool::takePicture(const Result<Image>& picture) {
  if (!m_from) return;
  if (!picture) {
    m_from.reset();
    return m_ways.onRefused(picture.error().sentence);
  }
  m_picture = *picture;
  choose();
  if (m_released) finish();
  m_ways.onPicture();
}

double WandTool::tolerance() const {
  return std::clamp(kWandTolerance + (m_to.screen.x - m_from->screen.x) / kPixelsPerStep, 1.0, 120.0);
}

void WandTool::choose() {
  if (m_picture) m_chosen = alikeAround(*m_picture, m_area, m_from->slide, tolerance());
}

bool WandTool::drag(const Hand& hand) {
  if (!m_from) return false;
  m_to = hand;
  choose();
  return true;
}

bool WandTool::release(const Hand& hand) {
  if (!m_from) return false;
  m_to = hand;
  m_released = true;
  choose();
  if (m_picture) finish();
  return true;
}

void WandTool::finish() {
  const Point begun = m_from->slide;
  m_from.reset();
  m_picture.reset();
  Area chosen = std::exchange(m_chosen, {});
  if (chosen.parts.empty()) return m_ways.onRefused("There is nothing here that the wand could take.");
  m_ways.onTaken(std::move(chosen), begun);
}

bool WandTool::key(int key, Qt::KeyboardModifiers) {
  if (key != Qt::Key_Escape || !m_from) return false;
  m_from.reset();
  m_picture.reset();
  m_chosen = {};
  return true;
}

void WandTool::paint(QPainter& painter, const Viewport& viewport) const {
  if (m_from && !m_chosen.parts.empty()) paintMeasured(painter, viewport, m_chosen, m_mpp, m_to.slide);
}

}  // namespace geneglass
