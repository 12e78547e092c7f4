// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <utility>

#include "viewer/foundation/files/file_lock.h"

namespace geneglass {
namespace {

bool isDead(int descriptor) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  const FileLock lock = lockFile(descriptor);
  return lock == FileLock::Taken ||
         (lock == FileLock::Untold && std::difftime(std::time(nullptr), facts.st_mtime) >
                                          double(std::chrono::seconds(PartPlace::kSilence).count()));
}

/// Removes what lies at a place and is nobody's any more.
void clear(const std::filesystem::path& part) {
  const int descriptor = ::open(part.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return;
  if (isDead(descriptor) && isStillThere(descriptor, part)) ::unlink(part.c_str());
  ::close(descriptor);
}

}  // namespace

/// By way of a finished object, so that what is thrown here leaves nothing behind.
PartPlace::PartPlace(const std::filesystem::path& file, int most) : PartPlace() {
  m_file = file;
  removeUnfinishedFiles();
  for (int number = 1; number <= most; ++number) {
    std::filesystem::path part = fmt::format("{}.{}.part", file.string(), number);
    clear(part);
    if (m_descriptor >= 0 || (m_reason != 0 && m_reason != EEXIST)) continue;
    if (tryToTake(part)) m_part = std::move(part);
  }
  if (m_reason == EEXIST) m_reason = EBUSY;
  if (m_descriptor >= 0) m_note.emplace(m_part);
}

/// Who clears a place holds its lock for a moment, and may have found this file before it was locked.
bool PartPlace::tryToTake(const std::filesystem::path& part) {
  const int descriptor = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  m_reason = descriptor < 0 ? errno : 0;
  if (descriptor < 0) return false;
  if (lockFile(descriptor) == FileLock::AnothersNow || !isStillThere(descriptor, part)) {
    ::close(descriptor);
    m_reason = EEXIST;
    return false;
  }
  m_descriptor = descriptor;
  return true;
}

PartPlace::~PartPlace() {
  giveUp();
}

/// The lock goes last. What another has put there since stays.
void PartPlace::giveUp() {
  if (m_descriptor < 0) return;
  if (isStillThere(m_descriptor, m_part)) ::unlink(m_part.c_str());
  ::close(std::exchange(m_descriptor, -1));
  m_note.reset();
}

int PartPlace::becomeFile() {
  if (m_descriptor < 0) return m_reason;
  // The end of any descriptor tells what was not written; the lock stays with the other one.
  const int second = ::fcntl(m_descriptor, F_DUPFD_CLOEXEC, 0);
  if (second >= 0 && ::close(second) != 0) m_reason = errno;
  if (m_reason == 0 && !isStillThere(m_descriptor, m_part)) m_reason = ENOENT;
  if (m_reason == 0 && ::rename(m_part.c_str(), m_file.c_str()) != 0) m_reason = errno;
  if (m_reason != 0) {
    giveUp();
    return m_reason;
  }
  ::close(std::exchange(m_descriptor, -1));
  m_note.reset();
  return 0;
}

}  // namespace geneglass
