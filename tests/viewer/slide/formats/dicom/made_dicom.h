// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>

#include "tests/viewer/slide/formats/dicom/written_dicom.h"
#include "viewer/slide/image.h"

namespace geneglass::testing {

enum class MadeCoding { Raw, RunLengths, Jpeg, JpegRgb, Jpeg2000 };

/// What a made picture is like; the facts beside it are WrittenDicom's.
struct DicomRecipe {
  MadeCoding coding = MadeCoding::Jpeg2000;
  int width = 300;
  int height = 210;
  int tile = 64;
  std::function<uint32_t(int x, int y)> picture = {};  ///< painted where it is none
  bool sparse = false;
  std::set<int> leftOut = {};  ///< sparse: tiles, by row * columns + column, without a frame
};

/// Adds frames, and what must be said for them, to the facts: JPEG of the highest quality without coarser
/// chroma, JPEG 2000 without loss. Nothing beyond the picture's edges is black.
WrittenDicom madeDicom(const DicomRecipe& recipe, WrittenDicom facts = {});

/// Cuts frames [first, end) out, as part `part` of `parts` of a concatenation.
WrittenDicom partOf(const WrittenDicom& whole, int first, int end, int part, int parts);

/// One picture as JPEG of YCbCr or of RGB, without a marker that says which.
std::vector<uint8_t> encodedJpeg(const Image& image, int quality, bool rgb);

}  // namespace geneglass::testing
