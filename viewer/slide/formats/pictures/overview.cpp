// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/overview.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <utility>

#include "viewer/foundation/parallel.h"
#include "viewer/foundation/pixel.h"
#include "viewer/slide/formats/pictures/open_makings.h"
#include "viewer/slide/formats/pictures/pyramid_cache.h"
#include "viewer/slide/formats/pictures/pyramid_levels.h"
#include "viewer/slide/formats/pictures/pyramid_pass.h"
#include "viewer/slide/read_tile.h"

namespace geneglass {
namespace {

/// The longer side of a level that is looked at whole at once, pixels.
constexpr int64_t kLargeLevel = 4096;
/// Levels half and a quarter as wide would be kept for little: the slide's own level is read instead.
constexpr int kFirstKept = 2;
constexpr int64_t kMostSamples = 1600;

/// Few tiles of a level, each spread over its surroundings: a picture of the coarsest level. Any thread.
class SparseSample final {
 public:
  void take(const TileSource& source, int levelIndex, const Level& level, Size size);
  /// Fills what has alpha 0 of a picture of that size. Empty where nothing has been taken yet.
  std::optional<Image> under(std::optional<Image> some) const;

 private:
  mutable std::mutex m_mutex;
  Image m_image;
};

uint32_t paleMean(const Image& image) {
  uint64_t sums[3] = {};
  for (const uint32_t pixel : image.pixels) {
    const uint32_t seen = onWhite(pixel);
    for (int i = 0; i < 3; ++i) sums[i] += seen >> (8 * i) & 0xff;
  }
  const auto pale = [&](int i) { return static_cast<uint32_t>((sums[i] / image.pixels.size() + 255) / 2); };
  return opaque(pale(2), pale(1), pale(0));
}

void SparseSample::take(const TileSource& source, int levelIndex, const Level& level, Size size) {
  const auto all = static_cast<double>(level.columns() * level.rows());
  const auto step = std::max<int64_t>(1, std::lround(std::sqrt(all / static_cast<double>(kMostSamples))));
  const int64_t columns = (level.columns() + step - 1) / step, rows = (level.rows() + step - 1) / step;
  std::vector<uint32_t> means(static_cast<size_t>(columns * rows), opaque(230, 230, 230));
  parallelFor(columns * rows, 0, {}, [&](int64_t i) {
    const int64_t column = std::min(level.columns() - 1, i % columns * step + step / 2);
    const int64_t row = std::min(level.rows() - 1, i / columns * step + step / 2);
    const TilePtr tile =
        readOrMarkDamaged(source, {levelIndex, static_cast<int>(column), static_cast<int>(row)});
    if (!tile->image.pixels.empty()) means[static_cast<size_t>(i)] = paleMean(tile->image);
  });
  Image image(static_cast<int>(size.width), static_cast<int>(size.height));
  const double across =
      static_cast<double>(level.size.width) / static_cast<double>(size.width * level.tile.width);
  const double down =
      static_cast<double>(level.size.height) / static_cast<double>(size.height * level.tile.height);
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const auto column = std::min(columns - 1, static_cast<int64_t>((x + 0.5) * across) / step);
      const auto row = std::min(rows - 1, static_cast<int64_t>((y + 0.5) * down) / step);
      image.at(x, y) = means[static_cast<size_t>(row * columns + column)];
    }
  const std::lock_guard lock(m_mutex);
  m_image = std::move(image);
}

std::optional<Image> SparseSample::under(std::optional<Image> some) const {
  const std::lock_guard lock(m_mutex);
  if (!some) return m_image.pixels.empty() ? std::nullopt : std::optional(m_image);
  if (m_image.pixels.size() == some->pixels.size())
    for (size_t i = 0; i < some->pixels.size(); ++i)
      if (some->pixels[i] >> 24 == 0) some->pixels[i] = m_image.pixels[i];
  return some;
}

/// The rows of a level, a row of tiles at a time.
class LevelRows final {
 public:
  LevelRows(std::shared_ptr<const TileSource> source, int index, Level level)
      : m_source(std::move(source)), m_index(index), m_level(std::move(level)) {}

