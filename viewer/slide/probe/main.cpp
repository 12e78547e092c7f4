// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <string>

#include "viewer/foundation/file_probe.h"
#include "viewer/foundation/files/hdf5_tour.h"
#include "viewer/foundation/socket_bytes.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

constexpr int kConnection = 3;
constexpr uint32_t kLongestPath = 1 << 16;
constexpr int kNoPointer = 0xa5;  ///< fills fresh memory: what HDF5 takes unset for an address ends the child

/// After so many seconds of the processor this process ends: a damaged HDF5 file may lead HDF5 round and
/// round.
void limitTo(double seconds) {
  const auto whole = static_cast<time_t>(seconds);
  const itimerval end{{}, {whole, static_cast<suseconds_t>(1e6 * (seconds - double(whole)))}};
  ::setitimer(ITIMER_PROF, &end, nullptr);
}

/// Whatever is wrong with the file and can be said, whoever opens it next says.
void tryOutSlide(const std::string& file, double mpp) {
  const Result<OpenedSlide> opened = openSlide(file, mpp > 0 ? std::optional(mpp) : std::nullopt);
  if (!opened || opened->slide->levels.empty()) return;
  const std::vector<Level>& levels = opened->slide->levels;
  const Level& finest = levels.front();
  (void)opened->source->look({static_cast<int>(levels.size()) - 1, 0, 0});
  (void)opened->source->look(
      {0, static_cast<int>(finest.columns() / 2), static_cast<int>(finest.rows() / 2)});
}

void tryOut(const FileProbe::Request& asked, const std::string& file) {
  if (asked.kind == FileProbe::Kind::Hdf5) {
    ::mallopt(M_PERTURB, kNoPointer);
    if (asked.mostSeconds > 0) limitTo(asked.mostSeconds);
    return tourHdf5(file);
  }
  tryOutSlide(file, asked.mpp);
}

/// The signal that ended a child of this process which opened the file; 0 where none did. This process stays
/// as it was when it started: nothing of a file is ever read in it.
int32_t signalOf(const FileProbe::Request& asked, const std::string& file) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    constexpr rlimit kNoCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &kNoCore);
    try {
      tryOut(asked, file);
    } catch (const std::exception&) {
    }
    ::_exit(0);
  }
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (child <= 0) return 0;
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) return SIGABRT;  // a library called exit()
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int serve() {
  prepareHdf5Tours();
  FileProbe::Request asked;
  while (receiveBytes(kConnection, &asked, sizeof asked) && asked.pathLength <= kLongestPath) {
    std::string file(asked.pathLength, '\0');
    if (!receiveBytes(kConnection, file.data(), file.size())) break;
    const int32_t signal = signalOf(asked, file);
    if (!sendBytes(kConnection, &signal, sizeof signal)) break;
  }
  return 0;
}

}  // namespace
}  // namespace geneglass

int main() {
  return geneglass::serve();
}
