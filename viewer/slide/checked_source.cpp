// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/checked_source.h"

#include <fmt/format.h>

#include <new>
#include <utility>

#include "viewer/slide/read_refusal.h"

namespace geneglass {
namespace {

/// Null where nothing went wrong.
const std::string* damageIn(const Result<TilePtr>& read) {
  if (!read) return &read.error().sentence;
  return *read && (*read)->damaged ? &(*read)->damage : nullptr;
}

const std::string* damageIn(const Result<Image>& read) {
  return read ? nullptr : &read.error().sentence;
}

/// What was read with this as its damage.
void blame(Result<TilePtr>& read, std::string sentence) {
  if (!read) {
    read = fail(std::move(sentence));
    return;
  }
  Tile tile = **read;
  tile.damage = std::move(sentence);
  read = std::make_shared<const Tile>(std::move(tile));
}

void blame(Result<Image>& read, std::string sentence) {
  read = fail(std::move(sentence));
}

}  // namespace

Result<void> checkUnchanged(const std::filesystem::path& file, const FileStamp& stamp) {
  const std::optional<FileStamp> now = stampOf(file);
  if (now == stamp) return {};
  if (!now)
    return fail(
        fmt::format("'{}' cannot be reached any more: it was there when it was opened.", file.string()));
  return fail(fmt::format("'{}' has changed since it was opened: open it again.", file.string()));
}

CheckedSource::CheckedSource(std::shared_ptr<const TileSource> source, std::filesystem::path file,
                             std::optional<FileStamp> stamp, bool (*hasRoomFor)(size_t bytes))
    : m_source(std::move(source)), m_file(std::move(file)), m_stamp(stamp), m_hasRoomFor(hasRoomFor) {}

/// The file is asked after the read: what was read before it changed is of the file that was opened.
template <typename Read>
std::invoke_result_t<Read> CheckedSource::believed(const Read& readOnce) const {
  const auto wantsMemory = [this](const auto& read) {
    const std::string* damage = damageIn(read);
    return damage && refusalIn(*damage, m_file) == ReadRefusal::Memory;
  };
  auto read = readOnce();
  if (wantsMemory(read)) {
    // What is prepared is decoded whole, and may need any memory.
    if (m_source->preparation() || !m_hasRoomFor(kTileNeeds)) throw std::bad_alloc();
    read = readOnce();  // what was short for a moment is whole now
    if (wantsMemory(read))
      blame(read,
            fmt::format("What lies there in '{}' is damaged: it asks for more memory than any tile needs.",
                        m_file.string()));
  }
  if (!m_stamp) return read;
  const std::optional<FileStamp> now = stampOf(m_file);
  if (now == m_stamp || (!now && !damageIn(read))) return read;
  const Result<void> same = checkUnchanged(m_file, *m_stamp);
  if (same) return read;
  return tl::unexpected(same.error());
}

Result<TilePtr> CheckedSource::read(TileKey key) const {
  return believed([&] { return m_source->read(key); });
}

Result<TilePtr> CheckedSource::look(TileKey key) const {
  return believed([&] { return m_source->look(key); });
}

Result<Image> CheckedSource::readAssociatedImage(const std::string& name) const {
  return believed([&] { return m_source->readAssociatedImage(name); });
}

std::shared_ptr<const TileSource> CheckedSource::showing(const std::vector<Channel>& channels) const {
  auto shown = m_source->showing(channels);
  return shown ? std::make_shared<const CheckedSource>(std::move(shown), m_file, m_stamp, m_hasRoomFor)
               : nullptr;
}

}  // namespace geneglass
