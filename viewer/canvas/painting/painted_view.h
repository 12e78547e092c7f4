// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "viewer/canvas/frame_report.h"
#include "viewer/canvas/lines/line_blocks.h"
#include "viewer/canvas/lines/line_pictures.h"
#include "viewer/canvas/painting/painted_lines.h"
#include "viewer/canvas/painting/shown_tiles.h"
#include "viewer/canvas/shown_view.h"

namespace geneglass {

/// Paints a view on all processors, for computers without a graphics processor: each pixel is painted once.
/// Where a frame shows what the last one did, nothing is painted. One thread at a time.
class PaintedView final {
 public:
  /// `linePictures`: annotations are shown as pictures; none: where they are many in view.
  explicit PaintedView(std::optional<bool> linePictures) : m_linePictures(linePictures) {}

  /// As DrawnView::draw(), into picture(); `background` (opaque 0xAARRGGBB) where no tile lies.
  /// `view.textures` lie in main memory. `forFile`: annotations are painted in full.
  void draw(ShownView view, uint32_t background, bool forFile, FrameReport& report);

  const Image& picture() const { return m_frame; }  ///< opaque, of the last view's size

 private:
  std::vector<PaintedTile> tilesOf(const ShownView& view);
  PaintedLines linesOf(const ShownView& view, bool forFile, FrameReport& report);

  const std::optional<bool> m_linePictures;
  ShownTiles m_shown;
  LineBlocks m_blocks{kAnnotationBytes};
  std::optional<LinePictures> m_pictures;    ///< made once there are that many
  Viewport m_viewport;                       ///< that m_frame shows
  DisplayColour m_colour;                    ///< as which
  std::shared_ptr<const ColourCube> m_cube;  ///< the last there was
  std::vector<PaintedTile> m_tiles;          ///< that are in it
  std::vector<ShownMap> m_maps;              ///< over them
  PaintedLines m_lines;                      ///< and over those
  Image m_frame;
};

}  // namespace geneglass
