// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/file_stamp.h"

#include <sys/stat.h>

namespace geneglass {

std::optional<FileStamp> stampOf(const std::filesystem::path& file) {
  struct stat facts {};
  if (stat(file.c_str(), &facts) != 0) return {};
  constexpr int64_t kNanoseconds = 1'000'000'000;
  return FileStamp{static_cast<uint64_t>(facts.st_dev), static_cast<uint64_t>(facts.st_ino),
                   static_cast<int64_t>(facts.st_size),
                   facts.st_mtim.tv_sec * kNanoseconds + facts.st_mtim.tv_nsec};
}

}  // namespace geneglass
