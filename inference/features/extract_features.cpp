// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/extract_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <new>
#include <utility>

#include "inference/features/pump.h"
#include "inference/package/package_precision.h"
#include "inference/tissue/focus.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/steady_source.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/watch.h"
#include "viewer/slide/file_check.h"
#include "viewer/slide/read_tile.h"

namespace geneglass {
namespace {

tl::unexpected<Error> impossible(const Slide& slide, const std::string& why) {
  return fail(fmt::format("Cannot predict '{}': {}.", slide.file.string(), why));
}

/// Tells of progress at most five times a second, on any thread.
class Reporter final {
 public:
  Reporter(const OnProgress& progress, size_t before, size_t total)
      : m_progress(progress), m_before(before), m_total(total), m_done(before) {}

  void tileDone() {
    const bool isLast = ++m_done == m_total;
    if (!m_progress) return;
    std::unique_lock lock(m_telling, std::defer_lock);
    if (isLast)
      lock.lock();
    else if (!lock.try_lock())
      return;
    const double now = m_watch.seconds();
    const size_t done = m_done;
    if (done <= m_told || (now - m_last < 0.2 && done < m_total)) return;
    m_last = now;
    m_told = done;
    const double left = now * double(m_total - done) / double(done - m_before);
    m_progress({"encoding tiles", static_cast<int64_t>(done), static_cast<int64_t>(m_total), left});
  }

 private:
  const OnProgress& m_progress;
  const size_t m_before;
  const size_t m_total;
  std::atomic<size_t> m_done;
  const Watch m_watch;
  std::mutex m_telling;
  double m_last = -1;
  size_t m_told = 0;
};

/// One slide, one encoder.
class Extraction final {
 public:
  Extraction(const OpenedSlide& opened, const LoadedEncoder& encoder, const ExtractOptions& options,
             std::stop_token stop, const OnProgress& progress, const OnTile& onTile)
      : m_source(std::make_shared<const SteadySource>(opened, m_stopSource)),
        m_opened{opened.slide, m_source, opened.stamp},
        m_slide(*opened.slide),
        m_encoder(encoder),
        m_package(encoder.package()),
        m_options(options),
        m_asked(std::move(stop)),
        m_onAsked(m_asked, [this] { m_stopSource.request_stop(); }),
        m_progress(progress),
        m_onTile(onTile) {
    m_out.precision = options.precision.value_or(defaultPrecision(m_package));
    m_key = FeatureStore::keyOf(m_slide, m_package, m_out.precision, options.stride);
    if (options.store && !options.area && options.store->prepare()) m_store = options.store.get();
  }

  Result<ExtractedBag> run() {
    Result<void> extracted = m_source->isSteady() ? extractOrRefuse() : Result<void>();
    if (const Result<void> sound = m_source->verdict(); !sound) return tl::unexpected(sound.error());
    if (m_asked.stop_requested()) return cancelled();
    if (m_source->unread() > 0)
      if (const Result<void> readable = checkReadable(m_opened); !readable)
        return tl::unexpected(readable.error());
    if (!extracted) return tl::unexpected(extracted.error());
    m_out.seconds.total = m_watch.seconds();
    return std::move(m_out);
  }

 private:
  tl::unexpected<Error> cancelled() const {
    return fail(fmt::format("Computing the features of '{}' was cancelled.", m_slide.file.string()));
  }

  /// Where a disk is full meanwhile, the last tile is among those that are lost, and what is predicted of the
  /// others would be of a part of the slide.
  Result<void> prepare() {
    if (!m_source->preparation()) return {};
    if (m_progress) m_progress({"cutting the picture into tiles", 0, 0, -1});
    if (!waitUntilPrepared(*m_source, m_stopSource.get_token())) return cancelled();
    const Level& finest = m_slide.levels.front();
    const Result<TilePtr> last = m_opened.source->read(
        {0, static_cast<int>(finest.columns() - 1), static_cast<int>(finest.rows() - 1)});
    return last ? Result<void>() : tl::unexpected(last.error());
  }

  /// Where a read lacked memory the source's verdict says so, with the file's name.
  Result<void> extractOrRefuse() {
    try {
      return extract();
    } catch (const std::bad_alloc&) {
      if (m_source->verdict()) throw;
      return {};
    }
  }

