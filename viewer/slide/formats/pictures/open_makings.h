// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace geneglass {

/// What is being made for files that are open, so that one that is opened again meanwhile, with another pixel
/// size, goes on with it. Keeps nothing alive. Any thread.
template <typename Making>
class OpenMakings final {
 public:
  /// Null where nobody holds one.
  std::shared_ptr<Making> find(const std::string& key) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_makings.find(key);
    return found == m_makings.end() ? nullptr : found->second.lock();
  }

  void put(const std::string& key, const std::shared_ptr<Making>& making) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_makings, [](const auto& each) { return each.second.expired(); });
    m_makings[key] = making;
  }

 private:
  mutable std::mutex m_mutex;
  std::map<std::string, std::weak_ptr<Making>> m_makings;
};

}  // namespace geneglass
