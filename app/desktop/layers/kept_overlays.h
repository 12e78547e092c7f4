// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <memory>

#include "overlays/overlay_plugin.h"

namespace geneglass {

/// Overlays of genes that were looked at before, so that going back to one makes and uploads nothing. The
/// least recently shown go first when their maps take more than a limit. GUI thread.
class KeptOverlays final {
 public:
  explicit KeptOverlays(size_t limitInBytes) : m_limit(limitInBytes) {}

  void keep(size_t index, const OverlayScene& parts, std::shared_ptr<const Overlay> overlay);
  bool has(size_t index, const OverlayScene& parts) const;
  /// Null where there is none; it is kept no longer.
  std::shared_ptr<const Overlay> take(size_t index, const OverlayScene& parts);
  void dropOthers(const OverlayScene& scene);  ///< of another slide, prediction, spots or sharpening
  void setLimit(size_t bytes);
  size_t bytes() const { return m_bytes; }

 private:
  struct Kept {
    size_t index;  ///< of the overlay in the choice
    OverlayScene parts;
    std::shared_ptr<const Overlay> overlay;
    size_t bytes;
    bool isOf(size_t wished, const OverlayScene& of) const { return index == wished && parts == of; }
  };
  void shrink();

  size_t m_limit;
  size_t m_bytes = 0;
  std::list<Kept> m_kept;  ///< the most recently shown first
};

}  // namespace geneglass
