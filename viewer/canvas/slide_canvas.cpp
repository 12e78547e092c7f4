// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/slide_canvas.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viewer/canvas/canvas_parts.h"
#include "viewer/canvas/empty_glass.h"
#include "viewer/canvas/frame_pacing.h"
#include "viewer/canvas/legend.h"

namespace geneglass {
namespace {

constexpr int kFrameMilliseconds = 16;
constexpr int kRestMilliseconds = 4;  ///< of a frame, before what is not urgent

void paintNotice(QPainter& painter, const QRect& area, const QString& text) {
  painter.fillRect(area, emptyGlassColour());
  painter.setPen(QColor(90, 96, 104));
  painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, text);
}

}  // namespace

SlideCanvas::SlideCanvas(QWidget* parent, Surface surface)
    : QWidget(parent), m_parts(std::make_unique<CanvasParts>()) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setContextMenuPolicy(Qt::PreventContextMenu);
  grabGesture(Qt::PinchGesture);
  setAccessibleName(tr("Slide"));
  setAccessibleDescription(tr("The slide under the microscope. Arrows pan, plus and minus magnify, F fits."));
  setMinimumSize(120, 120);
  if (surface == Surface::Graphics) {
    m_parts->surface = new GlSurface(
        this, [this] { paintOn(*m_parts->surface); }, [this] { m_parts->renderer.reset(); },
        [this] { paintWithoutGraphics(); });
    connect(m_parts->surface, &QOpenGLWidget::frameSwapped, this, &SlideCanvas::frameShown);
  }
  m_parts->clock.start();
  m_parts->tilesWait.setSingleShot(true);
  m_parts->tilesWait.setTimerType(Qt::PreciseTimer);
  connect(&m_parts->tilesWait, &QTimer::timeout, this, &SlideCanvas::redraw);
  m_parts->rest.setSingleShot(true);
  connect(&m_parts->rest, &QTimer::timeout, this, &SlideCanvas::makeRoom);
  m_parts->animation.setInterval(kFrameMilliseconds);
  m_parts->animation.setTimerType(Qt::PreciseTimer);
  connect(&m_parts->animation, &QTimer::timeout, this, [this] {
    const double now = m_parts->now();
    look(m_parts->motion.advanced(m_parts->viewport, now - std::exchange(m_parts->lastStep, now)));
    if (!m_parts->motion.isMoving()) m_parts->animation.stop();
  });
}

SlideCanvas::~SlideCanvas() {
  releaseRenderer();
  delete m_parts->surface;
}

void SlideCanvas::redraw() {
  if (m_parts->surface)
    m_parts->surface->update();
  else
    update();
}

void SlideCanvas::releaseRenderer() {
  if (m_parts->renderer) m_parts->inContext([this] { m_parts->renderer.reset(); });
}

/// What lay on the graphics card went with it.
void SlideCanvas::paintWithoutGraphics() {
  releaseRenderer();
  m_parts->surface->hide();
  std::exchange(m_parts->surface, nullptr)->deleteLater();
  m_parts->frame = {};
  redraw();
  Q_EMIT graphicsLost();
}

void SlideCanvas::makeRoom() {
  if (!m_parts->renderer) return;
  m_parts->inContext([this] {
    if (m_parts->renderer->makeRoom()) m_parts->rest.start(kRestMilliseconds);
  });
}

void SlideCanvas::showSlide(std::shared_ptr<const Slide> slide, std::weak_ptr<TileLoader> loader,
                            std::shared_ptr<TileCache> cache) {
  releaseRenderer();
  m_parts->motion.stop();
  m_parts->slide = std::move(slide);
  showTiles(std::move(loader), std::move(cache));
  m_parts->layers.clear();
  m_parts->colour = {};
  m_parts->frame = {};
  if (m_parts->slide) fitSlide();
}

