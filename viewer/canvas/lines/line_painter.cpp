// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/line_painter.h"

#include <cmath>

#include "viewer/canvas/lines/piece_painter.h"

namespace geneglass {

Image paintLines(const AnnotationSet& set, const Viewport& view, double lineScale) {
  const Rect seen = view.visible();
  const double margin = kPlaceWidth * lineScale * view.downsample;
  const int detail = detailFor(view.downsample);
  const Point origin = view.toSlide({0, 0});
  std::vector<LinePiece> pieces;
  for (const size_t place : set.placesWithin(
           {seen.x - margin, seen.y - margin, seen.width + 2 * margin, seen.height + 2 * margin})) {
    const Annotation& annotation = *set.all()[place];
    appendPieces(annotation, set.colourOf(annotation), detail, origin, pieces);
  }
  std::vector<ScreenPiece> onScreen;
  appendSeen(pieces, origin, view, lineScale, onScreen);
  const int width = static_cast<int>(std::lround(view.width));
  const int height = static_cast<int>(std::lround(view.height));
  Image picture;
  if (onScreen.empty()) {
    picture.width = width;
    picture.height = height;
    return picture;
  }
  picture = Image(width, height);
  for (const ScreenPiece& piece : onScreen) paintPiece(picture, piece, {0, height});
  return picture;
}

}  // namespace geneglass
