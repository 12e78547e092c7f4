// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "viewer/canvas/gl_program.h"
#include "viewer/canvas/lines/picture_painter.h"

namespace geneglass {

/// Draws annotations that are too many for a graphics driver without a graphics processor: as pictures that
/// are painted in the background. While the view moves they are squares of the slide at the nearest of the
/// magnifications 2^k, or of the next ones until those are there; once it stands, squares of the view itself,
/// pixel by pixel as AnnotationDrawer draws it. A small edit is seen in the next frame, a large one when its
/// squares are painted; until then they show what was. All calls with the same context current.
class LinePictures final {
 public:
  LinePictures(Gl& gl, size_t limitInBytes);
  ~LinePictures();
  LinePictures(const LinePictures&) = delete;
  LinePictures& operator=(const LinePictures&) = delete;

  struct Report {
    int pictures = 0;      ///< drawn
    bool waiting = false;  ///< the view is not yet drawn as it will be: draw again
  };
  /// Over the bound framebuffer; blending must be on. Pictures are uploaded for no longer than
  /// `milliseconds`, at least one a call.
  Report draw(const AnnotationSetPtr& set, const Viewport& viewport, double milliseconds,
              double lineScale = 1);
  size_t bytes() const { return m_bytes; }  ///< of all pictures on the GPU

 private:
  struct Picture {
    GLuint texture = 0;     ///< 0: nothing is drawn there
    bool stale = false;     ///< shows what was before an edit
    uint64_t lastDraw = 0;  ///< 0: not yet
    uint64_t lastWish = 0;
  };
  struct Order {
    bool operator()(const Viewport& a, const Viewport& b) const;
  };
  using Pictures = std::map<Viewport, Picture, Order>;

  void takeSet(const AnnotationSetPtr& set, double lineScale);
  void mend(const Rect& area, double& pixelsLeft);
  void upload(const Viewport& view, const LinePicture& painted);
  bool takePainted(double milliseconds);
  bool stands(const Viewport& viewport);
  bool isThere(const Viewport& view) const { return m_pictures.contains(view); }
  bool isCurrent(const Viewport& part) const;
  bool wish(const std::vector<Viewport>& views, bool ahead, std::vector<PictureWish>& wishes);
  void drawSquares(int level, const Viewport& viewport);
  void drawPart(const Viewport& view, const Rect& part, const Viewport& viewport, bool exact);
  void makeRoom();

  Gl& m_gl;
  GlProgram m_program;
  GLuint m_vertexArray = 0;
  size_t m_limit;
  size_t m_bytes = 0;
  uint64_t m_draws = 0;
  int m_drawn = 0;      ///< pictures of this frame
  size_t m_wished = 0;  ///< of this frame, those that are there too
  AnnotationSetPtr m_set;
  double m_lineScale = 1;
  Viewport m_view;                                 ///< of the last frame
  QElapsedTimer m_stands;                          ///< since when
  Pictures m_pictures;                             ///< by the view that each shows
  std::vector<PicturePainter::Painted> m_waiting;  ///< to be uploaded, in this order
  PicturePainter m_painter;
};

}  // namespace geneglass
