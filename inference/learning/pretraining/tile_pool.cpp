// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/tile_pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "inference/learning/pretraining/plain_image.h"
#include "inference/learning/pretraining/tile_sources.h"
#include "inference/prediction/tile_grid.h"
#include "inference/synthetic/synthetic_truth.h"
#include "inference/synthetic/truth_file.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/time_left.h"
#include "viewer/slide/recent_slides.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

constexpr double kPrevails = 0.6;  ///< part of a tile that its class must fill

std::string classInName(const std::filesystem::path& picture) {
  const std::string name = picture.stem().string();
  return name.substr(0, name.find_first_of("-_0123456789"));
}

/// A picture as a source of one tile: what lies in memory is the picture itself.
class PictureSource final : public TileSource {
 public:
  explicit PictureSource(Image image) : m_image(std::move(image)) {}
  Result<TilePtr> read(TileKey key) const override {
    auto tile = std::make_shared<Tile>();
    tile->key = key;
    tile->image = m_image;
    return tile;
  }
  Result<Image> readAssociatedImage(const std::string& name) const override {
    return fail(fmt::format("A picture has no image '{}'.", name));
  }

 private:
  Image m_image;
};

/// Resampled by area.
Result<Image> resampled(Image image, int side) {
  if (image.width == side && image.height == side) return image;
  Slide slide;
  const Size size{image.width, image.height};
  slide.levels = {{size, 1, size}};
  const Rect all{0, 0, double(image.width), double(image.height)};
  return readRegion(slide, PictureSource(std::move(image)), all, side, side);
}

}  // namespace

struct TilePool::Facts {
  TileRule rule;
  std::optional<double> mpp;
  std::vector<Source> sources;
  std::vector<TileGrid> grids;  ///< one a source; without cells for pictures
  std::vector<std::string> classes;
  std::vector<int8_t> classOf;  ///< one a tile
  size_t count = 0;
  mutable RecentSlides slides;
  std::mutex mutex;
  std::set<size_t> unread;
  std::string reason;  ///< of the first

  Result<Image> read(size_t tile, size_t source) const;
  Result<void> addSlide(Source& source, int threads, const std::stop_token& stop);
  void addPicture(Source& source);
  int8_t classNamed(const std::string& name);
};

int8_t TilePool::Facts::classNamed(const std::string& name) {
  const auto found = std::find(classes.begin(), classes.end(), name);
  if (found == classes.end() && classes.size() < 127) {
    classes.push_back(name);
    return int8_t(classes.size() - 1);
  }
  return found == classes.end() ? int8_t(-1) : int8_t(found - classes.begin());
}

void TilePool::Facts::addPicture(Source& source) {
  source.first = count++;
  source.count = 1;
  grids.emplace_back();
  classOf.push_back(classNamed(classInName(source.file)));
}

Result<void> TilePool::Facts::addSlide(Source& source, int threads, const std::stop_token& stop) {
  const Result<OpenedSlide> opened = slides.open(source.file, mpp);
  if (!opened) return tl::unexpected(opened.error());
  const Result<TissueMask> tissue = findTissue(*opened, {}, threads, stop);
  if (!tissue) return tl::unexpected(tissue.error());
  Result<TileGrid> grid = layTiles(*opened->slide, *tissue, rule.side, rule.mpp, rule.minimumTissue);
  if (!grid) return tl::unexpected(grid.error());
  std::optional<SyntheticTruth> truth;
  if (std::filesystem::exists(truthFileOf(source.file))) {
    Result<SyntheticTruth> read = readTruth(truthFileOf(source.file));
    if (!read) return tl::unexpected(read.error());
    truth = std::move(*read);
  }
  for (const TileGrid::Cell& cell : grid->cells) {
    classOf.push_back(-1);
    if (!truth) continue;
    const ClassFractions fractions = compositionOf(*truth, grid->area(cell));
    const auto most = std::max_element(fractions.begin(), fractions.end());
    if (*most >= kPrevails) classOf.back() = classNamed(toString(TissueClass(most - fractions.begin())));
  }
  source.first = count;
  source.count = grid->count();
  count += source.count;
  grids.push_back(std::move(*grid));
  return {};
}

TilePool::TilePool(std::unique_ptr<Facts> facts) : m_facts(std::move(facts)) {}
TilePool::TilePool(TilePool&&) noexcept = default;
TilePool::~TilePool() = default;

Result<TilePool> TilePool::open(std::span<const std::filesystem::path> sources, const TileRule& rule,
                                std::optional<double> mpp, int threads, std::stop_token stop,
                                const OnProgress& progress) {
  auto facts = std::make_unique<Facts>();
  facts->rule = rule;
  facts->mpp = mpp;
  const Result<std::vector<TileFile>> files = listTileFiles(sources);
  if (!files) return tl::unexpected(files.error());
  for (const TileFile& one : *files) facts->sources.push_back({one.file, one.isPicture});
  const TimeLeft time;
  int64_t done = 0;
  const auto total = int64_t(facts->sources.size());
  for (Source& source : facts->sources) {
    if (stop.stop_requested()) return fail(fmt::format("Reading '{}' was cancelled.", source.file.string()));
    if (source.isPicture) {
      facts->addPicture(source);
    } else if (const Result<void> added = facts->addSlide(source, threads, stop); !added) {
      return tl::unexpected(added.error());
    }
    ++done;
    progress({"slides looked at", done, total, time.after(double(done), double(total))});
  }
  return TilePool(std::move(facts));
}

size_t TilePool::count() const {
  return m_facts->count;
}
int TilePool::side() const {
  return m_facts->rule.side;
}
const std::vector<TilePool::Source>& TilePool::sources() const {
  return m_facts->sources;
}
const std::vector<std::string>& TilePool::classes() const {
  return m_facts->classes;
}
int TilePool::classOf(size_t tile) const {
  return m_facts->classOf[tile];
}

size_t TilePool::sourceOf(size_t tile) const {
  const auto& all = m_facts->sources;
  const auto after = std::upper_bound(all.begin(), all.end(), tile, [](size_t number, const Source& source) {
    return number < source.first;
  });
  return size_t(after - all.begin()) - 1;  // slides without tissue begin where the next one does
}

Result<Image> TilePool::Facts::read(size_t tile, size_t index) const {
  const Source& source = sources[index];
  try {
    if (source.isPicture)
      return readPlainImage(source.file).and_then([&](Image&& whole) {
        return resampled(std::move(whole), rule.side);
      });
    const Result<OpenedSlide> opened = slides.open(source.file, mpp);
    if (!opened) return tl::unexpected(opened.error());
    const TileGrid& grid = grids[index];
    const Rect area = grid.area(grid.cells[tile - source.first]);
    return readRegion(*opened->slide, *opened->source, area, rule.side, rule.side);
  } catch (const std::exception& error) {  // the border of a tile read
    return fail(fmt::format("Cannot read '{}': {}.", source.file.string(), reasonOf(error)));
  }
}

std::vector<uint8_t> TilePool::read(size_t tile) const {
  const Result<Image> image = m_facts->read(tile, sourceOf(tile));
  if (image) return rgbOnWhite(*image);
  const std::scoped_lock lock(m_facts->mutex);
  if (m_facts->unread.empty()) m_facts->reason = image.error().sentence;
  m_facts->unread.insert(tile);
  return {};
}

UnreadTiles TilePool::unread() const {
  const std::scoped_lock lock(m_facts->mutex);
  return {m_facts->unread.size(), m_facts->reason};
}

}  // namespace geneglass
