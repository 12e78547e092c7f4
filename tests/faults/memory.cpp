// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "tests/faults/faults.h"

extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
}

namespace faults {
namespace {

thread_local bool judging = false;  ///< what judges allocates too

struct Refusals {
  bool set = false;
  size_t least = 0;
  uint64_t first = 0, last = 0;
};

Refusals refusals() {
  const Schedule said = schedule("FAULTS_MEMORY");
  if (!said.set) return {};
  const auto first = static_cast<uint64_t>(said.number(1)), count = static_cast<uint64_t>(said.number(2));
  return {true, static_cast<size_t>(said.number(0)), first, count == 0 ? UINT64_MAX : first + count - 1};
}

bool isRefused(size_t bytes) {
  if (judging || !hasStarted()) return false;
  judging = true;
  static const Refusals said = refusals();
  bool refused = false;
  if (said.set && bytes >= said.least) {
    const uint64_t number = count(Counted::Memory);
    refused = number >= said.first && number <= said.last;
    if (refused) note("memory refused");
  }
  judging = false;
  if (refused) errno = ENOMEM;
  return refused;
}

}  // namespace
}  // namespace faults

using faults::isRefused;

extern "C" {

void* malloc(size_t bytes) {
  return isRefused(bytes) ? nullptr : __libc_malloc(bytes);
}
void* calloc(size_t count, size_t bytes) {
  return isRefused(count * bytes) ? nullptr : __libc_calloc(count, bytes);
}
void* realloc(void* place, size_t bytes) {
  return isRefused(bytes) ? nullptr : __libc_realloc(place, bytes);
}
void* memalign(size_t step, size_t bytes) {
  return isRefused(bytes) ? nullptr : __libc_memalign(step, bytes);
}
void* aligned_alloc(size_t step, size_t bytes) {
  return isRefused(bytes) ? nullptr : __libc_memalign(step, bytes);
}
int posix_memalign(void** place, size_t step, size_t bytes) {
  if (isRefused(bytes)) return ENOMEM;
  *place = __libc_memalign(step, bytes);
  return *place ? 0 : ENOMEM;
}
void* mmap(void* place, size_t bytes, int rights, int flags, int file, off_t at) {
  if ((flags & MAP_ANONYMOUS) && isRefused(bytes)) return MAP_FAILED;
  return reinterpret_cast<void*>(::syscall(SYS_mmap, place, bytes, rights, flags, file, at));
}
}
