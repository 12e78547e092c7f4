// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <ctime>

#include "tests/faults/faults.h"

namespace faults {
namespace {

/// What the calendar's clock is ahead of itself by, in seconds.
long ahead() {
  static thread_local bool asking = false;
  if (asking || !hasStarted()) return 0;
  asking = true;
  static const Schedule said = schedule("FAULTS_CLOCK");
  static std::atomic<long> readings = 0;
  const long jump = said.set && ++readings >= said.number(1) ? said.number(0) : 0;
  asking = false;
  return jump;
}

}  // namespace
}  // namespace faults

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int outcome = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (outcome == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    time->tv_sec += faults::ahead();
  return outcome;
}
int gettimeofday(timeval* __restrict time, void* __restrict) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}
time_t time(time_t* place) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (place) *place = now.tv_sec;
  return now.tv_sec;
}
}
