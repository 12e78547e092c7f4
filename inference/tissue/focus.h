// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/image.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// How much detail a picture of tissue has from octave to octave: ln of the ratio of the energies of the
/// Laplacian of its optical density in green, at 2 against 4 um a pixel and at 4 against 8. Defocus takes the
/// finest detail first. The octave from 1 to 2 um is not asked: there the noise of camera and compression
/// stands in for the detail that is gone.
struct Focus {
  double fine = 0;
  double coarse = 0;
};

/// Whether focus can be told from a model's tiles of `tilePixels` at `modelMpp` micrometres per pixel: these
/// and the slide have at most 1.1 um a pixel, and a tile is 64 um or more a side: at 48 um 4 of 712 sharp
/// tiles would be taken for blurred, at 64 none of 552.
bool canJudgeFocus(const Slide& slide, int tilePixels, double modelMpp);

/// Of a tile on white. `mpp`: its micrometres per pixel. For tiles that canJudgeFocus() allows.
Focus focusOf(const Image& tile, double mpp);

/// Of 1,500 tiles of 112 um as scanned (H&E of several scanners, synthetic slides) the least are -0.99 and
/// -0.82, blurred by a Gaussian of 1 um -1.53 and -1.10; one of 2 um and more brings all but some debris
/// below one of these limits (tests/benchmark/focus.py).
inline constexpr Focus kLeastFocus{-1.55, -1.2};
inline bool isBlurred(const Focus& focus) {
  return focus.fine < kLeastFocus.fine || focus.coarse < kLeastFocus.coarse;
}

}  // namespace geneglass
