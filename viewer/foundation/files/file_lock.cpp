// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/file_lock.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>

namespace geneglass {

FileLock lockFile(int descriptor) {
  int outcome = ::flock(descriptor, LOCK_EX | LOCK_NB);
  while (outcome != 0 && errno == EINTR) outcome = ::flock(descriptor, LOCK_EX | LOCK_NB);
  if (outcome == 0) return FileLock::Taken;
  return errno == EWOULDBLOCK ? FileLock::AnothersNow : FileLock::Untold;
}

bool isStillThere(int descriptor, const std::filesystem::path& file) {
  struct stat own {
  }, there{};
  return ::fstat(descriptor, &own) == 0 && ::lstat(file.c_str(), &there) == 0 && own.st_ino == there.st_ino &&
         own.st_dev == there.st_dev;
}

}  // namespace geneglass