  Result<void> extract() {
    if (const Result<void> fits = checkScale(m_slide, m_package.encoder.mpp); !fits) return fits;
    if (isKept()) return {};
    if (Result<void> prepared = prepare(); !prepared) return prepared;
    const SharedTissue::Mask tissue = findTissueNow();
    if (!tissue) return tl::unexpected(tissue.error());
    const bool sawAll = (!m_options.tissue || m_options.tissue->sawAll()) && m_source->unread() == 0;
    Result<std::unique_ptr<GrowingBag>> bag = begin(**tissue);
    if (!bag) return tl::unexpected(bag.error());
    if (Result<void> filled = fill(**bag, (*tissue)->meanBrightness); !filled) return filled;
    const size_t usable = (*bag)->count(TileState::Usable);
    m_out.bag = (*bag)->usable();
    m_out.bag.damagedTiles =
        static_cast<int>((*bag)->count(TileState::Damaged) + usable - m_out.bag.grid.count());
    if (m_out.bag.grid.count() == 0) return impossible(m_slide, whyNothing());
    if (sawAll && m_out.bag.damagedTiles == 0 && (*bag)->isKept()) keep();
    return {};
  }

  /// No tile is usable.
  const char* whyNothing() const {
    if (m_out.bag.damagedTiles > 0) return "no tile of its tissue can be read";
    if (m_out.bag.quality && !m_out.bag.quality->blurred.empty()) return "its tissue is out of focus";
    return "its tissue is too pale or too even to tell anything";
  }

  /// Whether the store has it all. What it has in part goes into m_rest.
  bool isKept() {
    if (!m_store) return false;
    const std::filesystem::path file = m_store->complete(m_key);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return false;
    Result<SoundRows> rows = readSoundRows(file);
    if (!rows || rows->bag.key != m_key || rows->bag.slideHash != m_slide.hash ||
        rows->bag.encoderHash != featuresHash(m_package, m_out.precision) || rows->bag.damagedTiles > 0 ||
        rows->bag.features.columns != featuresATile(m_package))
      return false;
    if (rows->unsound > 0) {
      m_rest = std::move(rows->bag);
      return false;
    }
    m_store->touch(file);
    m_out.tilesFromStore = rows->bag.grid.count();
    m_out.bag = std::move(rows->bag);
    return true;
  }

  SharedTissue::Mask findTissueNow() {
    if (m_progress) m_progress({"finding tissue", 0, 0, -1});
    const Watch watch;
    if (m_options.tissue) {
      const SharedTissue::Mask shared = m_options.tissue->wait(m_stopSource.get_token());
      m_out.seconds.tissue = watch.seconds();
      if (shared || m_stopSource.stop_requested() || !m_options.tissue->wasRefused()) return shared;
    }
    const auto share = [](TissueMask mask) { return std::make_shared<const TissueMask>(std::move(mask)); };
    SharedTissue::Mask own = findTissue(m_opened, {}, static_cast<int>(ownThreads(m_options.threads)),
                                        m_stopSource.get_token(), m_options.eyeFirst.get())
                                 .map(share);
    m_out.seconds.tissue = watch.seconds();
    return own;
  }

  /// The bag to fill, with what an earlier run left.
  Result<std::unique_ptr<GrowingBag>> begin(const TissueMask& tissue) {
    const EncoderFacts& facts = m_package.encoder;
    FeatureBag frame;
    Result<TileGrid> grid =
        layTiles(m_slide, tissue, facts.tile, facts.mpp, m_package.minimumTissue, m_options.stride);
    if (!grid) return tl::unexpected(grid.error());
    if (grid->count() == 0) return impossible(m_slide, "no tissue was found that fills a tile");
    frame.quality = qualityOf(m_slide, tissue, *grid, m_package.minimumTissue);
    frame.quality->focusJudged = canJudgeFocus(m_slide, facts.tile, facts.mpp);
    if (m_options.area) {
      std::erase_if(grid->cells, [&](const TileGrid::Cell& cell) {
        const Rect tile = grid->area(cell);
        return !m_options.area->contains({tile.x + tile.width / 2, tile.y + tile.height / 2});
      });
      if (grid->count() == 0) return impossible(m_slide, "no tissue that fills a tile lies in this area");
    }
    frame.grid = std::move(*grid);
    frame.slideHash = m_slide.hash;
    frame.encoderHash = featuresHash(m_package, m_out.precision);
    frame.key = m_key;
    frame.mpp = m_slide.mpp->mean();
    const size_t width = featuresATile(m_package);
    if (m_store) {
      const std::filesystem::path file = m_store->growing(m_key);
      m_store->trim(file);
      // Where it cannot be kept (another process has it, the disk is full) it is computed all the same.
      if (auto bag = GrowingBag::open(file, frame, width)) {
        m_store->touch(file);
        takeRest(**bag);
        return std::move(*bag);
      }
    }
    return std::make_unique<GrowingBag>(std::move(frame), width);
  }

