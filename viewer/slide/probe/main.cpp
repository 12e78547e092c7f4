// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <string>

#include "viewer/foundation/socket_bytes.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

constexpr int kConnection = 3;
constexpr uint32_t kLongestPath = 1 << 16;

/// Whatever is wrong with the file and can be said, whoever opens it next says.
void tryOut(const std::string& file, double mpp) {
  const Result<OpenedSlide> opened = openSlide(file, mpp > 0 ? std::optional(mpp) : std::nullopt);
  if (!opened || opened->slide->levels.empty()) return;
  const std::vector<Level>& levels = opened->slide->levels;
  const Level& finest = levels.front();
  (void)opened->source->look({static_cast<int>(levels.size()) - 1, 0, 0});
  (void)opened->source->look(
      {0, static_cast<int>(finest.columns() / 2), static_cast<int>(finest.rows() / 2)});
}

/// The signal that ended a child of this process which opened the file; 0 where none did. This process stays
/// as it was when it started: nothing of a file is ever read in it.
int32_t signalOf(const std::string& file, double mpp) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    constexpr rlimit kNoCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &kNoCore);
    try {
      tryOut(file, mpp);
    } catch (const std::exception&) {
    }
    ::_exit(0);
  }
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return child > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int serve() {
  uint32_t length = 0;
  double mpp = 0;
  while (receiveBytes(kConnection, &length, sizeof length) && length <= kLongestPath) {
    std::string file(length, '\0');
    if (!receiveBytes(kConnection, &mpp, sizeof mpp) || !receiveBytes(kConnection, file.data(), length))
      break;
    const int32_t signal = signalOf(file, mpp);
    if (!sendBytes(kConnection, &signal, sizeof signal)) break;
  }
  return 0;
}

}  // namespace
}  // namespace geneglass

int main() {
  return geneglass::serve();
}
