// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/shared_tissue.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/thread_priority.h"
#include "viewer/slide/read_tile.h"

namespace geneglass {
namespace {

/// The border where exceptions of this thread end.
SharedTissue::Mask findGuarded(const OpenedSlide& opened, int threads, EyeFirst* eyeFirst,
                               const std::stop_token& stop) {
  try {
    return findTissue(opened, {}, threads, stop, eyeFirst).map([](TissueMask mask) {
      return std::make_shared<const TissueMask>(std::move(mask));
    });
  } catch (const std::exception& error) {
    return fail(
        fmt::format("Cannot look for tissue in '{}': {}.", opened.slide->file.string(), reasonOf(error)));
  }
}

}  // namespace

SharedTissue::SharedTissue(const OpenedSlide& opened, int threads, std::shared_ptr<EyeFirst> eyeFirst,
                           std::function<void(const Mask&)> found)
    : m_slide(opened.slide),
      m_source(std::make_shared<const SteadySource>(opened, std::stop_source(std::nostopstate))),
      m_found(std::move(found)),
      m_thread([this, threads, eyeFirst = std::move(eyeFirst),
                source = opened.source](const std::stop_token& stop) {
        waitUntilPrepared(*source, stop);
        find(threads, eyeFirst, stop);
      }) {}

SharedTissue::~SharedTissue() {
  stop();
}

void SharedTissue::stop() {
  m_thread.request_stop();
  const std::lock_guard lock(m_mutex);
  m_found = nullptr;
}

void SharedTissue::find(int threads, const std::shared_ptr<EyeFirst>& eyeFirst, const std::stop_token& stop) {
  lowerThreadPriority();
  Mask mask = findGuarded({m_slide, m_source}, threads, eyeFirst.get(), stop);
  if (const Result<void> sound = m_source->verdict(); !sound && !stop.stop_requested())
    mask = tl::unexpected(sound.error());
  const std::lock_guard lock(m_mutex);
  m_mask = std::move(mask);
  if (m_found) m_found(*m_mask);
  m_found = nullptr;
  m_done.notify_all();
}

SharedTissue::Mask SharedTissue::wait(const std::stop_token& stop) const {
  std::unique_lock lock(m_mutex);
  if (m_done.wait(lock, stop, [this] { return m_mask.has_value(); })) return *m_mask;
  return fail(fmt::format("Looking for tissue in '{}' was cancelled.", m_slide->file.string()));
}

}  // namespace geneglass
