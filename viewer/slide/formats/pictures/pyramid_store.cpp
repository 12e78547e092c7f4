// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/pyramid_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/file_bytes.h"
#include "viewer/foundation/sha256.h"
#include "viewer/slide/formats/pictures/packed_tile.h"

namespace geneglass {
namespace {

/// The file: the tiles one after another, the entries of all, the head that follows, and its SHA-256.
constexpr std::string_view kPyramidMark = "geneglass pyramid 1\n";
constexpr size_t kDigestSize = 64;

std::string systemReason(int number) {
  return std::generic_category().message(number);
}

Size sizeOfTile(const Level& level, TileKey key) {
  return {std::min(level.tile.width, level.size.width - key.column * level.tile.width),
          std::min(level.tile.height, level.size.height - key.row * level.tile.height)};
}

}  // namespace

PyramidStore::PyramidStore(std::vector<Level> levels, int first)
    : m_levels(std::move(levels)), m_first(first) {
  size_t count = 0;
  for (const Level& level : m_levels) {
    m_begins.push_back(count);
    count += static_cast<size_t>(level.columns() * level.rows());
  }
  m_entries.resize(count);
}

PyramidStore::~PyramidStore() {
  if (m_descriptor >= 0) ::close(m_descriptor);
  std::error_code ignored;
  if (!m_part.empty()) std::filesystem::remove(m_part, ignored);
}

Result<std::shared_ptr<PyramidStore>> PyramidStore::make(const std::filesystem::path& file, bool isKept,
                                                         std::vector<Level> levels, int first) {
  std::shared_ptr<PyramidStore> store(new PyramidStore(std::move(levels), first));
  std::string name = file.string() + ".XXXXXX";
  store->m_descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (store->m_descriptor < 0)
    return fail(fmt::format("Cannot write '{}': {}.", file.string(), systemReason(errno)));
  if (isKept) {
    ::flock(store->m_descriptor, LOCK_EX | LOCK_NB);  // for isAbandoned() of this and other processes
    store->m_file = file;
    store->m_part = name;
  } else {
    ::unlink(name.c_str());
  }
  return store;
}

bool PyramidStore::isAbandoned(const std::filesystem::path& part) {
  const int descriptor = ::open(part.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return false;
  const bool isFree = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  ::close(descriptor);
  return isFree;
}

std::shared_ptr<PyramidStore> PyramidStore::inMemory(std::vector<Level> levels, int first) {
  return std::shared_ptr<PyramidStore>(new PyramidStore(std::move(levels), first));
}

std::shared_ptr<PyramidStore> PyramidStore::reopen(const std::filesystem::path& file,
                                                   std::vector<Level> levels, int first) {
  std::shared_ptr<PyramidStore> store(new PyramidStore(std::move(levels), first));
  store->m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (store->m_descriptor < 0) return nullptr;
  store->m_file = file;
  std::error_code ignored;
  if (store->readIndex()) {
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now(), ignored);
    return store;
  }
  std::filesystem::remove(file, ignored);
  return nullptr;
}

size_t PyramidStore::placeOf(TileKey key) const {
  const auto level = static_cast<size_t>(key.level - m_first);
  return m_begins[level] + static_cast<size_t>(key.row * m_levels[level].columns() + key.column);
}

std::string PyramidStore::put(const Tile& tile) {
  PackedTile packed = packTile(tile.image);
  const std::lock_guard lock(m_mutex);
  if (!m_failure.empty()) return m_failure;
  Entry& entry = m_entries[placeOf(tile.key)];
  Entry made{m_size, static_cast<uint32_t>(packed.bytes.size()), static_cast<uint32_t>(packed.channels)};
  if (tile.damaged) {
    made.damage = static_cast<int32_t>(m_damages.size());
    m_damages.push_back(tile.damage);
  }
  if (m_descriptor < 0) {
    made.offset = m_pieces.size();
    m_pieces.push_back(std::move(packed.bytes));
  } else if (const int error = writeBytesAt(m_descriptor, packed.bytes.data(), packed.bytes.size(), m_size)) {
    std::error_code ignored;
    if (!m_part.empty()) std::filesystem::remove(m_part, ignored);
    m_part.clear();
    return m_failure =
               fmt::format("its tiles cannot be kept{}: {}",
                           m_file.empty() ? "" : fmt::format(" in '{}'", m_file.parent_path().string()),
                           systemReason(error));
  }
  m_size += made.bytes;
  entry = made;
  return {};
}

bool PyramidStore::contains(TileKey key) const {
  const std::lock_guard lock(m_mutex);
  return m_entries[placeOf(key)].bytes > 0;
}

Result<TilePtr> PyramidStore::read(TileKey key) const {
  Entry entry;
  std::string damage;
  std::vector<uint8_t> bytes;
  {
    const std::lock_guard lock(m_mutex);
    entry = m_entries[placeOf(key)];
    if (entry.damage >= 0) damage = m_damages[static_cast<size_t>(entry.damage)];
    if (m_descriptor < 0 && entry.bytes > 0) bytes = m_pieces[entry.offset];
  }
  if (m_descriptor >= 0) {
    bytes.resize(entry.bytes);
    if (readBytesAt(m_descriptor, bytes.data(), bytes.size(), entry.offset).count != bytes.size())
      bytes.clear();
  }
  const Size size = sizeOfTile(m_levels[static_cast<size_t>(key.level - m_first)], key);
  Image image = Image::unset(static_cast<int>(size.width), static_cast<int>(size.height));
  if (bytes.empty() || !unpackTile(bytes, static_cast<int>(entry.channels), image)) {
    std::error_code ignored;
    if (!m_file.empty()) std::filesystem::remove(m_file, ignored);
    return fail("what was kept of it is damaged and has been removed: open it again");
  }
  return std::make_shared<const Tile>(Tile{key, std::move(image), !damage.empty(), std::move(damage)});
}

/// What the file must be of.
std::vector<uint8_t> PyramidStore::indexHead() const {
  std::string head(kPyramidMark);
  for (const Level& level : m_levels)
    head += fmt::format("{} {} {} {} {}\n", level.size.width, level.size.height, level.tile.width,
                        level.tile.height, m_first);
  return {head.begin(), head.end()};
}

void PyramidStore::keepNot() {
  const std::lock_guard lock(m_mutex);
  std::error_code ignored;
  if (!m_part.empty()) std::filesystem::remove(m_part, ignored);
  m_part.clear();
}

std::string PyramidStore::finish() {
  const std::lock_guard lock(m_mutex);
  if (!m_failure.empty()) return m_failure;
  if (m_part.empty() || !m_damages.empty()) return {};
  std::vector<uint8_t> end(m_entries.size() * sizeof(Entry));
  std::memcpy(end.data(), m_entries.data(), end.size());
  const std::vector<uint8_t> head = indexHead();
  end.insert(end.end(), head.begin(), head.end());
  const std::string digest = sha256(std::string(end.begin(), end.end()));
  end.insert(end.end(), digest.begin(), digest.end());
  int error = writeBytesAt(m_descriptor, end.data(), end.size(), m_size);
  if (error == 0 && ::rename(m_part.c_str(), m_file.c_str()) != 0) error = errno;
  if (error != 0) return systemReason(error);
  m_part.clear();
  return {};
}

bool PyramidStore::readIndex() {
  const std::vector<uint8_t> head = indexHead();
  const size_t entries = m_entries.size() * sizeof(Entry);
  std::string end(entries + head.size() + kDigestSize, '\0');
  const off_t size = ::lseek(m_descriptor, 0, SEEK_END);
  if (size < static_cast<off_t>(end.size())) return false;
  const uint64_t begin = static_cast<uint64_t>(size) - end.size();
  if (readBytesAt(m_descriptor, end.data(), end.size(), begin).count != end.size()) return false;
  if (sha256(end.substr(0, end.size() - kDigestSize)) != end.substr(end.size() - kDigestSize)) return false;
  if (!std::equal(head.begin(), head.end(), end.begin() + static_cast<std::ptrdiff_t>(entries),
                  [](uint8_t byte, char letter) { return byte == static_cast<uint8_t>(letter); }))
    return false;
  std::memcpy(m_entries.data(), end.data(), entries);
  m_size = begin;
  return std::all_of(m_entries.begin(), m_entries.end(), [begin](const Entry& entry) {
    return entry.bytes > 0 && entry.damage < 0 && (entry.channels == 3 || entry.channels == 4) &&
           entry.offset <= begin && entry.bytes <= begin - entry.offset;
  });
}

}  // namespace geneglass
