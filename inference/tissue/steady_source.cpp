// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/steady_source.h"

#include <fmt/format.h>

#include <utility>

namespace geneglass {

SteadySource::SteadySource(const OpenedSlide& opened, std::stop_source onChange)
    : m_opened(opened), m_onChange(std::move(onChange)) {}

Result<TilePtr> SteadySource::read(TileKey key) const {
  Result<TilePtr> tile = m_opened.source->read(key);
  if (!isSteady()) return tl::unexpected(changed());
  if (!tile || (*tile && (*tile)->damaged)) ++m_unread;
  return tile;
}

Result<Image> SteadySource::readAssociatedImage(const std::string& name) const {
  return m_opened.source->readAssociatedImage(name);
}

bool SteadySource::isSteady() const {
  if (m_changed) return false;
  if (!m_opened.stamp || stampOf(m_opened.slide->file) == m_opened.stamp) return true;
  m_changed = true;
  m_onChange.request_stop();
  return false;
}

Error SteadySource::changed() const {
  const std::string file = m_opened.slide->file.string();
  if (!stampOf(file))
    return {fmt::format("'{}' cannot be reached any more: it was there when it was opened.", file)};
  return {fmt::format("'{}' has changed since it was opened: open it again.", file)};
}

}  // namespace geneglass
