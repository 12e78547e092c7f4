// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_handles.h"

#include <algorithm>
#include <utility>

namespace geneglass {

TiffHandles::TiffHandles(std::filesystem::path file, size_t most) : m_file(std::move(file)), m_most(most) {}

std::unique_ptr<TiffHandles::Handle> TiffHandles::takeIdle(uint64_t position) const {
  const std::lock_guard lock(m_mutex);
  auto found = std::ranges::find_if(m_idle, [&](const auto& idle) { return idle->position == position; });
  if (found == m_idle.end() && m_idle.size() >= m_most) found = m_idle.begin();
  if (found == m_idle.end()) return nullptr;
  std::unique_ptr<Handle> handle = std::move(*found);
  m_idle.erase(found);
  return handle;
}

std::unique_ptr<TiffHandles::Handle> TiffHandles::takeAt(uint64_t position) const {
  std::unique_ptr<Handle> handle = takeIdle(position);
  if (!handle) {
    handle = std::make_unique<Handle>();
    handle->tiff = openTiff(m_file, &handle->reason);
  }
  if (!handle->tiff) return nullptr;
  handle->reason.clear();
  if (handle->position != position && !TIFFSetSubDirectory(handle->tiff.get(), position)) return nullptr;
  handle->position = position;
  return handle;
}

void TiffHandles::putBack(std::unique_ptr<Handle> handle) const {
  const std::lock_guard lock(m_mutex);
  m_idle.push_back(std::move(handle));
}

}  // namespace geneglass
