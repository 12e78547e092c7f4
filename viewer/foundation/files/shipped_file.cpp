// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/shipped_file.h"

#include <cstdlib>
#include <vector>

namespace geneglass {

std::filesystem::path shippedFile(const std::filesystem::path& relative) {
  std::vector<std::filesystem::path> places;
  if (const char* chosen = std::getenv("GENEGLASS_RESOURCES"); chosen && *chosen)
    places.push_back(chosen / relative);
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) places.push_back(program.parent_path().parent_path() / "share" / "geneglass" / relative);
  places.push_back(std::filesystem::path(GENEGLASS_RESOURCES_FOLDER) / relative);
  for (const std::filesystem::path& place : places)
    if (std::filesystem::exists(place, error)) return place;
  return places.back();
}

}  // namespace geneglass
