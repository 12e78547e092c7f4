// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/prediction/prediction.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/slide/slide.h"

namespace geneglass::testing {

/// The facts of a slide that has no file: "made.tif", 4200 x 3100 level-0 pixels in three levels, 0.5 um/px.
Slide madeSlide();

/// Its tissue: an ellipse about the middle with a square hole, in cells of 50 level-0 pixels.
TissueMask madeTissue();

/// A prediction for madeSlide() without any model. Tiles of 400 px, 10 columns x 7 rows, the four corners
/// without tissue. Genes, in this order: FSCN1 (CMS1), CDX2 (CMS2), MUC2 (CMS3), VIM (CMS4), all well
/// predicted, and TP53 (driver), which is not. FSCN1 has two hotspots, of 6 tiles (columns 2-4, rows 1-2) and
/// 4 tiles (7-8, 3-4).
Prediction madePrediction();

/// The value that madePrediction() has in a cell; all its maps differ from cell to cell and from gene to
/// gene.
float madeAttention(size_t gene, TileGrid::Cell cell);
float madeExpression(size_t gene, TileGrid::Cell cell);

}  // namespace geneglass::testing
