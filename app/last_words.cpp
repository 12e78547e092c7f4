// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/last_words.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "app/streams.h"

namespace geneglass {
namespace {

/// Of what a handler may call, only say() and _exit().
void end(int signal) {
  say(signal == SIGSEGV || signal == SIGBUS
          ? "Geneglass had to end: a part of it, or a library, crashed. Where memory is short, that is why.\n"
          : "Geneglass had to end: a library gave up. Where memory is short, that is why.\n");
  ::_exit(1);
}

}  // namespace

void sayLastWords() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  rlimit core{};
  if (::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur > 0) return;
  struct sigaction last {};
  last.sa_handler = end;
  last.sa_flags = static_cast<int>(SA_RESETHAND) | SA_ONSTACK;
  static char ownStack[1 << 16];  // the program's own may be what ran out
  const stack_t stack{ownStack, 0, sizeof ownStack};
  ::sigaltstack(&stack, nullptr);
  for (const int signal : {SIGABRT, SIGTRAP, SIGSEGV, SIGBUS}) ::sigaction(signal, &last, nullptr);
#endif
}

void leaveAtOnce(int status) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  std::fflush(stdout);
  std::_Exit(status);
#else
  std::exit(status);
#endif
}

}  // namespace geneglass
