// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/picture_source.h"

#include <array>
#include <memory>
#include <utility>

#include "viewer/slide/colour_profile.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/pictures/open_makings.h"
#include "viewer/slide/formats/pictures/picture_process.h"
#include "viewer/slide/formats/pictures/plain_picture.h"
#include "viewer/slide/formats/pictures/pyramid_cache.h"
#include "viewer/slide/formats/pictures/pyramid_levels.h"
#include "viewer/slide/formats/pictures/pyramid_pass.h"

namespace geneglass {
namespace {

/// The tiles of a picture and who fills them in.
struct PictureMaking {
  std::shared_ptr<PyramidStore> store;
  std::unique_ptr<PyramidPass> pass;  ///< null where the store is full
};

class PictureSource final : public TileSource {
 public:
  /// `preparation`: this source's own, of the making's pass; null where that is null.
  PictureSource(std::filesystem::path file, std::vector<Level> levels, std::shared_ptr<PictureMaking> making,
                std::shared_ptr<Preparation> preparation)
      : m_path(std::move(file)),
        m_levels(std::move(levels)),
        m_making(std::move(making)),
        m_preparation(std::move(preparation)) {}

  Result<TilePtr> read(TileKey key) const override {
    if (!contains(key)) return cannotRead(key, "there is no such tile");
    const auto isThere = [&] { return m_making->store->contains(key); };
    if (!isThere() && m_preparation && !m_preparation->waitFor(isThere))
      return cannotRead(key, "its picture is being closed");
    return readStored(key);
  }

  Result<TilePtr> look(TileKey key) const override {
    if (!contains(key)) return cannotRead(key, "there is no such tile");
    const bool hasEnded = !m_preparation || m_preparation->hasEnded();
    if (hasEnded || m_making->store->contains(key)) return readStored(key);
    std::optional<Image> some = m_making->pass->unfinished(key);
    if (!some) return TilePtr();
    return std::make_shared<const Tile>(Tile{key, std::move(*some), false, {}, true});
  }

  std::shared_ptr<Preparation> preparation() const override {
    return m_preparation && !m_preparation->hasEnded() ? m_preparation : nullptr;
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
    if (!m_making->store->contains(key)) {
      const std::string failure = m_making->pass ? m_making->pass->failure() : "";
      return cannotRead(key, failure.empty() ? "its picture is being closed" : failure);
    }
    Result<TilePtr> tile = m_making->store->read(key);
    if (!tile) return cannotRead(key, tile.error().sentence);
    if (!(*tile)->damaged) return tile;
    Tile damaged = **tile;
    damaged.damage = sentenceOf(key, damaged.damage);
    return std::make_shared<const Tile>(std::move(damaged));
  }

  const std::filesystem::path m_path;
  const std::vector<Level> m_levels;
  const std::shared_ptr<PictureMaking> m_making;
  const std::shared_ptr<Preparation> m_preparation;
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

Result<Slide> slideOf(const FileHead& head, PlainPicture& picture) {
  Slide slide;
  slide.driver = kPictureDriverName;
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

/// Goes on with a cutting that is under way, reads what is kept, or begins.
Result<std::shared_ptr<const TileSource>> sourceOf(const FileHead& head, const Slide& slide, RowSource rows) {
  static OpenMakings<PictureMaking> makings;
  const PyramidCache cache;
  const FileStamp stamp = stampOf(head.path).value_or(FileStamp{});
  const std::filesystem::path kept = cache.fileOf(slide.hash, stamp);
  const std::string key =
      kept.empty() ? fmt::format("{}|{}|{}", slide.hash, stamp.size, stamp.modified) : kept.string();
  const auto made = [&](std::shared_ptr<PictureMaking> making, std::shared_ptr<Preparation> preparation) {
    return std::make_shared<const PictureSource>(head.path, slide.levels, std::move(making),
                                                 std::move(preparation));
  };
  if (const auto open = makings.find(key); open && open->pass && open->pass->failure().empty())
    if (auto preparation = open->pass->join(); preparation && !preparation->hasEnded())
      return made(open, std::move(preparation));
  auto making = std::make_shared<PictureMaking>();
  making->store = cache.find(kept, slide.levels);
  if (making->store) return made(std::move(making), nullptr);
  Result<std::shared_ptr<PyramidStore>> place = cache.place(kept, slide.levels);
  if (!place) return cannotOpen(head.path, place.error().sentence);
  making->store = *place;
  making->pass = std::make_unique<PyramidPass>(
      slide.levels, std::move(rows), making->store,
      PyramidPass::End{[file = head.path, stamp] { return stampOf(file) == stamp; },
                       [cache, kept] { cache.trim(kept); }});
  makings.put(key, making);
  std::shared_ptr<Preparation> preparation = making->pass->join();
  return made(std::move(making), std::move(preparation));
}

constexpr std::array<std::string_view, 8> kPictureEndings{".png", ".jpg",  ".jpeg", ".jp2",
                                                          ".j2k", ".webp", ".tif",  ".tiff"};

}  // namespace

const Driver kPictureDriver{.nameEndings = kPictureEndings, .open = openPlainPicture};

Result<std::optional<DriverOutcome>> openPlainPicture(const FileHead& head) {
  if (!head.file) return std::nullopt;
  Result<std::optional<PlainPicture>> picture = openPictureElsewhere(head);
  if (!picture) return tl::unexpected(picture.error());
  if (!*picture) return std::nullopt;
  if (const std::string reason = refusalOf((*picture)->size); !reason.empty())
    return cannotOpen(head.path, reason);
  Result<Slide> slide = slideOf(head, **picture);
  if (!slide) return tl::unexpected(slide.error());
  Result<std::shared_ptr<const TileSource>> source = sourceOf(head, *slide, std::move((*picture)->rows));
  if (!source) return tl::unexpected(source.error());
  return DriverOutcome{std::move(*slide), std::move(*source)};
}

}  // namespace geneglass
