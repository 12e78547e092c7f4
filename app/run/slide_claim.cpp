// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/slide_claim.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <ctime>
#include <fstream>
#include <mutex>
#include <sstream>
#include <system_error>

#include "viewer/foundation/files/file_bytes.h"
#include "viewer/foundation/files/file_lock.h"
#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::chrono::seconds kTouch{60};
constexpr int kSecondsToWriteIn = 10;   ///< in which who made a claim fills it
constexpr int kMostTries = 100;         ///< of a claim that comes and goes
constexpr size_t kLongestClaim = 4096;  ///< bytes

std::string firstLineOf(const fs::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

/// When a process began, in ticks of its machine: with its number that is it and no later one. Empty: none.
std::string beginOfProcess(int process) {
  const std::string facts = firstLineOf(fmt::format("/proc/{}/stat", process));
  const size_t name = facts.rfind(')');  // which may hold blanks
  if (name == std::string::npos) return {};
  std::istringstream words(facts.substr(name + 1));
  std::string word;
  for (int field = 3; field <= 22 && words >> word; ++field) {
  }
  return words ? word : std::string();
}

/// Whose process numbers are the same as ours: this start of this machine, and of its containers this one.
std::string ownPlace() {
  std::error_code error;
  return firstLineOf("/proc/sys/kernel/random/boot_id") + ' ' +
         fs::read_symlink("/proc/self/ns/pid", error).string();
}

json ownWords() {
  return {{"host", hostName()},
          {"process", ::getpid()},
          {"since", timeNow()},
          {"place", ownPlace()},
          {"begin", beginOfProcess(::getpid())}};
}

json wordsIn(int descriptor) {
  std::string text(kLongestClaim, '\0');
  text.resize(readBytesAt(descriptor, text.data(), text.size(), 0).count);
  return jsonOrNull(text);
}

std::string textOf(const json& words, const char* key) {
  return words.is_object() && words.contains(key) && words[key].is_string() ? words[key].get<std::string>()
                                                                            : "";
}

int processOf(const json& words) {
  return words.is_object() && words.contains("process") && words["process"].is_number_integer()
             ? words["process"].get<int>()
             : 0;
}

std::string holderOf(const json& words) {
  if (processOf(words) == 0) return "another run";
  return fmt::format("process {} on {} since {}", processOf(words), textOf(words, "host"),
                     textOf(words, "since"));
}

/// Of a claim whose lock nobody holds, as far as that can be known over a network.
bool isDead(const json& words, const struct stat& facts) {
  const double silent = std::difftime(std::time(nullptr), facts.st_mtime);
  if (facts.st_size == 0) return silent > kSecondsToWriteIn;
  if (processOf(words) != 0 && textOf(words, "place") == ownPlace())
    return beginOfProcess(processOf(words)) != textOf(words, "begin");
  return silent > double(std::chrono::seconds(SlideClaim::kSilence).count());
}

/// False where another has it. A disk without locks lets everybody have it: then the words alone tell.
bool lock(int descriptor, bool isNew) {
  // Who looks at a claim that was just made holds its lock for a moment.
  for (int tries = isNew ? 100 : 1; tries > 0; --tries) {
    if (lockFile(descriptor) != FileLock::AnothersNow) return true;
    if (tries > 1) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

Error unwritable(const fs::path& file, int reason) {
  return {fmt::format("Cannot write '{}': {}.", file.string(), std::generic_category().message(reason))};
}

/// 0, or errno.
int writeWords(int descriptor) {
  const std::string text = ownWords().dump() + '\n';
  if (::ftruncate(descriptor, 0) != 0) return errno;
  return writeBytesAt(descriptor, text.data(), text.size(), 0);
}

}  // namespace

std::string hostName() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 && *name ? name : "an unknown host";
}

std::string timeNow() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

fs::path SlideClaim::placeOf(const fs::path& folder, const std::string& slide, const std::string& command) {
  return folder / fmt::format("{}.{}.claim", slide, command);
}

Result<SlideClaim::Taken> SlideClaim::take(const fs::path& file) {
  for (int tries = 1;; ++tries) {
    int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    const bool isNew = descriptor >= 0;
    if (!isNew && errno == EEXIST) descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT && tries < kMostTries) continue;  // just given back
    if (descriptor < 0) return tl::unexpected(unwritable(file, errno));
    const bool isLocked = lock(descriptor, isNew);
    struct stat facts {};
    const json words = wordsIn(descriptor);
    const bool isKnown = ::fstat(descriptor, &facts) == 0;
    if (!isLocked || !isKnown || !isStillThere(descriptor, file) ||
        !((isNew && facts.st_size == 0) || isDead(words, facts))) {
      ::close(descriptor);
      return Taken{nullptr, holderOf(words)};
    }
    if (const int reason = writeWords(descriptor)) {
      if (isNew) ::unlink(file.c_str());
      ::close(descriptor);
      return tl::unexpected(unwritable(file, reason));
    }
    return Taken{std::unique_ptr<SlideClaim>(new SlideClaim(file, descriptor)), {}};
  }
}

SlideClaim::SlideClaim(fs::path file, int descriptor)
    : m_file(std::move(file)), m_descriptor(descriptor), m_toucher([descriptor](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, kTouch, [&] { return stop.stop_requested(); }))
          ::futimens(descriptor, nullptr);
      }) {}

SlideClaim::~SlideClaim() {
  m_toucher = {};
  if (isStillThere(m_descriptor, m_file)) ::unlink(m_file.c_str());
  ::close(m_descriptor);
}

}  // namespace geneglass
