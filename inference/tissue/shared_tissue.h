// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "inference/tissue/steady_source.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/slide/eye_first.h"

namespace geneglass {

/// Where the tissue of a slide is, for all who ask: found once, by the usual rule, on a thread of its own
/// that gives way to the eye. Any thread.
class SharedTissue final {
 public:
  using Mask = Result<std::shared_ptr<const TissueMask>>;

  /// Begins at once. `threads` read (0 = all processors). `found` is called once, on the own thread, unless
  /// it is stopped before.
  SharedTissue(const OpenedSlide& opened, int threads, std::shared_ptr<EyeFirst> eyeFirst,
               std::function<void(const Mask&)> found = {});
  ~SharedTissue();  ///< stops and joins: at most the reading of a block of the thumbnail
  SharedTissue(const SharedTissue&) = delete;
  SharedTissue& operator=(const SharedTissue&) = delete;

  /// For nobody any more: returns at once; `found` is not called after that.
  void stop();

  /// Blocks until it is found. Errors: those of findTissue(), of SteadySource::verdict(); stopped, by this
  /// token or by stop().
  Mask wait(const std::stop_token& stop) const;

  /// Whether all of the slide could be read for it, from the file that was opened. Once it is found.
  bool sawAll() const { return m_source->unread() == 0 && m_source->isSteady(); }

  /// Whether a read was refused for another reason than what the file holds: whoever asks another time may
  /// find more. Once it is found.
  bool wasRefused() const { return !m_source->verdict(); }

 private:
  void find(int threads, const std::shared_ptr<EyeFirst>& eyeFirst, const std::stop_token& stop);

  const std::shared_ptr<const Slide> m_slide;
  const std::shared_ptr<const SteadySource> m_source;
  mutable std::mutex m_mutex;
  mutable std::condition_variable_any m_done;
  std::function<void(const Mask&)> m_found;  ///< called under the mutex
  std::optional<Mask> m_mask;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
