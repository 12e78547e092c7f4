// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QRect>
#include <vector>

#include "app/desktop/export/snapshot_caption.h"
#include "app/desktop/export/snapshot_request.h"
#include "app/desktop/export/svg_rows.h"

namespace geneglass {

/// How a snapshot is laid out: one picture or two beside each other, the caption beneath. Everything is in
/// pixels of the page, whose parts can be drawn one by one. GUI thread.
class SnapshotPage final {
 public:
  /// `inPaths`: annotations are left to the file, which writes them as paths.
  explicit SnapshotPage(const SnapshotRequest& request, bool inPaths = false);

  QSize size() const { return {m_width * int(m_pictures.size()), m_height + m_caption.height()}; }
  double detail() const { return m_pictures.front().detail; }  ///< pixels per pixel of lines and letters

  /// A part of the slide to draw.
  struct Piece {
    size_t picture = 0;
    QRect place;    ///< on the page
    Viewport view;  ///< of the place; its height is a multiple of 16, so that hatching goes on in the next
  };
  /// All that lies between two rows, in pieces of at most so many columns.
  std::vector<Piece> pieces(int top, int rows, int columns) const;
  const SlidePicture& pictureOf(const Piece& piece) const { return m_pictures[piece.picture]; }

  /// What lies over the slide, and the caption; the painter's origin is the page's.
  void paintOver(QPainter& painter) const;

  PictureFacts facts() const { return m_facts; }
  DrawnAnnotations inPaths() const { return m_paths; }

 private:
  std::vector<SlidePicture> m_pictures;  ///< from left to right
  int m_width;                           ///< of one picture
  int m_height;
  CaptionStrip m_caption;
  PictureMarks m_marks;
  PictureFacts m_facts;
  DrawnAnnotations m_paths;  ///< those that are not drawn
};

/// The part of a view that lies at `place`, in its pixels.
Viewport partOf(const Viewport& view, const QRect& place);

}  // namespace geneglass
