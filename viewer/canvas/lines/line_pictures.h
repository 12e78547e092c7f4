// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "viewer/canvas/lines/picture_painter.h"
#include "viewer/canvas/painting/painted_lines.h"

namespace geneglass {

/// Shows annotations that are too many to be painted in each frame: as pictures that are painted in the
/// background. While the view moves they are squares of the slide at the nearest of the magnifications 2^k,
/// or of the next ones until those are there; once it stands, squares of the view itself, pixel by pixel as
/// its lines are painted. A small edit is seen in the next frame, a large one when its squares are painted;
/// until then they show what was. One thread at a time.
class LinePictures final {
 public:
  explicit LinePictures(size_t limitInBytes) : m_limit(limitInBytes) {}
  LinePictures(const LinePictures&) = delete;
  LinePictures& operator=(const LinePictures&) = delete;

  struct Report {
    int pictures = 0;      ///< shown
    bool waiting = false;  ///< the view is not yet shown as it will be: draw again
  };
  /// Appends the view's pictures to `lines`.
  Report show(const AnnotationSetPtr& set, const Viewport& viewport, double lineScale, PaintedLines& lines);
  size_t bytes() const { return m_bytes; }  ///< of all pictures

 private:
  struct Picture {
    std::shared_ptr<const Image> image;  ///< null: nothing is drawn there
    bool stale = false;                  ///< shows what was before an edit
    uint64_t lastDraw = 0;               ///< 0: not yet
    uint64_t lastWish = 0;
  };
  struct Order {
    bool operator()(const Viewport& a, const Viewport& b) const;
  };
  using Pictures = std::map<Viewport, Picture, Order>;

  void takeSet(const AnnotationSetPtr& set, double lineScale);
  void mend(const Rect& area, double& pixelsLeft);
  void keep(const Viewport& view, Image painted);
  void takePainted();
  bool stands(const Viewport& viewport);
  bool isThere(const Viewport& view) const { return m_pictures.contains(view); }
  bool isCurrent(const Viewport& part) const;
  bool wish(const std::vector<Viewport>& views, bool ahead, std::vector<PictureWish>& wishes);
  Picture* use(const Viewport& view);
  void showSquares(int level, const Viewport& viewport, PaintedLines& lines);
  void showPart(const Viewport& view, const Rect& part, const Viewport& viewport, PaintedLines& lines);
  void makeRoom();

  size_t m_limit;
  size_t m_bytes = 0;
  uint64_t m_draws = 0;
  int m_shown = 0;      ///< pictures of this frame
  size_t m_wished = 0;  ///< of this frame, those that are there too
  AnnotationSetPtr m_set;
  double m_lineScale = 1;
  Viewport m_view;         ///< of the last frame
  QElapsedTimer m_stands;  ///< since when
  Pictures m_pictures;     ///< by the view that each shows
  PicturePainter m_painter;
};

}  // namespace geneglass
