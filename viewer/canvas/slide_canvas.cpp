// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/slide_canvas.h"

#include <QElapsedTimer>
#include <QMouseEvent>
#include <QOpenGLContext>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "viewer/canvas/canvas_gestures.h"
#include "viewer/canvas/canvas_keys.h"
#include "viewer/canvas/canvas_motion.h"
#include "viewer/canvas/frame_pacing.h"
#include "viewer/canvas/gl_format.h"
#include "viewer/canvas/gl_program.h"
#include "viewer/canvas/legend.h"

namespace geneglass {
namespace {

constexpr int kFrameMilliseconds = 16;
constexpr int kRestMilliseconds = 4;    ///< of a frame, before what is not urgent
constexpr double kUnitsPerNotch = 120;  ///< QWheelEvent: eighths of a degree, 15 degrees a notch
constexpr double kRadiansPerNotch = std::numbers::pi / 36;

}  // namespace

struct SlideCanvas::Parts {
  double now() const { return static_cast<double>(clock.nsecsElapsed()) / 1e9; }

  std::shared_ptr<const Slide> slide;
  std::weak_ptr<TileLoader> loader;
  std::shared_ptr<TileCache> cache;
  std::unique_ptr<SlideRenderer> renderer;  ///< of the current slide and context, made in the first frame
  RenderBudget budget;
  std::vector<OverlayLayer> layers;
  std::optional<MapLens> lens;
  DisplayColour colour;
  Viewport viewport;
  FrameReport frame;
  CanvasMotion motion;
  QTimer animation;
  QElapsedTimer clock;
  QTimer tilesWait;          ///< until the frame that shows arrived tiles
  QTimer rest;               ///< until nothing has happened for a while
  double lastFrame = 0;      ///< when it began, seconds
  double lastStep = 0;       ///< seconds
  bool isGrabbed = false;    ///< the frame is for a file: nothing fades
  bool fitWhenSized = true;  ///< the slide came before the widget had a size, or still lies as fitted
  Point hand;                ///< where the cursor was last, device pixels
  CanvasTool* tool = nullptr;
  bool isToolsHand = false;  ///< the tool keeps it until the button comes up
  bool isSpaceDown = false;  ///< the left button pans, whatever the tool
  bool hasTurned = false;    ///< since the right button went down
};

SlideCanvas::SlideCanvas(QWidget* parent) : QOpenGLWidget(parent), m_parts(std::make_unique<Parts>()) {
  setFormat(glFormat());
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setContextMenuPolicy(Qt::PreventContextMenu);
  grabGesture(Qt::PinchGesture);
  setAccessibleName(tr("Slide"));
  setAccessibleDescription(tr("The slide under the microscope. Arrows pan, plus and minus magnify, F fits."));
  setMinimumSize(120, 120);
  m_parts->clock.start();
  m_parts->tilesWait.setSingleShot(true);
  m_parts->tilesWait.setTimerType(Qt::PreciseTimer);
  connect(&m_parts->tilesWait, &QTimer::timeout, this, qOverload<>(&SlideCanvas::update));
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
  if (context()) disconnect(context(), nullptr, this, nullptr);
  releaseRenderer();
}

void SlideCanvas::releaseRenderer() {
  if (!m_parts->renderer) return;
  makeCurrent();
  m_parts->renderer.reset();
  doneCurrent();
}

void SlideCanvas::makeRoom() {
  if (!m_parts->renderer) return;
  makeCurrent();
  if (m_parts->renderer->makeRoom()) m_parts->rest.start(kRestMilliseconds);
  doneCurrent();
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
  update();
}

void SlideCanvas::setMemory(const RenderBudget& budget) {
  m_parts->budget = budget;
  if (!m_parts->renderer) return;
  if (m_parts->frame.residentBytes > budget.textureBytes)
    releaseRenderer();
  else
    m_parts->renderer->setMemory(budget.textureBytes, budget.mapBytes);
  update();
}

void SlideCanvas::setLayers(std::vector<OverlayLayer> layers) {
  m_parts->layers = std::move(layers);
  update();
}

void SlideCanvas::setLens(std::optional<MapLens> lens) {
  if (std::exchange(m_parts->lens, std::move(lens)) || m_parts->lens) update();
}

void SlideCanvas::setDisplayColour(DisplayColour colour) {
  m_parts->colour = std::move(colour);
  update();
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
  update();
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
  QImage picture = grabFramebuffer().convertToFormat(QImage::Format_RGB32);
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

void SlideCanvas::fitSlide() {
  const Viewport& old = m_parts->viewport;
  look(fit(m_parts->slide->bounds, std::max(1.0, old.width), std::max(1.0, old.height)));
  m_parts->fitWhenSized = true;
}

/// Every change of what is looked at goes through here.
void SlideCanvas::look(const Viewport& viewport) {
  m_parts->fitWhenSized = false;
  Viewport wanted = viewport.resized(width() * devicePixelRatioF(), height() * devicePixelRatioF());
  if (m_parts->slide) wanted = wanted.limitedTo(*m_parts->slide);
  if (wanted == m_parts->viewport) return;
  m_parts->viewport = wanted;
  update();
  Q_EMIT viewportChanged(wanted);
}

void SlideCanvas::initializeGL() {
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &SlideCanvas::releaseRenderer,
          Qt::UniqueConnection);
}

void SlideCanvas::resizeGL(int width, int height) {
  const bool fitted = m_parts->fitWhenSized;
  const Viewport sized = m_parts->viewport.resized(width * devicePixelRatioF(), height * devicePixelRatioF());
  if (fitted && m_parts->slide) {
    m_parts->viewport = sized;
    fitSlide();
  } else {
    look(sized);
  }
}

void SlideCanvas::paintGL() {
  if (!currentGl()) return paintNotice(tr("This computer's graphics driver offers no OpenGL 3.3."));
  if (!m_parts->slide) return paintNotice(tr("Open a slide, or drop one here."));
  if (!m_parts->renderer)
    m_parts->renderer = std::make_unique<SlideRenderer>(m_parts->slide, m_parts->cache, m_parts->budget);
  m_parts->lastFrame = m_parts->now();
  m_parts->frame =
      m_parts->renderer->draw(m_parts->viewport, m_parts->layers, m_parts->colour, frameContext());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(1 / devicePixelRatioF(), 1 / devicePixelRatioF());
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
    update();
  else if (m_parts->frame.fading)
    m_parts->tilesWait.start(static_cast<int>(std::max(0.0, kScreenFrameMilliseconds - elapsed)));
  else if (m_parts->frame.plan.sharp)
    m_parts->rest.start();
}

void SlideCanvas::paintNotice(const QString& text) {
  QPainter painter(this);
  painter.fillRect(rect(), emptyGlassColour());
  painter.setPen(QColor(90, 96, 104));
  painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, text);
}

