// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/kept_overlays.h"

#include <algorithm>
#include <utility>

namespace geneglass {

static size_t bytesOf(const Overlay& overlay) {
  const auto map = overlay.heatmap();
  return map ? (map->values.size() + map->sorted.size() + map->paint.size()) * sizeof(float) : 0;
}

void KeptOverlays::keep(size_t index, const OverlayScene& parts, std::shared_ptr<const Overlay> overlay) {
  if (!overlay) return;
  const size_t bytes = bytesOf(*overlay);
  m_kept.push_front({index, parts, std::move(overlay), bytes});
  m_bytes += bytes;
  shrink();
}

bool KeptOverlays::has(size_t index, const OverlayScene& parts) const {
  return std::ranges::any_of(m_kept, [&](const Kept& kept) { return kept.isOf(index, parts); });
}

std::shared_ptr<const Overlay> KeptOverlays::take(size_t index, const OverlayScene& parts) {
  const auto found = std::ranges::find_if(m_kept, [&](const Kept& kept) { return kept.isOf(index, parts); });
  if (found == m_kept.end()) return nullptr;
  auto overlay = std::move(found->overlay);
  m_bytes -= found->bytes;
  m_kept.erase(found);
  return overlay;
}

void KeptOverlays::dropOthers(const OverlayScene& scene) {
  std::erase_if(m_kept, [&](const Kept& kept) {
    const bool fits = kept.parts.slide == scene.slide &&
                      (!kept.parts.tissue || kept.parts.tissue == scene.tissue) &&
                      (!kept.parts.prediction || kept.parts.prediction == scene.prediction) &&
                      (!kept.parts.spots || kept.parts.spots == scene.spots) &&
                      (!kept.parts.together || kept.parts.together == scene.together) &&
                      (!kept.parts.sharpened || kept.parts.sharpened == scene.sharpened);
    if (!fits) m_bytes -= kept.bytes;
    return !fits;
  });
}

void KeptOverlays::setLimit(size_t bytes) {
  m_limit = bytes;
  shrink();
}

void KeptOverlays::shrink() {
  while (m_bytes > m_limit) {
    m_bytes -= m_kept.back().bytes;
    m_kept.pop_back();
  }
}

}  // namespace geneglass