void SlideCanvas::showTiles(std::weak_ptr<TileLoader> loader, std::shared_ptr<TileCache> cache) {
  m_parts->loader = std::move(loader);
  m_parts->cache = std::move(cache);
  if (m_parts->renderer) m_parts->renderer->takeTiles(m_parts->cache);
  redraw();
}

void SlideCanvas::setMemory(const RenderBudget& budget) {
  m_parts->budget = budget;
  if (!m_parts->renderer) return;
  if (m_parts->frame.residentBytes > budget.textureBytes)
    releaseRenderer();
  else
    m_parts->renderer->setMemory(budget.textureBytes, budget.mapBytes);
  redraw();
}

/// The first legend over a slide that lies as fitted moves it aside; those that follow, from gene to gene, do
/// not.
void SlideCanvas::setLayers(std::vector<OverlayLayer> layers) {
  m_parts->layers = std::move(layers);
  if (m_parts->fitWhenSized && !m_parts->isFitAround && !legendNow().isEmpty()) fitSlide();
  redraw();
}

void SlideCanvas::setLens(std::optional<MapLens> lens) {
  if (std::exchange(m_parts->lens, std::move(lens)) || m_parts->lens) redraw();
}

void SlideCanvas::setDisplayColour(DisplayColour colour) {
  m_parts->colour = std::move(colour);
  redraw();
}

const DisplayColour& SlideCanvas::displayColour() const {
  return m_parts->colour;
}

void SlideCanvas::setViewport(const Viewport& viewport) {
  m_parts->motion.stop();
  look(viewport);
}

void SlideCanvas::setTool(CanvasTool* tool) {
  m_parts->tool = tool;
  m_parts->isToolsHand = false;
  showCursor();
  redraw();
}

void SlideCanvas::showCursor() {
  if (m_parts->isSpaceDown) return setCursor(Qt::OpenHandCursor);
  if (!m_parts->tool) return unsetCursor();
  setCursor(m_parts->tool->cursor());
}

const Viewport& SlideCanvas::viewport() const {
  return m_parts->viewport;
}

const FrameReport& SlideCanvas::lastFrame() const {
  return m_parts->frame;
}

