// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/picture_source.h"

#include <array>
#include <memory>
#include <utility>

#include "viewer/slide/colour_profile.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/pictures/plain_picture.h"
#include "viewer/slide/formats/pictures/pyramid_cache.h"
#include "viewer/slide/formats/pictures/pyramid_levels.h"
#include "viewer/slide/formats/pictures/pyramid_pass.h"

namespace geneglass {
namespace {

class PictureSource final : public TileSource {
 public:
  /// `pass`: the one that fills the store; null where it is full.
  PictureSource(std::filesystem::path file, std::vector<Level> levels, std::shared_ptr<PyramidStore> store,
                std::unique_ptr<const PyramidPass> pass)
      : m_path(std::move(file)),
        m_levels(std::move(levels)),
        m_store(std::move(store)),
        m_pass(std::move(pass)) {}

  Result<TilePtr> read(TileKey key) const override {
    if (!contains(key)) return cannotRead(key, "there is no such tile");
    const auto isThere = [&] { return m_store->contains(key); };
    if (!isThere() && m_pass && !m_pass->preparation()->waitFor(isThere))
      return cannotRead(key, "its picture is being closed");
    return readStored(key);
  }

  Result<TilePtr> look(TileKey key) const override {
    if (!contains(key)) return cannotRead(key, "there is no such tile");
    const bool hasEnded = !m_pass || m_pass->preparation()->hasEnded();
    if (hasEnded || m_store->contains(key)) return readStored(key);
    std::optional<Image> some = m_pass->unfinished(key);
    if (!some) return TilePtr();
    return std::make_shared<const Tile>(Tile{key, std::move(*some), false, {}, true});
  }

  std::shared_ptr<Preparation> preparation() const override {
    return m_pass && !m_pass->preparation()->hasEnded() ? m_pass->preparation() : nullptr;
  }

  Result<Image> readAssociatedImage(const std::string& name) const override {
    return fail(
        fmt::format("Cannot read the image '{}' of '{}': there is no such image.", name, m_path.string()));
  }

 private:
  bool contains(TileKey key) const {
    if (key.level < 0 || key.level >= static_cast<int>(m_levels.size())) return false;
    const Level& level = m_levels[static_cast<size_t>(key.level)];
    return key.column >= 0 && key.row >= 0 && key.column < level.columns() && key.row < level.rows();
  }

  std::string sentenceOf(TileKey key, const std::string& reason) const {
    return fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level, key.column,
                       key.row, m_path.string(), reason);
  }

  tl::unexpected<Error> cannotRead(TileKey key, const std::string& reason) const {
    return fail(sentenceOf(key, reason));
  }

  Result<TilePtr> readStored(TileKey key) const {
    if (!m_store->contains(key)) {
      const std::string failure = m_pass ? m_pass->failure() : "";
      return cannotRead(key, failure.empty() ? "its picture is being closed" : failure);
    }
    Result<TilePtr> tile = m_store->read(key);
    if (!tile) return cannotRead(key, tile.error().sentence);
    if (!(*tile)->damaged) return tile;
    Tile damaged = **tile;
    damaged.damage = sentenceOf(key, damaged.damage);
    return std::make_shared<const Tile>(std::move(damaged));
  }

  const std::filesystem::path m_path;
  const std::vector<Level> m_levels;
  const std::shared_ptr<PyramidStore> m_store;
  const std::unique_ptr<const PyramidPass> m_pass;
};

/// A row of tiles of each level lies in memory.
constexpr int64_t kWidestPicture = int64_t{1} << 18;
constexpr int64_t kMostPixelsCut = int64_t{1} << 32;

std::string refusalOf(Size size) {
  if (size.width <= 0 || size.height <= 0) return "it has no pixels";
  if (size.width <= kWidestPicture && size.height <= kMostPixelsCut / size.width) return {};
  return fmt::format(
      "it is a picture of {} x {} pixels without tiles, more than can be cut into tiles here: 'vips tiffsave "
      "IN OUT.tif --tile --pyramid --bigtiff --compression jpeg' makes a slide of it",
      size.width, size.height);
}

Result<std::optional<PlainPicture>> pictureOf(const FileHead& head) {
  constexpr std::array<OpenPicture, 5> kKinds{openPng, openJpeg, openJpeg2000, openWebp, openTiffPicture};
  for (const OpenPicture open : kKinds) {
    Result<std::optional<PlainPicture>> picture = open(head);
    if (!picture || *picture) return picture;
  }
  return std::nullopt;
}

Result<Slide> slideOf(const FileHead& head, PlainPicture& picture) {
  Slide slide;
  slide.driver = "picture";
  slide.vendor = picture.kind;
  slide.levels = halvedLevels(picture.size);
  slide.mpp = picture.mpp;
  slide.bounds = {0, 0, static_cast<double>(picture.size.width), static_cast<double>(picture.size.height)};
  EmbeddedProfile profile = embeddedProfile(std::move(picture.colourProfile));
  slide.colourProfile = std::move(profile.bytes);
  slide.colourProfileName = std::move(profile.name);
  slide.colourProfileRefusal = std::move(profile.refusal);
  Result<std::string> hash = contentHash(*head.file, head.path);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  return slide;
}

constexpr std::array<std::string_view, 8> kPictureEndings{".png", ".jpg",  ".jpeg", ".jp2",
                                                          ".j2k", ".webp", ".tif",  ".tiff"};

}  // namespace

const Driver kPictureDriver{.nameEndings = kPictureEndings, .open = openPlainPicture};

Result<std::optional<DriverOutcome>> openPlainPicture(const FileHead& head) {
  if (!head.file) return std::nullopt;
  Result<std::optional<PlainPicture>> picture = pictureOf(head);
  if (!picture) return tl::unexpected(picture.error());
  if (!*picture) return std::nullopt;
  if (const std::string reason = refusalOf((*picture)->size); !reason.empty())
    return cannotOpen(head.path, reason);
  Result<Slide> slide = slideOf(head, **picture);
  if (!slide) return tl::unexpected(slide.error());
  const PyramidCache cache;
  const FileStamp stamp = stampOf(head.path).value_or(FileStamp{});
  const std::filesystem::path kept = cache.fileOf(slide->hash, stamp);
  std::unique_ptr<const PyramidPass> pass;
  std::shared_ptr<PyramidStore> store = cache.find(kept, slide->levels);
  if (!store) {
    Result<std::shared_ptr<PyramidStore>> made = cache.place(kept, slide->levels);
    if (!made) return cannotOpen(head.path, made.error().sentence);
    store = *made;
    pass = std::make_unique<const PyramidPass>(
        slide->levels, std::move((*picture)->next), store,
        PyramidPass::End{[file = head.path, stamp] { return stampOf(file) == stamp; },
                         [cache, kept] { cache.trim(kept); }});
  }
  auto source =
      std::make_shared<const PictureSource>(head.path, slide->levels, std::move(store), std::move(pass));
  return DriverOutcome{std::move(*slide), std::move(source)};
}

}  // namespace geneglass
