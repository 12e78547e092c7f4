// SPDX-License-Identifier: GPL-3.0-or-later
// Part of each program, not of a library: it runs before those that they need are set up.
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

namespace geneglass {
namespace {

constexpr uint64_t kMiB = 1 << 20;
/// What libraries reserve: OpenBLAS 128 MiB a processor, and where it does not get them it asks for ever.
constexpr uint64_t kAlways = 320, kEachProcessor = 160;
constexpr int kMostProcessors = 64;

uint64_t neededMiB() {
  cpu_set_t processors;
  const bool known = ::sched_getaffinity(0, sizeof processors, &processors) == 0;
  const int count = known ? CPU_COUNT(&processors) : 1;
  return kAlways + kEachProcessor * static_cast<uint64_t>(count < kMostProcessors ? count : kMostProcessors);
}

void write(const char* text) {
  (void)!::write(STDERR_FILENO, text, std::strlen(text));
}

void write(uint64_t number) {
  char digits[24] = {};
  char* at = digits + sizeof digits - 1;
  do *--at = static_cast<char>('0' + number % 10);
  while ((number /= 10) > 0);
  write(at);
}

/// Nothing of the C library is set up yet but its calls of the system.
void checkAddresses() {
  rlimit addresses{};
  if (::getrlimit(RLIMIT_AS, &addresses) != 0 || addresses.rlim_cur == RLIM_INFINITY) return;
  if (addresses.rlim_cur / kMiB >= neededMiB()) return;
  write("Geneglass cannot start: its libraries need ");
  write(neededMiB());
  write(" MiB of addresses here, and the limit (ulimit -v) is ");
  write(addresses.rlim_cur / kMiB);
  write(" MiB.\n");
  ::_exit(1);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
using Early = void (*)();
[[gnu::section(".preinit_array"), gnu::used]] const Early kCheckedFirst = checkAddresses;
#endif

}  // namespace
}  // namespace geneglass
