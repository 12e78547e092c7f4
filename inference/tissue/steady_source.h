// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <stop_token>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// The tiles of an opened slide for as long as all that its file holds can be had, and the file is the one
/// that was hashed. Once it is cut, replaced or written to, or a read fails for another reason than what the
/// file holds (read_refusal.h), this read and all later ones fail and `onChange` is asked to stop: nothing is
/// computed of another file than the hash names, or of a part of it. A damaged tile is no such reason. Any
/// thread.
class SteadySource final : public TileSource {
 public:
  SteadySource(const OpenedSlide& opened, std::stop_source onChange);

  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;
  std::shared_ptr<Preparation> preparation() const override { return m_opened.source->preparation(); }

  /// Asks the file system; false ever after it was false once. A slide of no file is steady.
  bool isSteady() const;
  /// Whether all that was read so far can be believed. Errors, for the user: the file is another one, or a
  /// read was refused; once there is one it stays.
  Result<void> verdict() const;
  /// Reads so far that gave no tile, or one with a damaged part.
  size_t unread() const { return m_unread; }

 private:
  Error changed() const;
  void refuse(Error error) const;

  const OpenedSlide m_opened;
  mutable std::stop_source m_onChange;
  mutable std::atomic<bool> m_changed{false};
  mutable std::atomic<bool> m_refused{false};
  mutable std::atomic<size_t> m_unread{0};
  mutable std::mutex m_mutex;
  mutable std::optional<Error> m_refusal;  ///< the first
};

}  // namespace geneglass