  RowsRead next(Image& rows) {
    RowsRead read;
    for (; read.count < rows.height; ++read.count, ++m_row) {
      if (m_row == m_top + m_band.height) readBand();
      std::copy_n(&m_band.at(0, static_cast<int>(m_row - m_top)), rows.width, &rows.at(0, read.count));
    }
    read.reason = m_damage;
    return read;
  }

 private:
  void readBand() {
    m_top = m_row;
    const auto height = static_cast<int>(std::min(m_level.tile.height, m_level.size.height - m_top));
    m_band = Image(static_cast<int>(m_level.size.width), height);
    std::mutex mutex;
    parallelFor(m_level.columns(), 0, {}, [&](int64_t column) {
      const TilePtr tile = readOrMarkDamaged(
          *m_source, {m_index, static_cast<int>(column), static_cast<int>(m_top / m_level.tile.height)});
      const Image& image = tile->image;
      for (int y = 0; y < std::min(height, image.height); ++y)
        std::copy_n(&image.pixels[static_cast<size_t>(y) * static_cast<size_t>(image.width)], image.width,
                    &m_band.at(static_cast<int>(column * m_level.tile.width), y));
      const std::lock_guard lock(mutex);
      if (m_damage.empty()) m_damage = tile->damage;
    });
  }

  const std::shared_ptr<const TileSource> m_source;
  const int m_index;
  const Level m_level;
  Image m_band;
  int64_t m_top = 0;
  int64_t m_row = 0;
  std::string m_damage;  ///< of the first tile that is damaged
};

/// The coarser levels of a slide and who fills them in.
struct OverviewMaking {
  std::shared_ptr<PyramidStore> store;
  std::shared_ptr<SparseSample> sample = std::make_shared<SparseSample>();
  std::unique_ptr<PyramidPass> pass;  ///< null where the store is full

  /// Begins to fill the store from level `index` of a slide, its coarsest. `whole`: the levels from there on.
  void fill(const std::shared_ptr<const TileSource>& slide, int index, const Level& coarsest,
            const std::vector<Level>& whole, PyramidPass::End end) {
    auto rows = std::make_shared<LevelRows>(slide, index, coarsest);
    auto next = [rows, slide, sample = sample, index, coarsest, size = whole.back().size,
                 first = true](Image& into) mutable {
      if (std::exchange(first, false)) sample->take(*slide, index, coarsest, size);
      return rows->next(into);
    };
    pass = std::make_unique<PyramidPass>(whole, RowSource{std::move(next)}, store, std::move(end));
  }
};

/// A slide's own levels, and coarser ones from a store. It has no preparation(), as analysis waits for none.
class OverviewSource final : public TileSource {
 public:
  /// `preparation`: this source's own, of the making's pass; null where that is null.
  OverviewSource(std::shared_ptr<const TileSource> slide, std::vector<Level> levels, int ownLevels,
                 std::shared_ptr<OverviewMaking> making, std::shared_ptr<Preparation> preparation)
      : m_slide(std::move(slide)),
        m_levels(std::move(levels)),
        m_ownLevels(ownLevels),
        m_making(std::move(making)),
        m_preparation(std::move(preparation)) {}
  /// Nobody else waits for it.
  ~OverviewSource() override {
    if (m_preparation) m_preparation->abandon();
  }
  OverviewSource(const OverviewSource&) = delete;
  OverviewSource& operator=(const OverviewSource&) = delete;

  Result<TilePtr> read(TileKey key) const override {
    if (key.level < m_ownLevels) return m_slide->read(key);
    if (!contains(key)) return fail("there is no such tile");
    const TileKey stored = storedKey(key);
    const auto isThere = [&] { return m_making->store->contains(stored); };
    if (!isThere() && m_preparation && !m_preparation->waitFor(isThere))
      return fail("the slide is being closed");
    return readStored(key);
  }

