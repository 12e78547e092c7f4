// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/recent_slides.h"

#include <algorithm>

namespace geneglass {
namespace {

constexpr size_t kMostOpen = 16;

}  // namespace

Result<OpenedSlide> RecentSlides::open(const std::filesystem::path& file, std::optional<double> mpp) {
  const std::scoped_lock lock(m_mutex);
  const auto found =
      std::find_if(m_open.begin(), m_open.end(), [&](const auto& open) { return open.slide->file == file; });
  if (found != m_open.end()) {
    m_open.splice(m_open.begin(), m_open, found);
    return m_open.front();
  }
  Result<OpenedSlide> opened = openSlide(file, mpp);
  if (!opened) return opened;
  m_open.push_front(*opened);
  if (m_open.size() > kMostOpen) m_open.pop_back();
  return opened;
}

}  // namespace geneglass
