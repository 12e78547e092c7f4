// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/unfinished_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "viewer/foundation/files/cache_folder.h"
#include "viewer/foundation/files/file_bytes.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNoteEnding = ".unfinished";
constexpr size_t kLongestNote = 8192;  ///< bytes

fs::path noteFolder() {
  return usualCacheFolder("unfinished");
}

/// Which file a note means: its device and number, then its path.
struct Meant {
  uint64_t device = 0;
  uint64_t number = 0;
  bool operator==(const Meant&) const = default;
};

std::optional<Meant> meantBy(const fs::path& file) {
  struct stat facts {};
  if (::lstat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  return Meant{facts.st_dev, facts.st_ino};
}

/// True where it was there and is removed.
bool removeMeantBy(const std::string& note) {
  std::istringstream words(note);
  Meant meant;
  std::string file;
  if (!(words >> meant.device >> meant.number) || !std::getline(words.ignore(), file, '\0')) return false;
  std::error_code ignored;
  return meantBy(file) == meant && fs::remove(file, ignored);
}

}  // namespace

UnfinishedFile::UnfinishedFile(const fs::path& file) {
  static std::atomic<int> count = 0;
  std::error_code error;
  const fs::path folder = noteFolder();
  const fs::path whole = fs::absolute(file, error);
  const auto meant = meantBy(file);
  if (folder.empty() || error || !meant || !prepareCacheFolder(folder, "notes")) return;
  m_note = folder / fmt::format("{}-{}{}", ::getpid(), ++count, kNoteEnding);
  // Nobody looks for it under its first name, so nobody finds it without its lock or its words.
  const std::string first = m_note.string() + ".new";
  m_descriptor = ::open(first.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (m_descriptor < 0) return;
  const std::string note = fmt::format("{} {} {}", meant->device, meant->number, whole.string());
  if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0 ||
      writeBytesAt(m_descriptor, note.data(), note.size(), 0) != 0 ||
      ::rename(first.c_str(), m_note.c_str()) != 0)
    fs::remove(first, error);
}

UnfinishedFile::~UnfinishedFile() {
  if (m_descriptor < 0) return;
  std::error_code ignored;
  fs::remove(m_note, ignored);
  ::close(m_descriptor);
}

int removeUnfinishedFiles() {
  int removed = 0;
  std::error_code error, ignored;
  const fs::path folder = noteFolder();
  if (folder.empty()) return 0;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (entry->path().extension() != kNoteEnding) continue;
    const int descriptor = ::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) continue;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
      std::string note(kLongestNote, '\0');
      note.resize(readBytesAt(descriptor, note.data(), note.size(), 0).count);
      removed += removeMeantBy(note);
      fs::remove(entry->path(), ignored);
    }
    ::close(descriptor);
  }
  return removed;
}

}  // namespace geneglass