QImage SlideCanvas::grabPicture() {
  m_parts->isGrabbed = true;
  QImage picture;
  if (m_parts->surface) {
    picture = m_parts->surface->grabFramebuffer().convertToFormat(QImage::Format_RGB32);
  } else {
    picture = QImage(size() * devicePixelRatioF(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(devicePixelRatioF());
    paintOn(picture);
  }
  m_parts->isGrabbed = false;
  return picture;
}

void SlideCanvas::tileArrived() {
  const double elapsed = 1000 * (m_parts->now() - m_parts->lastFrame);
  const auto loader = m_parts->loader.lock();
  const int needed = loader ? loader->needed() : 0;
  const int wait = static_cast<int>(std::ceil(waitForTiles(m_parts->frame, elapsed, needed)));
  if (wait == 0 || !m_parts->tilesWait.isActive()) m_parts->tilesWait.start(wait);
}

Point SlideCanvas::onScreen(QPointF position) const {
  return {position.x() * devicePixelRatioF(), position.y() * devicePixelRatioF()};
}

Hand SlideCanvas::handAt(QPointF position, Qt::KeyboardModifiers modifiers) const {
  const Point screen = onScreen(position);
  return {m_parts->viewport.toSlide(screen), screen, m_parts->viewport.downsample, modifiers};
}

QRectF SlideCanvas::legendNow() const {
  return legendRoom(devicePixelRatioF(), {m_parts->viewport.width, m_parts->viewport.height},
                    m_parts->layers);
}

void SlideCanvas::fitSlide() {
  if (!m_parts->slide) return;
  m_parts->motion.stop();
  const double width = std::max(1.0, m_parts->viewport.width),
               height = std::max(1.0, m_parts->viewport.height);
  const QRectF legend = legendNow();
  const Rect& area = m_parts->slide->bounds;
  look(legend.isEmpty() ? fit(area, width, height)
                        : fitAround(area, width, height, {legend.left(), legend.top()}));
  m_parts->fitWhenSized = true;
  m_parts->isFitAround = !legend.isEmpty();
}

/// Every change of what is looked at goes through here.
void SlideCanvas::look(const Viewport& viewport) {
  m_parts->fitWhenSized = false;
  Viewport wanted = viewport.resized(width() * devicePixelRatioF(), height() * devicePixelRatioF());
  if (m_parts->slide) wanted = wanted.limitedTo(*m_parts->slide);
  if (wanted == m_parts->viewport) return;
  m_parts->viewport = wanted;
  redraw();
  Q_EMIT viewportChanged(wanted);
}

void SlideCanvas::takeSize() {
  if (m_parts->surface) m_parts->surface->setGeometry(rect());
  const Viewport sized =
      m_parts->viewport.resized(width() * devicePixelRatioF(), height() * devicePixelRatioF());
  if (m_parts->fitWhenSized && m_parts->slide) {
    m_parts->viewport = sized;
    fitSlide();
  } else {
    look(sized);
  }
}

void SlideCanvas::resizeEvent(QResizeEvent*) {
  takeSize();
}

void SlideCanvas::paintEvent(QPaintEvent*) {
  if (m_parts->surface) return;
  paintOn(*this);
  // The window's picture goes to the screen before the next event.
  QMetaObject::invokeMethod(this, &SlideCanvas::frameShown, Qt::QueuedConnection);
}

void SlideCanvas::paintOn(QPaintDevice& device) {
  if (!m_parts->slide) {
    QPainter painter(&device);
    return paintNotice(painter, rect(), tr("Open a slide, or drop one here."));
  }
  if (!m_parts->renderer)
    m_parts->renderer = std::make_unique<SlideRenderer>(
        m_parts->slide, m_parts->cache, m_parts->surface ? Surface::Graphics : Surface::Raster,
        m_parts->budget);
  m_parts->lastFrame = m_parts->now();
  m_parts->frame =
      m_parts->renderer->draw(m_parts->viewport, m_parts->layers, m_parts->colour, frameContext());
  QPainter painter(&device);
  painter.scale(1 / devicePixelRatioF(), 1 / devicePixelRatioF());
  if (!m_parts->surface) painter.drawImage(0, 0, m_parts->renderer->picture());
  painter.setRenderHint(QPainter::Antialiasing);
  paintLayers(painter, m_parts->viewport, m_parts->layers, m_parts->lens);
  if (m_parts->tool) m_parts->tool->paint(painter, m_parts->viewport);
  paintLegend(painter, {m_parts->viewport.width, m_parts->viewport.height}, m_parts->layers);
  planNextFrame();
}

FrameContext SlideCanvas::frameContext() {
  FrameContext context{.forFile = m_parts->isGrabbed};
  context.lens = m_parts->lens ? &*m_parts->lens : nullptr;
  context.ask = [this](const TilePlan& plan) {
    if (const auto loader = m_parts->loader.lock()) loader->want(plan.want, plan.needed);
  };
  if (m_parts->motion.isMoving())
    context.destination = m_parts->motion.destination(m_parts->viewport).limitedTo(*m_parts->slide);
  if (!m_parts->isGrabbed) context.now = m_parts->now();
  return context;
}

void SlideCanvas::planNextFrame() {
  const double elapsed = 1000 * (m_parts->now() - m_parts->lastFrame);
  if (m_parts->frame.uploadsWaiting)
    redraw();
  else if (m_parts->frame.fading)
    m_parts->tilesWait.start(static_cast<int>(std::max(0.0, kScreenFrameMilliseconds - elapsed)));
  else if (m_parts->frame.plan.sharp)
    m_parts->rest.start();
}

}  // namespace geneglass
