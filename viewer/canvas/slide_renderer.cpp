// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/slide_renderer.h"

#include <QElapsedTimer>
#include <cmath>
#include <set>
#include <utility>

#include "viewer/canvas/frame_pacing.h"
#include "viewer/canvas/gl_program.h"
#include "viewer/canvas/heatmap_drawer.h"
#include "viewer/canvas/lines/annotation_drawer.h"
#include "viewer/canvas/lines/line_pictures.h"
#include "viewer/canvas/painting/painted_view.h"
#include "viewer/canvas/tiles/tile_drawer.h"
#include "viewer/canvas/tiles/tile_textures.h"

namespace geneglass {

constexpr size_t kAnnotationBytes = 64u << 20;  ///< of their lines on the GPU, and of pictures of them
constexpr size_t kMostDrawnInSoftware = 1500;   ///< annotations in view; more are drawn as pictures

/// What lives on the GPU.
struct OnGpu {
  OnGpu(Gl& functions, const RenderBudget& budget, std::function<bool(TileKey)> isPinned)
      : gl(functions),
        isInMainMemory(drawsInSoftware(gl)),
        emptiesCache(isInMainMemory && !budget.cacheIsLent),
        textures(gl, budget.textureBytes, std::move(isPinned), homeOf(budget, isInMainMemory)),
        annotations(gl, kAnnotationBytes) {
    if (homeOf(budget, isInMainMemory) == TileTextures::Home::MainMemory)
      painted.emplace(gl);
    else
      drawn.emplace(gl, budget.mapBytes);
  }

  static TileTextures::Home homeOf(const RenderBudget& budget, bool isInMainMemory) {
    if (budget.paintsTiles.value_or(isInMainMemory && !budget.cacheIsLent))
      return TileTextures::Home::MainMemory;
    return budget.pixelBuffers.value_or(!isInMainMemory) ? TileTextures::Home::BufferedTextures
                                                         : TileTextures::Home::Textures;
  }

  /// In the way that this driver is fast in.
  void drawTilesAndMaps(const Slide& slide, const Viewport& viewport, const DisplayColour& colour,
                        std::optional<double> now, std::vector<ShownMap> maps, FrameReport& report);

  /// In the way that this driver is fast in.
  void drawAnnotations(const AnnotationSetPtr& set, const Viewport& viewport, const RenderBudget& budget,
                       const FrameContext& context, FrameReport& report);

