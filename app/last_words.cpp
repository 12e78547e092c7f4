// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/last_words.h"

#include <dlfcn.h>
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

/// GLib, which OpenSlide brings, ends the program where it gets no memory. Its own handler makes a text of
/// that first, and may wait forever for a lock which that allocation holds.
void heedGlib() {
  using Handler = void (*)(const char* domain, int level, const char* message, void* data);
  using SetHandler = Handler (*)(Handler handler, void* data);
  const auto setHandler = reinterpret_cast<SetHandler>(::dlsym(RTLD_DEFAULT, "g_log_set_default_handler"));
  if (!setHandler) return;
  constexpr int kFatal = 1 << 1;  // G_LOG_FLAG_FATAL
  setHandler(
      [](const char*, int level, const char*, void*) {
        if (level & kFatal) end(SIGABRT);
      },
      nullptr);
}

}  // namespace

void sayLastWords() {
  heedGlib();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // HDF5 calls exit() where it gets no memory for a number of its own; the program itself leaves at once.
  std::atexit([] { end(SIGABRT); });
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
