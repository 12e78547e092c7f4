// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <string>

/// A library that a program under test is started with (LD_PRELOAD): what the system promises it fails on a
/// schedule. Nothing is asked of the program. Variables of the environment say what fails; without them all
/// goes to the system as it came. Programs that it starts are not failed, but by FAULTS_DECODER.
///
/// FAULTS_MEMORY=LEAST:FIRST:COUNT   allocations of LEAST bytes and more, counted from main() on: the FIRSTth
///                                   and COUNT in all (0: all that follow) get nothing
/// FAULTS_DISK=ERRNO:FIRST[:PART]    of files whose path has PART in it: from the FIRSTth call that changes
///                                   one (open for writing, write, sync, close, rename, mkdir) on, all fail
/// FAULTS_READ=ERRNO:FIRST:PART      the same of reads; ERRNO 0: they never come back
/// FAULTS_WHEN=FILE                  what is said of files holds only while FILE exists
/// FAULTS_CLOCK=SECONDS:FIRST        the calendar's clock jumps by SECONDS at its FIRSTth reading
/// FAULTS_DECODER=FUNCTION:WHAT[:FIRST]  this function of a library: abort, exit, segv, loop (waiting) or
///                                   spin, from its FIRSTth call in a process on
/// FAULTS_COUNTS=FILE                three 64-bit numbers: allocations, calls that change files, reads
/// FAULTS_LOG=FILE                   where each fault came up: a stack
namespace faults {

/// The parts of a variable between colons; empty where it is not set.
struct Schedule {
  bool set = false;
  std::string words[3];
  long number(int word) const;
};
Schedule schedule(const char* variable);

enum class Counted { Memory, Changes, Reads };

bool hasStarted();             ///< main() has been reached
uint64_t count(Counted what);  ///< the number of this event, from 1; kept in FAULTS_COUNTS
bool isTime();                 ///< FAULTS_WHEN holds
void note(const char* what);   ///< into FAULTS_LOG

/// The path of an open file; empty where it is no regular file.
std::string pathOf(int file);

/// The system's own.
template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace faults

/// NEXT(write)(...) calls the system's.
#define NEXT(name)                                                 \
  ([] {                                                            \
    static const auto found = faults::next<decltype(name)>(#name); \
    return found;                                                  \
  }())
