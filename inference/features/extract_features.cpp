// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/extract_features.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <utility>

#include "inference/encoder/encoder.h"
#include "inference/features/pump.h"
#include "inference/package/int8_facts.h"
#include "inference/package/package_precision.h"
#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/watch.h"

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
  Extraction(const OpenedSlide& opened, const ModelPackage& package, const ExtractOptions& options,
             std::stop_token stop, const OnProgress& progress, const OnTile& onTile)
      : m_opened(opened),
        m_slide(*opened.slide),
        m_package(package),
        m_options(options),
        m_stop(std::move(stop)),
        m_progress(progress),
        m_onTile(onTile) {
    m_out.precision = options.precision.value_or(defaultPrecision(package));
  }

  Result<ExtractedBag> run() {
    if (!m_slide.mpp) return tl::unexpected(unknownMpp(m_slide));
    if (isCached()) return finished();
    const SharedTissue::Mask tissue = findTissueNow();
    if (!tissue) return tl::unexpected(tissue.error());
    Result<std::unique_ptr<GrowingBag>> bag = begin(**tissue);
    if (!bag) return tl::unexpected(bag.error());
    if (Result<void> filled = fill(**bag, (*tissue)->meanBrightness); !filled)
      return tl::unexpected(filled.error());
    m_out.bag = (*bag)->usable();
    m_out.damagedTiles = static_cast<int>((*bag)->count(TileState::Damaged));
    if (m_out.bag.grid.count() == 0)
      return impossible(m_slide, m_out.damagedTiles > 0
                                     ? "no tile of its tissue can be read"
                                     : "its tissue is too pale or too even to tell anything");
    keep((*bag)->isKept());
    return finished();
  }

 private:
  Result<ExtractedBag> finished() {
    m_out.seconds.total = m_watch.seconds();
    return std::move(m_out);
  }

  bool isCached() {
    if (!m_options.cache) return false;
    const std::filesystem::path file = m_options.cache->complete(m_slide, m_package, m_out.precision);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return false;
    Result<FeatureBag> bag = readBag(file);
    if (!bag || bag->slideHash != m_slide.hash ||
        bag->encoderHash != featuresHash(m_package, m_out.precision))
      return false;
    m_options.cache->touch(file);
    m_out.damagedTiles = bag->damagedTiles;
    m_out.tilesFromCache = bag->grid.count();
    m_out.bag = std::move(*bag);
    return true;
  }

  SharedTissue::Mask findTissueNow() {
    if (m_progress) m_progress({"finding tissue", 0, 0, -1});
    const Watch watch;
    SharedTissue::Mask tissue =
        m_options.tissue
            ? m_options.tissue->wait(m_stop)
            : findTissue(m_opened, {}, static_cast<int>(ownThreads(m_options.threads)), m_stop,
                         m_options.eyeFirst.get())
                  .map([](TissueMask mask) { return std::make_shared<const TissueMask>(std::move(mask)); });
    m_out.seconds.tissue = watch.seconds();
    return tissue;
  }

  /// The bag to fill, with what an earlier run left.
  Result<std::unique_ptr<GrowingBag>> begin(const TissueMask& tissue) {
    const EncoderFacts& facts = m_package.encoder;
    FeatureBag frame;
    Result<TileGrid> grid = layTiles(m_slide, tissue, facts.tile, facts.mpp, m_package.minimumTissue);
    if (!grid) return tl::unexpected(grid.error());
    if (grid->count() == 0) return impossible(m_slide, "no tissue was found that fills a tile");
    frame.grid = std::move(*grid);
    frame.slideHash = m_slide.hash;
    frame.encoderHash = featuresHash(m_package, m_out.precision);
    frame.mpp = m_slide.mpp->mean();
    const auto width = static_cast<size_t>(facts.width);
    if (m_options.cache) {
      m_options.cache->trim();
      const auto file = m_options.cache->growing(m_slide, m_package, m_out.precision);
      // Where it cannot be kept (another process has it, the disk is full) it is computed all the same.
      if (auto bag = GrowingBag::open(file, frame, width)) return std::move(*bag);
    }
    return std::make_unique<GrowingBag>(std::move(frame), width);
  }

  Result<void> fill(GrowingBag& bag, double tissueBrightness) {
    const size_t total = bag.frame().grid.count(), waiting = bag.count(TileState::Waiting);
    m_out.tilesFromCache = total - waiting;
    if (waiting == 0) return {};
    Result<Encoder> encoder = loadEncoder(m_package, m_out.precision);
    if (!encoder) return tl::unexpected(encoder.error());
    Reporter reporter(m_progress, total - waiting, total);
    const auto tileDone = [&] {
      reporter.tileDone();
      if (m_onTile) m_onTile(bag);
    };
    const Watch watch;
    const Result<PumpSeconds> pumped =
        pump(m_opened, *encoder, bag,
             {m_options.threads, tissueBrightness, m_options.eyeFirst, m_options.watched}, m_stop, tileDone);
    if (m_stop.stop_requested())
      return fail(fmt::format("The prediction of '{}' was cancelled.", m_slide.file.string()));
    if (!pumped) return tl::unexpected(pumped.error());
    const double share = watch.seconds() / std::max(1e-9, pumped->read + pumped->encode);
    m_out.seconds.read = pumped->read * share;
    m_out.seconds.encode = pumped->encode * share;
    return {};
  }

  /// As a complete bag in place of the growing one.
  void keep(bool wasKept) {
    if (!m_options.cache || !wasKept) return;
    const auto complete = m_options.cache->complete(m_slide, m_package, m_out.precision);
    FeatureBag& bag = m_out.bag;
    bag.damagedTiles = m_out.damagedTiles;
    if (!writeBag(complete, bag)) return;  // the growing one holds the same
    std::error_code error;
    std::filesystem::remove(m_options.cache->growing(m_slide, m_package, m_out.precision), error);
    m_options.cache->trim(complete);
  }

  const OpenedSlide& m_opened;
  const Slide& m_slide;
  const ModelPackage& m_package;
  const ExtractOptions& m_options;
  const std::stop_token m_stop;
  const OnProgress& m_progress;
  const OnTile& m_onTile;
  const Watch m_watch;
  ExtractedBag m_out;
};

}  // namespace

Result<ExtractedBag> extractFeatures(const OpenedSlide& opened, const ModelPackage& package,
                                     const ExtractOptions& options, std::stop_token stop,
                                     const OnProgress& progress, const OnTile& onTile) {
  return Extraction(opened, package, options, std::move(stop), progress, onTile).run();
}

}  // namespace geneglass
