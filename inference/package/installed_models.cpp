// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/installed_models.h"

#include <algorithm>
#include <system_error>

#include "inference/package/model_package.h"

namespace geneglass {

std::vector<std::filesystem::path> installedModels() {
  std::vector<std::filesystem::path> folders;
  std::error_code error;
  const std::filesystem::path place = shippedModelFolder().parent_path();
  for (std::filesystem::directory_iterator entry(place, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code unreadable;
    if (std::filesystem::exists(entry->path() / "manifest.json", unreadable))
      folders.push_back(entry->path());
  }
  std::ranges::sort(folders);
  return folders;
}

}  // namespace geneglass
