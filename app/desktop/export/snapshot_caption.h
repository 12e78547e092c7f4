// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPainter>
#include <QStringList>
#include <QTextOption>
#include <vector>

#include "app/desktop/export/picture_facts.h"
#include "app/desktop/export/snapshot_request.h"

namespace geneglass {

/// What is said of a snapshot beneath it, a line each.
QStringList captionLines(const SnapshotRequest& request);

/// That tiles wait, as a sentence; empty where none do.
QString provisionalOf(const SnapshotRequest& request);

/// What the file of a snapshot says of itself: hashes, region, rotation, gene, model, colours.
PictureFacts factsOf(const SnapshotRequest& request, Size size);

/// Lines on white beneath a picture, as wide as it; the first one bold. GUI thread.
class CaptionStrip final {
 public:
  CaptionStrip(QStringList lines, int width, double detail);  ///< drawn pixels per pixel of letters
  int height() const;
  void paint(QPainter& painter, int top) const;

 private:
  QFont fontOf(size_t line) const;

  QStringList m_lines;
  int m_width;
  double m_detail;
  QTextOption m_option;
  std::vector<QRectF> m_places;  ///< of each line, from the strip's top
};

}  // namespace geneglass
