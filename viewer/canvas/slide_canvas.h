// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "viewer/canvas/canvas_tool.h"
#include "viewer/canvas/slide_renderer.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass {

struct CanvasParts;

/// Shows one slide: pan, kinetic drag, wheel about the cursor, pinch, any-angle rotation, keys. GUI thread;
/// never reads a file. The session owns the loader: once it is gone no tile is asked for. Mouse: left drag
/// pans, or does what the tool in hand does; middle drag, or left drag with the space bar, always pans; right
/// drag or Ctrl and wheel rotates, a double click comes nearer by 2. Keys: arrows pan, + - magnify, 1-6
/// for 1.25x 2.5x 5x 10x 20x 40x, F fits, R rotates by 90 degrees, Shift+R by 15, Shift+F
/// exchanges left and right, 0 as scanned.
class SlideCanvas final : public QWidget {
  Q_OBJECT

 public:
  explicit SlideCanvas(QWidget* parent = nullptr, Surface surface = usualSurface());
  ~SlideCanvas() override;

  /// Shows a slide, fitted; `loader` must put what it reads into `cache`. Null slide: an empty canvas.
  void showSlide(std::shared_ptr<const Slide> slide, std::weak_ptr<TileLoader> loader,
                 std::shared_ptr<TileCache> cache);
  /// The same slide shown otherwise, by another loader: the view stays, and what is drawn until its tile
  /// comes.
  void showTiles(std::weak_ptr<TileLoader> loader, std::shared_ptr<TileCache> cache);
  /// What it may take. Where it has more already it starts anew, from the cache.
  void setMemory(const RenderBudget& budget);
  void setLayers(std::vector<OverlayLayer> layers);  ///< drawn in this order, the first lowest, then a legend
  void setDisplayColour(DisplayColour colour);       ///< of the slide; its tiles stay where they are
  const DisplayColour& displayColour() const;
  void setLens(std::optional<MapLens> lens);   ///< none: the same layers everywhere
  void setTool(CanvasTool* tool);              ///< outlives its stay; null: panning
  void setViewport(const Viewport& viewport);  ///< at once, without animation; limited to the slide
  /// The whole slide, upright, beside the legend where there is one; kept so while the canvas changes its
  /// size.
  void fitSlide();
  const Viewport& viewport() const;  ///< its screen is in device pixels
  const FrameReport& lastFrame() const;

  /// The picture on the screen, with overlays, in device pixels.
  QImage grabPicture();

 public Q_SLOTS:
  void tileArrived();  ///< queued by the session for each tile that entered the cache
  void redraw();       ///< in the next frame; what is there already is not painted again

 Q_SIGNALS:
  void viewportChanged(const geneglass::Viewport& viewport);
  void cursorMoved(geneglass::Point slide, bool onCanvas);  ///< level-0 pixels under the cursor
  void menuWanted(geneglass::Point slide, QPoint global);   ///< a right click that turned nothing
  void frameShown();                                        ///< it is on the screen
  void graphicsLost();  ///< the graphics card draws no more; the canvas goes on without it

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  Point onScreen(QPointF position) const;
  Hand handAt(QPointF position, Qt::KeyboardModifiers modifiers) const;
  void showCursor();
  QRectF legendNow() const;
  void look(const Viewport& viewport);
  void takeSize();
  void releaseRenderer();
  void paintWithoutGraphics();
  void makeRoom();
  FrameContext frameContext();
  void paintOn(QPaintDevice& device);
  void planNextFrame();

  std::unique_ptr<CanvasParts> m_parts;
};

}  // namespace geneglass
