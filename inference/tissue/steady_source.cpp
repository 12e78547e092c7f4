// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/steady_source.h"

#include <fmt/format.h>

#include <new>
#include <utility>

#include "viewer/slide/file_check.h"
#include "viewer/slide/read_refusal.h"

namespace geneglass {

SteadySource::SteadySource(const OpenedSlide& opened, std::stop_source onChange)
    : m_opened(opened), m_onChange(std::move(onChange)) {}

Result<TilePtr> SteadySource::read(TileKey key) const {
  if (m_refused) return tl::unexpected(verdict().error());
  Result<TilePtr> tile;
  try {
    tile = m_opened.source->read(key);
  } catch (const std::bad_alloc&) {
    refuse({fmt::format("Cannot read '{}': there is not enough memory.", m_opened.slide->file.string())});
    throw;
  }
  if (!isSteady()) return tl::unexpected(changed());
  const bool isSound = tile && !(*tile && (*tile)->damaged);
  if (isSound) return tile;
  ++m_unread;
  const std::string& damage = tile ? (*tile)->damage : tile.error().sentence;
  if (refusalIn(damage, m_opened.slide->file) == ReadRefusal::File) return tile;
  refuse({damage});
  return fail(damage);
}

Result<Image> SteadySource::readAssociatedImage(const std::string& name) const {
  return m_opened.source->readAssociatedImage(name);
}

void SteadySource::refuse(Error error) const {
  {
    const std::scoped_lock lock(m_mutex);
    if (!m_refusal) m_refusal = std::move(error);
  }
  m_refused = true;
  m_onChange.request_stop();
}

bool SteadySource::isSteady() const {
  if (m_changed) return false;
  if (!m_opened.stamp || stampOf(m_opened.slide->file) == m_opened.stamp) return true;
  m_changed = true;
  m_onChange.request_stop();
  return false;
}

Error SteadySource::changed() const {
  const Result<void> same = checkUnchanged(m_opened);
  return same ? Error{fmt::format("'{}' was changed while it was read.", m_opened.slide->file.string())}
              : same.error();
}

Result<void> SteadySource::verdict() const {
  if (!isSteady()) return tl::unexpected(changed());
  if (!m_refused) return {};
  const std::scoped_lock lock(m_mutex);
  return tl::unexpected(*m_refusal);
}

}  // namespace geneglass
