// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// What OME-XML (Open Microscopy Environment, schema 2016-06) says of one image.
struct OmeImage {
  Size size;                             ///< pixels
  std::optional<Mpp> mpp;                ///< none where it says none, or in no unit of length
  std::optional<double> objectivePower;  ///< NominalMagnification
};

/// The image of that size in an ImageDescription, else the first; nothing where the text is no OME-XML. Any
/// prefix of names. Pure.
std::optional<OmeImage> omeImageOf(const std::string& description, Size size);

/// The pyramid of colour pictures that an OME-TIFF's first tiled directory begins: coarser levels in its
/// SubIFDs, as OME has them since 2019, else in the directories after it.
struct OmePyramid {
  Slide facts;  ///< levels, pixel size, objective, bounds; vendor "ome-tiff"
  std::vector<TiffDirectory> directories;
};

/// Nothing where the file is no OME-TIFF, or its first directory is no picture of three bytes a pixel: then
/// it is for others to read. Pure.
std::optional<OmePyramid> omePyramidOf(const TiffHead& head, uint64_t bytes);

}  // namespace geneglass
