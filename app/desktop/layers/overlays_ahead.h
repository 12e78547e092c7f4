// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "app/desktop/workplace/job_thread.h"
#include "overlays/overlay_registry.h"

namespace geneglass {

/// Makes overlays of genes that may be chosen next, on a thread of its own, so that choosing one only draws
/// it. The genes' maps must be at hand: slow ones are MapsAhead's. GUI thread.
class OverlaysAhead final {
 public:
  struct Wish {
    size_t index;  ///< of the overlay in the choice
    OverlayEntry entry;
    OverlayScene parts;  ///< what the overlay needs
  };
  /// Makes these, the first ones first. Replaced by the next call.
  void prepare(std::vector<Wish> wishes);

  /// What was made of these parts; null where nothing was. Waits for one that is in the making.
  std::shared_ptr<const Overlay> take(size_t index, const OverlayScene& parts);

  void drop();  ///< all of them, with what they are of

 private:
  struct Made {
    size_t index;
    OverlayScene parts;
    std::shared_ptr<const Overlay> overlay;
    bool isOf(size_t wished, const OverlayScene& of) const { return index == wished && parts == of; }
  };
  bool isKnown(const Wish& wish);
  void make(const Wish& wish);

  std::atomic<int> m_wish = 0;  ///< counts calls
  std::mutex m_mutex;           ///< of the next three
  std::condition_variable m_done;
  std::optional<Made> m_inHand;
  std::list<Made> m_made;  ///< the newest first
  JobThread m_making;      ///< last, so that it ends first
};

}  // namespace geneglass
