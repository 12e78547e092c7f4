// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/overlays_ahead.h"

#include <algorithm>
#include <utility>

namespace geneglass {
namespace {

constexpr size_t kMostMade = 6;  ///< that nobody has taken yet

}  // namespace

void OverlaysAhead::prepare(std::vector<Wish> wishes) {
  const int call = ++m_wish;
  std::erase_if(wishes, [this](const Wish& wish) { return isKnown(wish); });
  if (wishes.empty()) return;
  const auto run = [this, call, wishes = std::move(wishes)] {
    for (const Wish& wish : wishes)
      if (call == m_wish && !isKnown(wish)) make(wish);
  };
  m_making.add(run, {});
}

bool OverlaysAhead::isKnown(const Wish& wish) {
  const std::scoped_lock lock(m_mutex);
  return std::ranges::any_of(m_made, [&](const Made& made) { return made.isOf(wish.index, wish.parts); });
}

/// What goes wrong here goes wrong again, with its sentence, when the gene is chosen.
void OverlaysAhead::make(const Wish& wish) {
  const auto& prediction = wish.parts.prediction;
  if (!prediction || !prediction->maps.isAtHand(static_cast<size_t>(wish.parts.gene))) return;
  const auto begin = [&] {
    const std::scoped_lock lock(m_mutex);
    m_inHand = Made{wish.index, wish.parts, nullptr};
  };
  const auto end = [&](std::shared_ptr<const Overlay> overlay) {
    const std::scoped_lock lock(m_mutex);
    if (m_inHand && overlay) {  // else it was dropped meanwhile
      m_inHand->overlay = std::move(overlay);
      m_made.push_front(std::move(*m_inHand));
      if (m_made.size() > kMostMade) m_made.pop_back();
    }
    m_inHand.reset();
    m_done.notify_all();
  };
  begin();
  try {
    end(makeOverlay(wish.entry, wish.parts).value_or(nullptr));
  } catch (...) {
    end(nullptr);
    throw;
  }
}

std::shared_ptr<const Overlay> OverlaysAhead::take(size_t index, const OverlayScene& parts) {
  std::unique_lock lock(m_mutex);
  m_done.wait(lock, [&] { return !m_inHand || !m_inHand->isOf(index, parts); });
  const auto found = std::ranges::find_if(m_made, [&](const Made& made) { return made.isOf(index, parts); });
  if (found == m_made.end()) return nullptr;
  auto overlay = std::move(found->overlay);
  m_made.erase(found);
  return overlay;
}

void OverlaysAhead::drop() {
  ++m_wish;
  const std::scoped_lock lock(m_mutex);
  m_made.clear();
  m_inHand.reset();
}

}  // namespace geneglass
