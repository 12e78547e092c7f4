// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace geneglass {
namespace {

int ownError = STDERR_FILENO;  ///< set once, before there are threads

bool isClosed(int stream) {
  return ::fcntl(stream, F_GETFD) < 0 && errno == EBADF;
}

/// A sanitizer's report is for whoever tests, and goes where it always goes.
void keepErrorForUs() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const int own = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (own >= 0 && nowhere >= 0 && ::dup2(nowhere, STDERR_FILENO) >= 0) ownError = own;
  if (nowhere >= 0) ::close(nowhere);
#endif
}

}  // namespace

void holdStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // A new file takes the lowest number that is free: this one. What goes to a closed output is lost, and that
  // is said.
  if (isClosed(STDIN_FILENO)) (void)::open("/dev/null", O_RDONLY);
  if (isClosed(STDOUT_FILENO)) (void)::open("/dev/full", O_WRONLY);
  if (isClosed(STDERR_FILENO)) (void)::open("/dev/null", O_WRONLY);
  keepErrorForUs();
}

bool saysToTerminal() {
  return ::isatty(ownError) != 0;
}

void say(std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(ownError, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<size_t>(done));
  }
}

Result<void> finishOutput() {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && !std::ferror(stdout)) return {};
  return fail(fmt::format("Cannot write standard output: {}.",
                          errno ? std::strerror(errno) : "an earlier write failed"));
}

}  // namespace geneglass
