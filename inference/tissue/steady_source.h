// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stop_token>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// The tiles of an opened slide for as long as its file is the one that was hashed. Once it is cut, replaced
/// or written to, this read and all later ones fail and `onChange` is asked to stop: nothing that was read
/// from another file than the hash names is believed. Any thread.
class SteadySource final : public TileSource {
 public:
  SteadySource(const OpenedSlide& opened, std::stop_source onChange);

  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;
  std::shared_ptr<Preparation> preparation() const override { return m_opened.source->preparation(); }

  /// Asks the file system; false ever after it was false once. A slide of no file is steady.
  bool isSteady() const;
  /// For the user: names the file.
  Error changed() const;
  /// Reads so far that gave no tile, or one with a damaged part.
  size_t unread() const { return m_unread; }

 private:
  const OpenedSlide m_opened;
  mutable std::stop_source m_onChange;
  mutable std::atomic<bool> m_changed{false};
  mutable std::atomic<size_t> m_unread{0};
};

}  // namespace geneglass