bool SlideCanvas::event(QEvent* event) {
  const auto wanted = viewportAfterGesture(m_parts->viewport, *event, *this);
  if (!wanted) return QOpenGLWidget::event(event);
  setViewport(*wanted);
  return true;
}

void SlideCanvas::keyPressEvent(QKeyEvent* event) {
  if (!m_parts->slide) return QOpenGLWidget::keyPressEvent(event);
  if (event->key() == Qt::Key_Space) {
    m_parts->isSpaceDown = true;
    return showCursor();
  }
  if (m_parts->tool && m_parts->tool->key(event->key(), event->modifiers())) return update();
  if (event->key() == Qt::Key_F) {
    m_parts->motion.stop();
    return fitSlide();
  }
  const auto wanted = viewportAfterKey(m_parts->viewport, *m_parts->slide, event->key(), event->modifiers());
  if (!wanted) return QOpenGLWidget::keyPressEvent(event);
  setViewport(*wanted);
}

void SlideCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return QOpenGLWidget::keyReleaseEvent(event);
  m_parts->isSpaceDown = false;
  showCursor();
}

void SlideCanvas::mousePressEvent(QMouseEvent* event) {
  m_parts->motion.press();
  m_parts->hand = onScreen(event->position());
  m_parts->hasTurned = false;
  const bool forTool = m_parts->tool && event->button() == Qt::LeftButton && !m_parts->isSpaceDown;
  m_parts->isToolsHand =
      forTool && m_parts->slide && m_parts->tool->press(handAt(event->position(), event->modifiers()));
  if (m_parts->isToolsHand) update();
}

void SlideCanvas::mouseMoveEvent(QMouseEvent* event) {
  const Point now = onScreen(event->position());
  const Point before = std::exchange(m_parts->hand, now);
  const Viewport& viewport = m_parts->viewport;
  const Hand hand = handAt(event->position(), event->modifiers());
  if (m_parts->isToolsHand) {
    if (m_parts->tool->drag(hand)) update();
  } else if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
    const Point delta{now.x - before.x, now.y - before.y};
    look(viewport.pannedBy(delta));
    m_parts->motion.drag(delta, m_parts->now());
  } else if (event->buttons() & Qt::RightButton) {
    const Point middle{viewport.width / 2, viewport.height / 2};
    const double angle =
        std::atan2(now.y - middle.y, now.x - middle.x) - std::atan2(before.y - middle.y, before.x - middle.x);
    m_parts->hasTurned = true;
    look(viewport.rotatedAbout(middle, angle));
  } else if (m_parts->tool && m_parts->slide && m_parts->tool->hover(hand)) {
    showCursor();
    update();
  }
  Q_EMIT cursorMoved(m_parts->viewport.toSlide(now), true);
}

void SlideCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::RightButton && !m_parts->hasTurned && m_parts->slide)
    Q_EMIT menuWanted(m_parts->viewport.toSlide(onScreen(event->position())),
                      event->globalPosition().toPoint());
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  if (std::exchange(m_parts->isToolsHand, false)) {
    if (m_parts->tool->release(handAt(event->position(), event->modifiers()))) update();
    return;
  }
  m_parts->motion.release(m_parts->now());
  m_parts->lastStep = m_parts->now();
  if (m_parts->motion.isMoving()) m_parts->animation.start();
}

void SlideCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (m_parts->tool && m_parts->slide &&
      m_parts->tool->doubleClick(handAt(event->position(), event->modifiers())))
    return update();
  m_parts->motion.magnify(2, onScreen(event->position()));
  m_parts->lastStep = m_parts->now();
  m_parts->animation.start();
}

void SlideCanvas::wheelEvent(QWheelEvent* event) {
  if (!m_parts->slide) return event->ignore();
  const QPoint angle = event->angleDelta();
  // Some platforms turn the wheel sideways while a modifier is held.
  const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / kUnitsPerNotch;
  const Point screen = onScreen(event->position());
  event->accept();
  if (event->modifiers() & Qt::ControlModifier)
    return setViewport(m_parts->viewport.rotatedAbout(screen, notches * kRadiansPerNotch));
  if (!m_parts->animation.isActive()) m_parts->lastStep = m_parts->now();
  m_parts->motion.magnify(notches, screen);
  m_parts->animation.start();
}

void SlideCanvas::leaveEvent(QEvent* event) {
  Q_EMIT cursorMoved(m_parts->viewport.toSlide(m_parts->hand), false);
  QOpenGLWidget::leaveEvent(event);
}

}  // namespace geneglass
