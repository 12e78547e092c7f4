// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/slide_renderer.h"

#include <QElapsedTimer>
#include <limits>
#include <set>
#include <utility>

#include "viewer/canvas/drawn_view.h"
#include "viewer/canvas/empty_glass.h"
#include "viewer/canvas/frame_pacing.h"
#include "viewer/canvas/graphics/gl_program.h"
#include "viewer/canvas/painting/painted_view.h"

namespace geneglass {
namespace {

/// What the cache keeps where tiles stay in main memory: tiles on their way, two full screens of them.
constexpr size_t kHandOverBytes = 128u << 20;

/// In drawing order, those of a lens last.
std::vector<ShownMap> mapsOf(const std::vector<OverlayLayer>& layers, const MapLens* lens) {
  std::vector<ShownMap> maps;
  const auto add = [&](const std::vector<OverlayLayer>& added, const MapCut& cut) {
    for (const OverlayLayer& layer : added)
      if (auto heatmap = layer.overlay ? layer.overlay->heatmap() : nullptr)
        maps.push_back({std::move(heatmap), layer.style, cut});
  };
  add(layers, lens ? lens->cut(MapCut::Side::Outside) : MapCut());
  if (lens) add(lens->layers, lens->cut(MapCut::Side::Inside));
  return maps;
}

std::vector<AnnotationSetPtr> annotationsOf(const std::vector<OverlayLayer>& layers) {
  std::vector<AnnotationSetPtr> sets;
  for (const OverlayLayer& layer : layers)
    if (layer.annotations) sets.push_back(layer.annotations);
  return sets;
}

}  // namespace

/// What lives as long as a context, and how it is shown.
struct ResidentView {
  TileTextures textures;
  std::unique_ptr<DrawnView> drawn;      ///< one of these two
  std::unique_ptr<PaintedView> painted;  ///< in main memory

  ResidentView(const RenderBudget& budget, std::function<bool(TileKey)> isPinned)
      : textures(budget.textureBytes, std::move(isPinned)),
        painted(std::make_unique<PaintedView>(budget.linePictures)) {}
  ResidentView(Gl& gl, const RenderBudget& budget, std::function<bool(TileKey)> isPinned)
      : textures(gl, budget.textureBytes, std::move(isPinned),
                 budget.pixelBuffers.value_or(!drawsInSoftware(gl))),
        drawn(std::make_unique<DrawnView>(gl, budget.mapBytes)) {}
};

struct SlideRenderer::Parts {
  void uploadWanted(const TilePlan& before, double milliseconds, FrameReport& report);
  std::vector<TileKey> damagedOf(const TilePlan& plan) const;
  void noteUpload(TileKey key, FrameReport& report) const;
  void healDamaged(const std::vector<TileKey>& damaged, FrameReport& report);
  void prepare(const Viewport& viewport, const FrameContext& context, FrameReport& report);
  TilePlan plan(const Viewport& viewport, const ViewCourse& course) const;
  bool isFading(TileKey key) const;
  bool makeResident();
  /// Of what was taken from it: once in main memory is enough.
  bool emptiesCache() const { return surface == Surface::Raster && !budget.cacheIsLent; }

