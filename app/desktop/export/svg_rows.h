// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QPointF>
#include <memory>

#include "app/desktop/export/picture_facts.h"
#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

class JpegRows;

/// Annotations as they lie on a picture.
struct DrawnAnnotations {
  AnnotationSetPtr set;  ///< null: none
  Viewport view;         ///< whose screen pixels are the picture's
  double lineScale = 1;  ///< pixels of the picture per pixel that lines are measured in
};

/// Writes an SVG: the picture embedded as JPEG, and over it what of the annotations lies in the view, a path
/// each, one group a class. The picture's bytes are held in memory until the end. One thread at a time.
class SvgRows final {
 public:
  SvgRows(TakeBytes take, const PictureFacts& facts, DrawnAnnotations annotations);
  ~SvgRows();
  void append(const QImage& rows);  ///< Format_RGB32, as wide as the picture
  void finish();                    ///< after the last row

 private:
  TakeBytes m_take;
  PictureFacts m_facts;
  DrawnAnnotations m_annotations;
  QByteArray m_picture;
  std::unique_ptr<JpegRows> m_rows;
};

/// A shape as the `d` of an SVG path, in pixels of the view: areas closed, an ellipse as arcs, places as
/// lines without length.
QString pathOf(const Shape& shape, const Viewport& view);

}  // namespace geneglass
