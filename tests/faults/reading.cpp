// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "tests/faults/faults.h"

namespace faults {
namespace {

/// Whether this read of a file fails; one that never comes back waits as long as FAULTS_WHEN holds.
bool isUnread(int file) {
  static thread_local bool asking = false;
  static const Schedule said = schedule("FAULTS_READ");
  if (!said.set || asking || !hasStarted()) return false;
  asking = true;
  bool failed = false;
  if (pathOf(file).find(said.words[2]) != std::string::npos && isTime() &&
      static_cast<long>(count(Counted::Reads)) >= said.number(1)) {
    note("read");
    failed = said.number(0) != 0;
    while (!failed && isTime()) ::usleep(20'000);
  }
  asking = false;
  if (failed) errno = static_cast<int>(said.number(0));
  return failed;
}

}  // namespace
}  // namespace faults

using faults::isUnread;

extern "C" {

ssize_t read(int file, void* bytes, size_t size) {
  return isUnread(file) ? -1 : NEXT(read)(file, bytes, size);
}
ssize_t readv(int file, const iovec* parts, int count) {
  return isUnread(file) ? -1 : NEXT(readv)(file, parts, count);
}
ssize_t pread(int file, void* bytes, size_t size, off_t at) {
  return isUnread(file) ? -1 : NEXT(pread)(file, bytes, size, at);
}
ssize_t pread64(int file, void* bytes, size_t size, off64_t at) {
  return isUnread(file) ? -1 : NEXT(pread64)(file, bytes, size, at);
}
size_t fread(void* bytes, size_t size, size_t count, FILE* file) {
  return isUnread(::fileno(file)) ? 0 : NEXT(fread)(bytes, size, count, file);
}
}
