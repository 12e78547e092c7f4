// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/free_name.h"

#include <fmt/format.h>

#include <system_error>

namespace geneglass {

bool isTaken(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error) &&
         !(std::filesystem::is_regular_file(file, error) && std::filesystem::file_size(file, error) == 0);
}

std::filesystem::path freeName(const std::filesystem::path& file) {
  std::filesystem::path free = file;
  for (int number = 2; isTaken(free); ++number)
    free.replace_filename(fmt::format("{}-{}{}", file.stem().string(), number, file.extension().string()));
  return free;
}

}  // namespace geneglass
