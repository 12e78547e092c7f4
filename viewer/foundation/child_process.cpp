// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

namespace geneglass {
namespace {

constexpr int kFirstPassed = 3;
constexpr int kAbovePassed = 128;  ///< own numbers of passed files, so that none is in another's place

/// With three variables that keep LibTorch's libraries from starting threads that nobody asked for.
std::vector<std::string> childEnvironment(std::vector<std::string> added) {
  added.insert(added.end(), {"OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1"});
  std::vector<std::string> variables;
  for (char** each = environ; *each; ++each) variables.emplace_back(*each);
  for (std::string& one : added) {
    const size_t name = one.find('=') + 1;
    std::erase_if(variables,
                  [&](const std::string& each) { return each.compare(0, name, one, 0, name) == 0; });
    variables.push_back(std::move(one));
  }
  return variables;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// What posix_spawn() is told; freed at the end.
struct Orders {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t facts;
  Orders() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&facts);
  }
  Orders(const Orders&) = delete;
  Orders& operator=(const Orders&) = delete;
  ~Orders() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&facts);
  }
};

void order(Orders& orders, std::span<const OwnFile> passed) {
  for (const int stream : {0, 1, 2})
    posix_spawn_file_actions_addopen(&orders.files, stream, "/dev/null", stream ? O_WRONLY : O_RDONLY, 0);
  int number = kFirstPassed;
  for (const OwnFile& file : passed) posix_spawn_file_actions_adddup2(&orders.files, file.number(), number++);
  posix_spawn_file_actions_addclosefrom_np(&orders.files, number);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&orders.facts, &none);
  posix_spawnattr_setsigdefault(&orders.facts, &all);
  posix_spawnattr_setflags(&orders.facts,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

}  // namespace

OwnFile& OwnFile::operator=(OwnFile&& other) noexcept {
  std::swap(m_number, other.m_number);
  return *this;
}

OwnFile::~OwnFile() {
  if (m_number >= 0) ::close(m_number);
}

std::pair<OwnFile, OwnFile> connectedPair() {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return {};
  return {OwnFile(ends[0]), OwnFile(ends[1])};
}

Result<ChildProcess> ChildProcess::start(const std::filesystem::path& program,
                                         const std::vector<std::string>& words, std::span<const int> passed,
                                         const std::vector<std::string>& variables) {
  std::vector<OwnFile> above;
  for (const int number : passed) {
    above.emplace_back(::fcntl(number, F_DUPFD_CLOEXEC, kAbovePassed));
    if (!above.back()) return fail(fmt::format("it cannot be handed its files ({})", std::strerror(errno)));
  }
  Orders orders;
  order(orders, above);
  std::vector<std::string> call{program.string()}, environment = childEnvironment(variables);
  call.insert(call.end(), words.begin(), words.end());
  pid_t process = 0;
  const int problem = ::posix_spawn(&process, program.c_str(), &orders.files, &orders.facts,
                                    pointersTo(call).data(), pointersTo(environment).data());
  if (problem != 0)
    return fail(fmt::format("'{}' cannot be started ({})", program.string(), std::strerror(problem)));
  return ChildProcess(process);
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(m_process, other.m_process);
  return *this;
}

ChildProcess::~ChildProcess() {
  end();
}

std::string ChildProcess::end(std::chrono::milliseconds patience) {
  const pid_t process = std::exchange(m_process, 0);
  if (process <= 0) return "was ended";
  constexpr std::chrono::milliseconds kLook{2};
  const auto deadline = std::chrono::steady_clock::now() + patience;
  int status = 0;
  pid_t found = 0;
  while ((found = ::waitpid(process, &status, WNOHANG)) == 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(kLook);
  if (found == 0) {
    ::kill(process, SIGKILL);
    while ((found = ::waitpid(process, &status, 0)) < 0 && errno == EINTR) continue;
    return "was ended";
  }
  if (found == process && WIFSIGNALED(status)) return endBySignal(WTERMSIG(status));
  return found == process && WEXITSTATUS(status) != 0
             ? fmt::format("ended with status {}", WEXITSTATUS(status))
             : "ended";
}

std::string endBySignal(int signal) {
  if (signal == SIGPROF) return "did not come to an end";
  return fmt::format("crashed ({})", strsignal(signal));
}

void limitProcessor(double seconds) {
  const auto whole = static_cast<time_t>(seconds);
  const itimerval end{{}, {whole, static_cast<suseconds_t>(1e6 * (seconds - double(whole)))}};
  ::setitimer(ITIMER_PROF, &end, nullptr);
}

void leaveNoCore() {
  constexpr rlimit kNone{0, 0};
  ::setrlimit(RLIMIT_CORE, &kNone);
}

}  // namespace geneglass
