// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "viewer/foundation/child_process.h"
#include "viewer/foundation/file_probe.h"
#include "viewer/foundation/files/hdf5_tour.h"
#include "viewer/foundation/socket_bytes.h"
#include "viewer/slide/formats/pictures/picture_process.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

constexpr int kConnection = 3;
constexpr uint32_t kLongestPath = 1 << 16;
constexpr int kNoPointer = 0xa5;  ///< fills fresh memory: what HDF5 takes unset for an address ends the child

/// Whatever is wrong with the file and can be said, whoever opens it next says.
void tryOut(const std::string& file, double mpp) {
  const Result<OpenedSlide> opened = tryOutSlide(file, mpp > 0 ? std::optional(mpp) : std::nullopt);
  if (!opened || opened->slide->levels.empty()) return;
  const std::vector<Level>& levels = opened->slide->levels;
  const Level& finest = levels.front();
  (void)opened->source->look({static_cast<int>(levels.size()) - 1, 0, 0});
  (void)opened->source->look(
      {0, static_cast<int>(finest.columns() / 2), static_cast<int>(finest.rows() / 2)});
}

/// Forks. In the child, which ends when `live` returns, no crash leaves a core.
template <typename Live>
pid_t forkTo(const Live& live) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  leaveNoCore();
  try {
    live();
  } catch (const std::exception&) {
  }
  ::_exit(0);
}

/// What ended that child; 0 where nothing did.
int32_t endOf(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 0;
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) return SIGABRT;  // a library called exit()
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/// A child that goes over HDF5 files, one after another: to fork costs more than to go over most files.
class Hdf5Guide final {
 public:
  Hdf5Guide() {
    auto [own, other] = connectedPair();
    if (!own) return;
    m_connection = std::move(own);
    m_child = forkTo([this, connection = other.number()] {
      m_connection = {};
      guide(connection);
    });
  }
  Hdf5Guide(const Hdf5Guide&) = delete;
  Hdf5Guide& operator=(const Hdf5Guide&) = delete;
  ~Hdf5Guide() { (void)end(); }

  bool isFresh() const { return m_tours == 0; }
  bool isSpent() const { return m_tours == kMostTours || m_child <= 0; }

  /// False where the child ended on the way, or there is none.
  bool tour(const FileProbe::Request& asked, const std::string& file) {
    char done = 0;
    ++m_tours;
    return m_child > 0 && sendBytes(m_connection.number(), &asked, sizeof asked) &&
           sendBytes(m_connection.number(), file.data(), file.size()) &&
           receiveBytes(m_connection.number(), &done, sizeof done);
  }
  int32_t end() {
    m_connection = {};
    return m_child > 0 ? endOf(std::exchange(m_child, 0)) : 0;
  }

 private:
  static constexpr int kMostTours = 64;  ///< what HDF5 keeps of files then goes

  static void guide(int connection) {
    ::mallopt(M_PERTURB, kNoPointer);
    FileProbe::Request asked;
    while (receiveBytes(connection, &asked, sizeof asked)) {
      std::string file(asked.pathLength, '\0');
      if (!receiveBytes(connection, file.data(), file.size())) return;
      limitProcessor(asked.mostSeconds);  // a damaged file may lead HDF5 round and round
      tourHdf5(file);
      limitProcessor(0);
      constexpr char kDone = 1;
      if (!sendBytes(connection, &kDone, sizeof kDone)) return;
    }
  }

  OwnFile m_connection;
  pid_t m_child = 0;
  int m_tours = 0;
};

/// The signal that ended a child of this process which opened the file; 0 where none did. This process stays
/// as it was when it started: nothing of a file is ever read in it.
class Tries final {
 public:
  int32_t signalOf(const FileProbe::Request& asked, const std::string& file) {
    if (asked.kind == FileProbe::Kind::Hdf5) return signalOfTour(asked, file);
    const pid_t child = forkTo([&] { tryOut(file, asked.mpp); });
    return child > 0 ? endOf(child) : 0;
  }

 private:
  /// What files before may have spoilt, a fresh child tells from what this one does.
  int32_t signalOfTour(const FileProbe::Request& asked, const std::string& file) {
    while (true) {
      if (!m_guide || m_guide->isSpent()) m_guide.emplace();
      const bool wasFresh = m_guide->isFresh();
      if (m_guide->tour(asked, file)) return 0;
      const int32_t signal = m_guide->end();
      m_guide.reset();
      if (wasFresh || signal == SIGPROF) return signal;
    }
  }

  std::optional<Hdf5Guide> m_guide;
};

int serve() {
  prepareHdf5Tours();
  Tries tries;
  FileProbe::Request asked;
  while (receiveBytes(kConnection, &asked, sizeof asked) && asked.pathLength <= kLongestPath) {
    std::string file(asked.pathLength, '\0');
    if (!receiveBytes(kConnection, file.data(), file.size())) break;
    const int32_t signal = tries.signalOf(asked, file);
    if (!sendBytes(kConnection, &signal, sizeof signal)) break;
  }
  return 0;
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  if (count == 3)
    return geneglass::servePicture(geneglass::kConnection, words[1], std::strtod(words[2], nullptr));
  return geneglass::serve();
}
