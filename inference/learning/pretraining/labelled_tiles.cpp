// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/labelled_tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "inference/learning/pretraining/plain_image.h"
#include "inference/learning/pretraining/tile_sources.h"
#include "inference/prediction/tile_grid.h"
#include "inference/synthetic/synthetic_truth.h"
#include "inference/synthetic/truth_file.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/parallel.h"
#include "viewer/foundation/time_left.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

/// Appends the tiles of one slide.
class SlideTiles final {
 public:
  SlideTiles(OpenedSlide opened, const TileRule& rule, LabelledTiles& tiles)
      : m_opened(std::move(opened)), m_rule(rule), m_tiles(tiles) {}

  Result<void> read(const std::filesystem::path& file, int threads, const std::stop_token& stop) {
    const Result<SyntheticTruth> truth = readTruth(truthFileOf(file));
    if (!truth) return tl::unexpected(truth.error());
    const Result<TissueMask> tissue = findTissue(m_opened);
    if (!tissue) return tl::unexpected(tissue.error());
    const Result<TileGrid> grid =
        layTiles(*m_opened.slide, *tissue, m_rule.side, m_rule.mpp, m_rule.minimumTissue);
    if (!grid) return tl::unexpected(grid.error());
    const size_t first = m_tiles.pixels.size();
    m_tiles.pixels.resize(first + grid->count());
    for (const TileGrid::Cell& cell : grid->cells) {
      m_tiles.fractions.push_back(compositionOf(*truth, grid->area(cell)));
      m_tiles.slide.push_back(m_tiles.slides);
    }
    ++m_tiles.slides;
    if (!parallelFor(int64_t(grid->count()), threadCount(threads), stop,
                     [&](int64_t index) { readOne(*grid, size_t(index), first); }))
      return fail(fmt::format("Reading '{}' was cancelled.", file.string()));
    if (m_error) return tl::unexpected(*m_error);
    return {};
  }

 private:
  void readOne(const TileGrid& grid, size_t index, size_t first) {
    const Result<Image> image =
        readRegion(*m_opened.slide, *m_opened.source, grid.area(grid.cells[index]), m_rule.side, m_rule.side);
    if (image) {
      m_tiles.pixels[first + index] = rgbOnWhite(*image);
    } else {
      const std::scoped_lock lock(m_mutex);
      m_error = image.error();
    }
  }

  const OpenedSlide m_opened;
  const TileRule& m_rule;
  LabelledTiles& m_tiles;
  std::mutex m_mutex;
  std::optional<Error> m_error;
};

}  // namespace

Result<LabelledTiles> readLabelledTiles(std::span<const std::filesystem::path> folders, const TileRule& rule,
                                        int threads, std::stop_token stop, const OnProgress& progress) {
  const Result<std::vector<std::filesystem::path>> slides = listSyntheticSlides(folders);
  if (!slides) return tl::unexpected(slides.error());
  const TimeLeft time;
  LabelledTiles tiles;
  tiles.side = rule.side;
  for (const std::filesystem::path& file : *slides) {
    const Result<OpenedSlide> opened = openSlide(file);
    if (!opened) return tl::unexpected(opened.error());
    if (const Result<void> read = SlideTiles(*opened, rule, tiles).read(file, threads, stop); !read)
      return tl::unexpected(read.error());
    const double done = tiles.slides, total = double(slides->size());
    progress({"tiles of slides", tiles.slides, int64_t(slides->size()), time.after(done, total)});
  }
  return tiles;
}

}  // namespace geneglass