  std::shared_ptr<const Slide> slide;
  std::shared_ptr<TileCache> cache;
  RenderBudget budget;
  Surface surface = Surface::Graphics;
  std::unique_ptr<ResidentView> resident;  ///< made in the first frame
  uint64_t frame = 0;
  Viewport lastView;
  std::optional<double> now;  ///< FrameContext::now of this frame
  std::set<TileKey> missed;   ///< what the last frame showed coarser tiles for
};

SlideRenderer::SlideRenderer(std::shared_ptr<const Slide> slide, std::shared_ptr<TileCache> cache,
                             Surface surface, RenderBudget budget)
    : m_parts(std::make_unique<Parts>()) {
  m_parts->slide = std::move(slide);
  m_parts->cache = std::move(cache);
  m_parts->surface = surface;
  m_parts->budget = budget;
}

SlideRenderer::~SlideRenderer() = default;

TilePlan SlideRenderer::Parts::plan(const Viewport& viewport, const ViewCourse& course) const {
  return planTiles(*slide, viewport,
                   {[this](TileKey key) { return resident->textures.find(key) != nullptr; },
                    [this](TileKey key) { return isFading(key); }},
                   course);
}

bool SlideRenderer::Parts::isFading(TileKey key) const {
  const TileTextures::Place* place = resident->textures.find(key);
  return place && now && *now < place->since + kFadeSeconds;
}

/// What stays in main memory is not handed to anybody.
void SlideRenderer::Parts::noteUpload(TileKey key, FrameReport& report) const {
  ++report.uploadedTiles;
  const TileTextures::Place* place = resident->textures.find(key);
  if (place && place->page && resident->drawn)
    report.uploadedBytes += sizeof(uint32_t) * static_cast<size_t>(place->width * place->height);
}

/// In the order of need, so that the coarsest come first. What the view shows already stays.
void SlideRenderer::Parts::uploadWanted(const TilePlan& before, double milliseconds, FrameReport& report) {
  for (const TileKey key : before.draw) resident->textures.markUsed(key, frame);
  QElapsedTimer timer;
  timer.start();
  for (const TileKey key : before.want) {
    const TilePtr tile = cache->find(key);
    if (!tile) continue;
    if (report.uploadedTiles > 0 && report.uploadMilliseconds >= milliseconds) {
      report.uploadsWaiting = true;
      return;
    }
    const Size layerSize = slide->levels[static_cast<size_t>(key.level)].tile;
    const bool fades = now && missed.contains(key);  // its first frame is one into the fade already
    const double since = fades ? *now - kScreenFrameMilliseconds / 1000 : TileTextures::kAlways;
    if (!resident->textures.upload(tile, layerSize, {frame, since})) return;
    if ((emptiesCache() && !tile->damaged) || tile->unfinished) cache->drop(key);  // once is enough
    noteUpload(key, report);
    report.uploadMilliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
  }
}

std::vector<TileKey> SlideRenderer::Parts::damagedOf(const TilePlan& plan) const {
  std::vector<TileKey> damaged;
  for (const TileKey key : plan.draw)
    if (const TileTextures::Place* place = resident->textures.find(key);
        place && (place->damaged || place->stale))
      damaged.push_back(key);
  return damaged;
}

/// Those that were read again and are sound now, have got further, or are as they are to be shown.
void SlideRenderer::Parts::healDamaged(const std::vector<TileKey>& damaged, FrameReport& report) {
  for (const TileKey key : damaged) {
    const TilePtr tile = cache->find(key);
    const TileTextures::Place* place = resident->textures.find(key);
    if (!tile || (tile->damaged && !(place && place->isOutdated()))) continue;
    const Size layerSize = slide->levels[static_cast<size_t>(key.level)].tile;
    if (resident->textures.upload(tile, layerSize, {frame, TileTextures::kAlways})) noteUpload(key, report);
    if (tile->unfinished) cache->drop(key);
  }
}

/// Plans, asks and uploads; plans again only where that changed something. Damaged tiles are asked for again
/// after all others: the loader knows when it is worth a try.
void SlideRenderer::Parts::prepare(const Viewport& viewport, const FrameContext& context,
                                   FrameReport& report) {
  now = context.now;
  const Viewport last = std::exchange(lastView, viewport);
  const Point way{viewport.centre.x - last.centre.x, viewport.centre.y - last.centre.y};
  const ViewCourse course{context.destination, frame == 1 ? Point{} : way};
  report.plan = plan(viewport, course);
  const std::vector<TileKey> damaged = damagedOf(report.plan);
  report.plan.want.insert(report.plan.want.end(), damaged.begin(), damaged.end());
  if (context.ask) context.ask(report.plan);
  report.plan.want.resize(report.plan.want.size() - damaged.size());
  healDamaged(damaged, report);
  uploadWanted(report.plan,
               viewport == last ? budget.uploadMillisecondsStanding : budget.uploadMillisecondsPerFrame,
               report);
  if (report.uploadedTiles > 0) report.plan = plan(viewport, course);
  missed.clear();
  if (!report.plan.blank)
    missed.insert(report.plan.want.begin(),
                  report.plan.want.begin() + static_cast<std::ptrdiff_t>(report.plan.needed));
}

void SlideRenderer::takeTiles(std::shared_ptr<TileCache> cache) {
  m_parts->cache = std::move(cache);
  if (!m_parts->resident) return;
  if (m_parts->emptiesCache()) m_parts->cache->lowerLimit(kHandOverBytes);
  m_parts->resident->textures.markStale();
}

void SlideRenderer::setMemory(size_t textureBytes, size_t mapBytes) {
  m_parts->budget.textureBytes = textureBytes;
  m_parts->budget.mapBytes = mapBytes;
  if (!m_parts->resident) return;
  m_parts->resident->textures.setLimit(textureBytes);
  if (m_parts->resident->drawn) m_parts->resident->drawn->setMapLimit(mapBytes);
}

bool SlideRenderer::makeRoom() {
  if (!m_parts->resident) return false;
  const Slide& slide = *m_parts->slide;
  const int best = bestLevel(slide, m_parts->lastView);
  const size_t layers = 2 * visibleTiles(slide, m_parts->lastView, best).size();
  return m_parts->resident->textures.makeRoom(slide.levels[static_cast<size_t>(best)].tile, layers);
}

/// False where there is no OpenGL 3.3.
bool SlideRenderer::Parts::makeResident() {
  const bool pinCoarsest = keepsCoarsestLevel(*slide);
  const int coarsest = static_cast<int>(slide->levels.size()) - 1;
  const auto isPinned = [pinCoarsest, coarsest](TileKey key) { return pinCoarsest && key.level == coarsest; };
  if (surface == Surface::Raster)
    resident = std::make_unique<ResidentView>(budget, isPinned);
  else if (Gl* gl = currentGl())
    resident = std::make_unique<ResidentView>(*gl, budget, isPinned);
  else
    return false;
  if (emptiesCache()) cache->lowerLimit(kHandOverBytes);
  return true;
}

FrameReport SlideRenderer::draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                                const DisplayColour& colour, const FrameContext& context) {
  FrameReport report;
  Parts& parts = *m_parts;
  if (!parts.resident && !parts.makeResident()) return report;
  ++parts.frame;
  TileTextures& textures = parts.resident->textures;
  parts.prepare(viewport, context, report);
  report.drawnTiles = static_cast<int>(report.plan.draw.size());
  for (const TileKey key : report.plan.draw) {
    textures.markUsed(key, parts.frame);
    const TileTextures::Place* place = textures.find(key);
    report.damagedTiles += place && !place->page;
    report.fading |= parts.isFading(key);
  }
  ShownView view{
      *parts.slide,
      viewport,
      report.plan.draw,
      textures,
      colour,
      parts.now,
      mapsOf(layers, context.lens),
      annotationsOf(layers),
      context.forFile ? std::numeric_limits<double>::max() : parts.budget.uploadMillisecondsPerFrame,
      context.lineScale};
  if (parts.resident->painted)
    parts.resident->painted->draw(std::move(view), emptyGlassColour().rgba(), context.forFile, report);
  else
    parts.resident->drawn->draw(view, report);
  report.residentBytes = textures.bytes();
  return report;
}

QImage SlideRenderer::picture() const {
  if (!m_parts->resident || !m_parts->resident->painted) return {};
  const Image& picture = m_parts->resident->painted->picture();
  if (picture.pixels.empty()) return {};
  return {reinterpret_cast<const uchar*>(picture.pixels.data()), picture.width, picture.height,
          static_cast<qsizetype>(picture.width) * 4, QImage::Format_RGB32};
}

}  // namespace geneglass