  Gl& gl;
  const bool isInMainMemory;
  const bool emptiesCache;  ///< of what was uploaded: once in main memory is enough
  TileTextures textures;
  struct Drawn {
    Drawn(Gl& gl, size_t mapBytes) : tiles(gl), maps(gl, mapBytes) {}
    TileDrawer tiles;
    HeatmapDrawer maps;
  };
  std::optional<Drawn> drawn;          ///< one of these two
  std::optional<PaintedView> painted;  ///< in main memory
  AnnotationDrawer annotations;
  std::optional<LinePictures> linePictures;  ///< made once there are that many
};

namespace {

/// What the cache keeps where textures lie in main memory too: tiles on their way, two full screens of them.
constexpr size_t kHandOverBytes = 128u << 20;

/// `isPainted`: each pixel is about to be written.
void beginFrame(Gl& gl, const Viewport& viewport, bool isPainted) {
  const QColor glass = emptyGlassColour();
  gl.glViewport(0, 0, static_cast<GLsizei>(std::lround(viewport.width)),
                static_cast<GLsizei>(std::lround(viewport.height)));
  gl.glDisable(GL_DEPTH_TEST);
  gl.glDisable(GL_STENCIL_TEST);
  gl.glDisable(GL_SCISSOR_TEST);
  gl.glDisable(GL_CULL_FACE);
  gl.glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  gl.glClearColor(glass.redF(), glass.greenF(), glass.blueF(), 1);
  if (!isPainted) gl.glClear(GL_COLOR_BUFFER_BIT);
  gl.glEnable(GL_BLEND);
  gl.glBlendEquation(GL_FUNC_ADD);
  gl.glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void leaveClean(Gl& gl) {
  gl.glDisable(GL_BLEND);
  gl.glBindVertexArray(0);
  gl.glBindBuffer(GL_ARRAY_BUFFER, 0);
  gl.glActiveTexture(GL_TEXTURE1);
  gl.glBindTexture(GL_TEXTURE_2D, 0);
  gl.glActiveTexture(GL_TEXTURE0);
  gl.glBindTexture(GL_TEXTURE_2D, 0);
  gl.glBindTexture(GL_TEXTURE_2D_ARRAY, 0);
  gl.glUseProgram(0);
}

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

}  // namespace

void OnGpu::drawTilesAndMaps(const Slide& slide, const Viewport& viewport, const DisplayColour& colour,
                             std::optional<double> now, std::vector<ShownMap> maps, FrameReport& report) {
  beginFrame(gl, viewport, painted.has_value());
  if (painted) {
    report.uploadedProfiles = painted->draw(slide, viewport, report.plan.draw, textures, colour, now,
                                            std::move(maps), emptyGlassColour().rgba());
    return;
  }
  report.uploadedProfiles = drawn->tiles.draw(slide, viewport, report.plan.draw, textures, colour, now);
  for (const ShownMap& map : maps) report.uploadedHeatmaps += drawn->maps.draw(map, viewport);
}

void OnGpu::drawAnnotations(const AnnotationSetPtr& set, const Viewport& viewport, const RenderBudget& budget,
                            const FrameContext& context, FrameReport& report) {
  const auto isCrowded = [&] {
    return isInMainMemory &&
           set->countWithin(viewport.visible(), kMostDrawnInSoftware + 1) > kMostDrawnInSoftware;
  };
  const double milliseconds =
      context.forFile ? std::numeric_limits<double>::max() : budget.uploadMillisecondsPerFrame;
  if (!context.forFile && (budget.linePictures ? *budget.linePictures : isCrowded())) {
    if (!linePictures) linePictures.emplace(gl, kAnnotationBytes);
    const auto [pictures, waiting] = linePictures->draw(set, viewport, milliseconds, context.lineScale);
    report.drawnLinePictures += pictures;
    report.fading |= waiting;
    return;
  }
  const auto [lines, waiting] = annotations.draw(set, viewport, milliseconds, context.lineScale);
  report.drawnLines += lines;
  report.uploadsWaiting |= waiting;
}

struct SlideRenderer::Parts {
  void uploadWanted(const TilePlan& before, double milliseconds, FrameReport& report);
  std::vector<TileKey> damagedOf(const TilePlan& plan) const;
  void healDamaged(const std::vector<TileKey>& damaged, FrameReport& report);
  void prepare(const Viewport& viewport, const FrameContext& context, FrameReport& report);
  TilePlan plan(const Viewport& viewport, const ViewCourse& course) const;
  bool isFading(TileKey key) const;

