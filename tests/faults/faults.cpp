// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faults.h"

#include <execinfo.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

namespace faults {
namespace {

using Counts = std::atomic<uint64_t>[3];

std::atomic<bool> started = false;

/// In a file, so that whoever reads it later needs no word of a program that may have crashed.
Counts& counts() {
  static Counts own;
  static Counts* const kept = [] {
    const char* file = std::getenv("FAULTS_COUNTS");
    const int descriptor = file ? ::open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (descriptor < 0 || ::ftruncate(descriptor, sizeof own) != 0) return &own;
    void* place = ::mmap(nullptr, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    return place == MAP_FAILED ? &own : static_cast<Counts*>(place);
  }();
  return *kept;
}

int (*ownMain)(int, char**, char**) = nullptr;

int startedMain(int count, char** words, char** variables) {
  counts();
  if (!std::getenv("FAULTS_DECODER")) ::unsetenv("LD_PRELOAD");  // for the programs that this one starts
  started = true;
  return ownMain(count, words, variables);
}

}  // namespace

long Schedule::number(int word) const {
  return std::strtol(words[word].c_str(), nullptr, 10);
}

Schedule schedule(const char* variable) {
  Schedule found;
  const char* text = std::getenv(variable);
  if (!text) return found;
  found.set = true;
  int word = 0;
  for (; *text; ++text)
    if (*text == ':' && word < 2)
      ++word;
    else
      found.words[word] += *text;
  return found;
}

bool hasStarted() {
  return started;
}

uint64_t count(Counted what) {
  return ++counts()[static_cast<int>(what)];
}

bool isTime() {
  static const char* const when = std::getenv("FAULTS_WHEN");
  return !when || ::access(when, F_OK) == 0;
}

void note(const char* what) {
  static const char* const log = std::getenv("FAULTS_LOG");
  if (!log) return;
  const int file = static_cast<int>(::openat(AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file < 0) return;
  void* frames[48];
  const int size = ::backtrace(frames, 48);
  (void)!::write(file, what, std::strlen(what));
  (void)!::write(file, "\n", 1);
  ::backtrace_symbols_fd(frames, size, file);
  ::close(file);
}

std::string pathOf(int file) {
  struct stat facts {};
  if (::fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  char link[32], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = ::readlink(link, path, sizeof path);
  return length > 0 ? std::string(path, static_cast<size_t>(length)) : std::string();
}

}  // namespace faults

extern "C" int __libc_start_main(int (*main)(int, char**, char**), int count, char** words, void (*before)(),
                                 void (*after)(), void (*last)(), void* stack) {
  faults::ownMain = main;
  using Start = int(int (*)(int, char**, char**), int, char**, void (*)(), void (*)(), void (*)(), void*);
  return faults::next<Start>("__libc_start_main")(faults::startedMain, count, words, before, after, last,
                                                  stack);
}