  Result<TilePtr> look(TileKey key) const override {
    if (key.level < m_ownLevels) return m_slide->look(key);
    if (!contains(key)) return fail("there is no such tile");
    if (!m_preparation || m_preparation->hasEnded() || m_making->store->contains(storedKey(key)))
      return readStored(key);
    std::optional<Image> some = m_making->pass->unfinished(storedKey(key));
    if (key.level + 1 == static_cast<int>(m_levels.size())) some = m_making->sample->under(std::move(some));
    if (!some) return TilePtr();
    return std::make_shared<const Tile>(Tile{key, std::move(*some), false, {}, true});
  }

  Result<Image> readAssociatedImage(const std::string& name) const override {
    return m_slide->readAssociatedImage(name);
  }

 private:
  bool contains(TileKey key) const {
    if (key.level < 0 || key.level >= static_cast<int>(m_levels.size())) return false;
    const Level& level = m_levels[static_cast<size_t>(key.level)];
    return key.column >= 0 && key.row >= 0 && key.column < level.columns() && key.row < level.rows();
  }
  TileKey storedKey(TileKey key) const { return {key.level - m_ownLevels + kFirstKept, key.column, key.row}; }

  Result<TilePtr> readStored(TileKey key) const {
    const TileKey stored = storedKey(key);
    if (!m_making->store->contains(stored))
      return fail(m_making->pass ? m_making->pass->failure() : "it is lost");
    Result<TilePtr> tile = m_making->store->read(stored);
    if (!tile) return tile;
    Tile shown = **tile;
    shown.key = key;
    return std::make_shared<const Tile>(std::move(shown));
  }

  const std::shared_ptr<const TileSource> m_slide;
  const std::vector<Level> m_levels;
  const int m_ownLevels;
  const std::shared_ptr<OverviewMaking> m_making;
  const std::shared_ptr<Preparation> m_preparation;
};

}  // namespace

DriverOutcome withOverview(const FileHead& head, DriverOutcome outcome) {
  Slide& slide = outcome.slide;
  const Level coarsest = slide.levels.back();
  const bool isLarge = std::max(coarsest.size.width, coarsest.size.height) > kLargeLevel;
  if (!isLarge || coarsest.reduced || !slide.channels.empty() || !head.file) return outcome;
  const std::vector<Level> whole = halvedLevels(coarsest.size);
  if (whole.size() <= kFirstKept) return outcome;
  const std::vector<Level> kept(whole.begin() + kFirstKept, whole.end());
  static OpenMakings<OverviewMaking> makings;
  const PyramidCache cache;
  const FileStamp stamp = stampOf(head.path).value_or(FileStamp{});
  const std::filesystem::path file = cache.fileOf(slide.hash, stamp);
  const std::string key = fmt::format("{}|{}|{}", slide.hash, stamp.size, stamp.modified);
  std::shared_ptr<OverviewMaking> making = makings.find(key);
  std::shared_ptr<Preparation> preparation;
  if (making && making->pass && making->pass->failure().empty()) preparation = making->pass->join();
  if (!preparation || preparation->hasEnded()) {
    preparation = nullptr;
    making = std::make_shared<OverviewMaking>();
    making->store = cache.find(file, kept, kFirstKept);
  }
  const auto ownLevels = static_cast<int>(slide.levels.size());
  if (!making->store) {
    auto place = cache.place(file, kept, kFirstKept);
    if (!place) return outcome;  // it is looked at as it is
    making->store = *place;
    making->fill(
        outcome.source, ownLevels - 1, coarsest, whole,
        {[path = head.path, stamp] { return stampOf(path) == stamp; }, [cache, file] { cache.trim(file); }});
    makings.put(key, making);
    preparation = making->pass->join();
  }
  for (Level level : kept) {
    level.downsample *= coarsest.downsample;
    level.reduced = true;
    slide.levels.push_back(level);
  }
  outcome.source = std::make_shared<OverviewSource>(outcome.source, slide.levels, ownLevels,
                                                    std::move(making), std::move(preparation));
  return outcome;
}

}  // namespace geneglass