  std::shared_ptr<const Slide> slide;
  std::shared_ptr<TileCache> cache;
  RenderBudget budget;
  std::unique_ptr<OnGpu> gpu;
  uint64_t frame = 0;
  Viewport lastView;
  std::optional<double> now;  ///< FrameContext::now of this frame
  std::set<TileKey> missed;   ///< what the last frame showed coarser tiles for
};

SlideRenderer::SlideRenderer(std::shared_ptr<const Slide> slide, std::shared_ptr<TileCache> cache,
                             RenderBudget budget)
    : m_parts(std::make_unique<Parts>()) {
  m_parts->slide = std::move(slide);
  m_parts->cache = std::move(cache);
  m_parts->budget = budget;
}

SlideRenderer::~SlideRenderer() = default;

TilePlan SlideRenderer::Parts::plan(const Viewport& viewport, const ViewCourse& course) const {
  return planTiles(*slide, viewport,
                   {[this](TileKey key) { return gpu->textures.find(key) != nullptr; },
                    [this](TileKey key) { return isFading(key); }},
                   course);
}

bool SlideRenderer::Parts::isFading(TileKey key) const {
  const TileTextures::Place* place = gpu->textures.find(key);
  return place && now && *now < place->since + kFadeSeconds;
}

/// In the order of need, so that the coarsest come first. What the view shows already stays.
void SlideRenderer::Parts::uploadWanted(const TilePlan& before, double milliseconds, FrameReport& report) {
  for (const TileKey key : before.draw) gpu->textures.markUsed(key, frame);
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
    if (!gpu->textures.upload(tile, layerSize, {frame, since})) return;
    if ((gpu->emptiesCache && !tile->damaged) || tile->unfinished) cache->drop(key);  // once is enough
    ++report.uploadedTiles;
    report.uploadMilliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
  }
}

std::vector<TileKey> SlideRenderer::Parts::damagedOf(const TilePlan& plan) const {
  std::vector<TileKey> damaged;
  for (const TileKey key : plan.draw)
    if (const TileTextures::Place* place = gpu->textures.find(key); place && (place->damaged || place->stale))
      damaged.push_back(key);
  return damaged;
}

/// Those that were read again and are sound now, have got further, or are as they are to be shown.
void SlideRenderer::Parts::healDamaged(const std::vector<TileKey>& damaged, FrameReport& report) {
  for (const TileKey key : damaged) {
    const TilePtr tile = cache->find(key);
    const TileTextures::Place* place = gpu->textures.find(key);
    if (!tile || (tile->damaged && !(place && place->stale))) continue;
    const Size layerSize = slide->levels[static_cast<size_t>(key.level)].tile;
    report.uploadedTiles += gpu->textures.upload(tile, layerSize, {frame, TileTextures::kAlways});
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
  if (!m_parts->gpu) return;
  if (m_parts->gpu->emptiesCache) m_parts->cache->lowerLimit(kHandOverBytes);
  m_parts->gpu->textures.markStale();
}

void SlideRenderer::setMemory(size_t textureBytes, size_t mapBytes) {
  m_parts->budget.textureBytes = textureBytes;
  m_parts->budget.mapBytes = mapBytes;
  if (!m_parts->gpu) return;
  m_parts->gpu->textures.setLimit(textureBytes);
  if (m_parts->gpu->drawn) m_parts->gpu->drawn->maps.setLimit(mapBytes);
}

bool SlideRenderer::makeRoom() {
  if (!m_parts->gpu) return false;
  const Slide& slide = *m_parts->slide;
  const int best = bestLevel(slide, m_parts->lastView);
  const size_t layers = 2 * visibleTiles(slide, m_parts->lastView, best).size();
  return m_parts->gpu->textures.makeRoom(slide.levels[static_cast<size_t>(best)].tile, layers);
}

FrameReport SlideRenderer::draw(const Viewport& viewport, const std::vector<OverlayLayer>& layers,
                                const DisplayColour& colour, const FrameContext& context) {
  FrameReport report;
  Parts& parts = *m_parts;
  if (!parts.gpu) {
    Gl* gl = currentGl();
    if (!gl) return report;
    const bool pinCoarsest = keepsCoarsestLevel(*parts.slide);
    const int coarsest = static_cast<int>(parts.slide->levels.size()) - 1;
    parts.gpu = std::make_unique<OnGpu>(*gl, parts.budget, [pinCoarsest, coarsest](TileKey key) {
      return pinCoarsest && key.level == coarsest;
    });
    if (parts.gpu->emptiesCache) parts.cache->lowerLimit(kHandOverBytes);
  }
  ++parts.frame;
  OnGpu& gpu = *parts.gpu;
  parts.prepare(viewport, context, report);
  report.drawnTiles = static_cast<int>(report.plan.draw.size());
  for (const TileKey key : report.plan.draw) {
    gpu.textures.markUsed(key, parts.frame);
    const TileTextures::Place* place = gpu.textures.find(key);
    report.damagedTiles += place && !place->page;
    report.fading |= parts.isFading(key);
  }
  gpu.drawTilesAndMaps(*parts.slide, viewport, colour, parts.now, mapsOf(layers, context.lens), report);
  for (const OverlayLayer& layer : layers)
    if (layer.annotations) gpu.drawAnnotations(layer.annotations, viewport, parts.budget, context, report);
  leaveClean(gpu.gl);
  report.residentBytes = gpu.textures.bytes();
  if (gpu.drawn) report.mapBytes = gpu.drawn->maps.bytes();
  return report;
}

}  // namespace geneglass
