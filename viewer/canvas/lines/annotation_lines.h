// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "viewer/annotation/annotation_set.h"

namespace geneglass {

/// One straight piece as the GPU gets it; a place is a piece without length.
struct LinePiece {
  float fromX;  ///< level-0 pixels from the block's origin
  float fromY;
  float toX;
  float toY;
  uint32_t colour;  ///< 0xAABBGGRR: red is the first byte
  float width;      ///< screen pixels
  float thickness;  ///< level-0 pixels, on top of the width
};

inline constexpr float kLineWidth = 2;   ///< screen pixels
inline constexpr float kPlaceWidth = 7;  ///< the diameter of a place's dot

/// Annotations are drawn by blocks, each level of detail by its own: at detail k a screen pixel is between
/// 2^k and 2^(k+1) level-0 pixels, lines are simplified to a third of 2^k, and what is smaller than three
/// times 2^k, so that its own lines fill it, is one piece.
inline constexpr int kFinestDetail = -4;
inline constexpr int kCoarsestDetail = 30;
int detailFor(double downsample);  ///< level-0 pixels per screen pixel
double blockSide(int detail);      ///< level-0 pixels

/// Appends an annotation's pieces relative to `origin`, simplified for this detail: no point of a line is
/// further than the tolerance from its pieces; each line keeps its ends.
void appendPieces(const Annotation& annotation, uint32_t colour, int detail, Point origin,
                  std::vector<LinePiece>& pieces);

}  // namespace geneglass
