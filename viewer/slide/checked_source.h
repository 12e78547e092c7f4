// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <type_traits>

#include "viewer/foundation/machine.h"
#include "viewer/slide/file_stamp.h"
#include "viewer/slide/tile_source.h"

namespace geneglass {

/// Whether the file of a slide is still the one that was opened. Errors name it: it has changed, or cannot be
/// reached any more. Asks the file system. Any thread.
Result<void> checkUnchanged(const std::filesystem::path& file, const FileStamp& stamp);

/// The tiles of a driver, as far as they can be believed. Once another file lies under the slide's name, or
/// it was cut or written to, every read fails and says so: drivers open files again by their names, and no
/// picture is put together of two. Where it is gone, what can be read of it is what was opened. What was not
/// read for want of memory, whatever library says so (read_refusal.h), is std::bad_alloc and no damaged tile
/// where memory is short; where it is not it is read once more, and then damaged: it asks for too much.
/// Each read costs a question to the file system, about a microsecond. Any thread.
class CheckedSource final : public TileSource {
 public:
  /// What a sound tile may need while it is read. Where there is room for it memory is not short.
  static constexpr size_t kTileNeeds = size_t{512} << 20;

  /// `stamp`: none where the slide is of no file.
  CheckedSource(std::shared_ptr<const TileSource> source, std::filesystem::path file,
                std::optional<FileStamp> stamp, bool (*hasRoomFor)(size_t bytes) = geneglass::hasRoomFor);

  Result<TilePtr> read(TileKey key) const override;
  Result<TilePtr> look(TileKey key) const override;
  std::shared_ptr<Preparation> preparation() const override { return m_source->preparation(); }
  Result<Image> readAssociatedImage(const std::string& name) const override;
  std::shared_ptr<const TileSource> showing(const std::vector<Channel>& channels) const override;

  const TileSource& source() const { return *m_source; }  ///< the driver's

 private:
  template <typename Read>
  std::invoke_result_t<Read> believed(const Read& readOnce) const;

  const std::shared_ptr<const TileSource> m_source;
  const std::filesystem::path m_file;
  const std::optional<FileStamp> m_stamp;
  bool (*const m_hasRoomFor)(size_t bytes);
};

}  // namespace geneglass
