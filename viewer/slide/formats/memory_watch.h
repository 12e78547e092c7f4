// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// Whether libtiff or OpenSlide was refused memory on this thread while this lives. Nothing but their
/// complaints and errno says so: what reads the directories goes on with less, without a level or the pixel
/// size, or takes the file for another kind. One at a time on a thread.
class MemoryWatch final {
 public:
  MemoryWatch();
  ~MemoryWatch();
  MemoryWatch(const MemoryWatch&) = delete;
  MemoryWatch& operator=(const MemoryWatch&) = delete;

  bool wasRefused() const { return m_wasRefused; }

  /// Every complaint of theirs, and where they have none what errno is then; `words` may be printf's format.
  /// Called by C, so it lets nothing through.
  static void hear(const char* words = "") noexcept;

 private:
  bool m_wasRefused = false;
};

}  // namespace geneglass