  /// The sound rows of a bag that was complete once.
  void takeRest(GrowingBag& bag) const {
    const TileGrid& grid = bag.frame().grid;
    if (m_rest.grid.stride != grid.stride || m_rest.grid.tile != grid.tile) return;
    std::map<std::pair<int, int>, size_t> rowOf;
    for (size_t row = 0; row < m_rest.grid.count(); ++row)
      rowOf[{m_rest.grid.cells[row].column, m_rest.grid.cells[row].row}] = row;
    for (size_t cell = 0; cell < grid.count(); ++cell) {
      const auto row = rowOf.find({grid.cells[cell].column, grid.cells[cell].row});
      if (row != rowOf.end() && bag.state(cell) == TileState::Waiting)
        bag.set(cell, TileState::Usable, m_rest.features.row(row->second));
    }
  }

  Result<void> fill(GrowingBag& bag, double tissueBrightness) {
    const size_t total = bag.frame().grid.count(), waiting = bag.count(TileState::Waiting);
    m_out.tilesFromStore = total - waiting;
    if (waiting == 0) return {};
    if (m_progress && !m_encoder.isLoaded(m_out.precision))
      m_progress({"reading the encoder's weights", 0, 0, -1});
    const Result<LoadedEncoder::Lent> lent = m_encoder.lend(m_out.precision, m_stopSource.get_token());
    if (!lent) return tl::unexpected(lent.error());
    Reporter reporter(m_progress, total - waiting, total);
    const auto tileDone = [&] {
      reporter.tileDone();
      if (m_onTile) m_onTile(bag);
    };
    const Watch watch;
    const Result<PumpSeconds> pumped = pump(m_opened, lent->encoder(), bag,
                                            {.threads = m_options.threads,
                                             .tissueBrightness = tissueBrightness,
                                             .judgeFocus = bag.frame().quality->focusJudged,
                                             .view = m_package.view,
                                             .eyeFirst = m_options.eyeFirst,
                                             .watched = m_options.watched},
                                            m_stopSource.get_token(), tileDone);
    if (!pumped) return tl::unexpected(pumped.error());
    if (m_stopSource.stop_requested()) return cancelled();
    const double share = watch.seconds() / std::max(1e-9, pumped->read + pumped->encode);
    m_out.seconds.read = pumped->read * share;
    m_out.seconds.encode = pumped->encode * share;
    return {};
  }

  /// As a complete bag in place of the growing one.
  void keep() {
    if (!m_source->isSteady() || m_asked.stop_requested()) return;
    const std::filesystem::path complete = m_store->complete(m_key);
    if (!writeBag(complete, m_out.bag)) return;  // the growing one holds the same
    std::error_code error;
    std::filesystem::remove(m_store->growing(m_key), error);
    m_store->trim(complete);
  }

  std::stop_source m_stopSource;  ///< asked for, or the file has changed
  const std::shared_ptr<const SteadySource> m_source;
  const OpenedSlide m_opened;
  const Slide& m_slide;
  const LoadedEncoder& m_encoder;
  const ModelPackage& m_package;
  const ExtractOptions& m_options;
  const std::stop_token m_asked;
  const std::stop_callback<std::function<void()>> m_onAsked;
  const OnProgress& m_progress;
  const OnTile& m_onTile;
  const Watch m_watch;
  const FeatureStore* m_store = nullptr;  ///< none where nothing can be kept
  std::string m_key;
  FeatureBag m_rest;
  ExtractedBag m_out;
};

}  // namespace

Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const LoadedEncoder& encoder,
                                     const ExtractOptions& options, std::stop_token stop,
                                     const OnProgress& progress, const OnTile& onTile) {
  return Extraction(opened, encoder, options, std::move(stop), progress, onTile).run();
}

Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const ModelPackage& package,
                                     const ExtractOptions& options, std::stop_token stop,
                                     const OnProgress& progress, const OnTile& onTile) {
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
  return extractFeatures(opened, encoder, options, std::move(stop), progress, onTile);
}

}  // namespace geneglass
