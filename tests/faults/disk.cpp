// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include "tests/faults/faults.h"

namespace faults {
namespace {

thread_local bool asking = false;

/// Whether the next change of a file of this path fails; then errno says why.
bool isFull(const std::string& path) {
  static const Schedule said = schedule("FAULTS_DISK");
  if (!said.set || asking || !hasStarted() || path.find(said.words[2]) == std::string::npos || path.empty() ||
      path.starts_with("/dev/") || path.starts_with("/proc/"))
    return false;
  asking = true;
  const bool full = isTime() && static_cast<long>(count(Counted::Changes)) >= said.number(1);
  if (full) note(path.c_str());
  asking = false;
  if (full) errno = static_cast<int>(said.number(0));
  return full;
}

bool isFull(int file) {
  if (asking) return false;
  asking = true;
  const std::string path = pathOf(file);
  asking = false;
  return isFull(path);
}

bool isFull(FILE* file) {
  return file && isFull(::fileno(file));
}

bool isForWriting(int file) {
  const int mode = ::fcntl(file, F_GETFL);
  return mode >= 0 && (mode & O_ACCMODE) != O_RDONLY;
}

mode_t modeIn(int flags, va_list more) {
  return flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : mode_t{0};
}

bool cannotBeOpened(const char* path, int flags) {
  return (flags & O_ACCMODE) != O_RDONLY && (flags & (O_CREAT | __O_TMPFILE)) && isFull(std::string(path));
}

}  // namespace
}  // namespace faults

using faults::isFull;

extern "C" {

#define FAULTS_OPEN(name)                               \
  int name(const char* path, int flags, ...) {          \
    va_list more;                                       \
    va_start(more, flags);                              \
    const mode_t mode = faults::modeIn(flags, more);    \
    va_end(more);                                       \
    if (faults::cannotBeOpened(path, flags)) return -1; \
    return NEXT(name)(path, flags, mode);               \
  }
FAULTS_OPEN(open)
FAULTS_OPEN(open64)

#define FAULTS_FOPEN(name)                                                         \
  FILE* name(const char* path, const char* mode) {                                 \
    const bool writes = mode[0] == 'w' || mode[0] == 'a';                          \
    return writes && isFull(std::string(path)) ? nullptr : NEXT(name)(path, mode); \
  }
FAULTS_FOPEN(fopen)
FAULTS_FOPEN(fopen64)

ssize_t write(int file, const void* bytes, size_t size) {
  return isFull(file) ? -1 : NEXT(write)(file, bytes, size);
}
ssize_t writev(int file, const iovec* parts, int count) {
  return isFull(file) ? -1 : NEXT(writev)(file, parts, count);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return isFull(file) ? -1 : NEXT(pwrite)(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  return isFull(file) ? -1 : NEXT(pwrite64)(file, bytes, size, at);
}
size_t fwrite(const void* bytes, size_t size, size_t count, FILE* file) {
  return isFull(file) ? 0 : NEXT(fwrite)(bytes, size, count, file);
}
int fflush(FILE* file) {
  return isFull(file) ? EOF : NEXT(fflush)(file);
}
int fclose(FILE* file) {
  const bool full = faults::isForWriting(::fileno(file)) && isFull(file);
  const int problem = errno, closed = NEXT(fclose)(file);
  if (full) errno = problem;
  return full ? EOF : closed;
}
int close(int file) {
  const bool full = faults::isForWriting(file) && isFull(file);
  const int problem = errno, closed = NEXT(close)(file);
  if (full) errno = problem;
  return full ? -1 : closed;
}
int fsync(int file) {
  return isFull(file) ? -1 : NEXT(fsync)(file);
}
int fdatasync(int file) {
  return isFull(file) ? -1 : NEXT(fdatasync)(file);
}
int ftruncate(int file, off_t size) {
  return isFull(file) ? -1 : NEXT(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
  return isFull(file) ? -1 : NEXT(ftruncate64)(file, size);
}
int posix_fallocate(int file, off_t at, off_t size) {
  return isFull(file) ? errno : NEXT(posix_fallocate)(file, at, size);
}
int posix_fallocate64(int file, off64_t at, off64_t size) {
  return isFull(file) ? errno : NEXT(posix_fallocate64)(file, at, size);
}
ssize_t copy_file_range(int from, off64_t* begin, int to, off64_t* end, size_t size, unsigned flags) {
  return isFull(to) ? -1 : NEXT(copy_file_range)(from, begin, to, end, size, flags);
}
ssize_t sendfile(int to, int from, off_t* begin, size_t size) noexcept {
  using Send = ssize_t(int, int, off_t*, size_t);
  return isFull(to) ? -1 : faults::next<Send>("sendfile")(to, from, begin, size);
}
int rename(const char* from, const char* to) noexcept {
  return isFull(std::string(to)) ? -1 : faults::next<int(const char*, const char*)>("rename")(from, to);
}
int mkdir(const char* path, mode_t mode) noexcept {
  return isFull(std::string(path)) ? -1 : faults::next<int(const char*, mode_t)>("mkdir")(path, mode);
}
}
