// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/picture_painter.h"

#include <algorithm>
#include <utility>

namespace geneglass {

PicturePainter::PicturePainter() : m_thread([this](const std::stop_token& stop) { work(stop); }) {}

bool PicturePainter::isUnderWay(const PictureWish& wish) const {
  return m_painting == wish || std::ranges::find(m_painted, wish, &Painted::wish) != m_painted.end();
}

void PicturePainter::want(std::vector<PictureWish> wishes) {
  const std::scoped_lock lock(m_mutex);
  std::erase_if(wishes, [this](const PictureWish& wish) { return isUnderWay(wish); });
  std::ranges::reverse(wishes);
  m_waiting = std::move(wishes);
  if (!m_waiting.empty()) m_wanted.notify_one();
}

std::vector<PicturePainter::Painted> PicturePainter::takePainted() {
  const std::scoped_lock lock(m_mutex);
  return std::exchange(m_painted, {});
}

void PicturePainter::work(const std::stop_token& stop) {
  std::unique_lock lock(m_mutex);
  while (m_wanted.wait(lock, stop, [this] { return !m_waiting.empty(); }) && !stop.stop_requested()) {
    m_painting = std::move(m_waiting.back());
    m_waiting.pop_back();
    const PictureWish wish = *m_painting;
    lock.unlock();
    Image picture = paintLines(*wish.set, wish.view, wish.lineScale);
    lock.lock();
    m_painted.push_back({std::move(*m_painting), std::move(picture)});
    m_painting.reset();
  }
}

}  // namespace geneglass
