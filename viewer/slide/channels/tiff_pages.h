// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// One image of a TIFF, in tiles or in strips, as its tags describe it; numbers are those of the TIFF tags.
struct TiffPage {
  uint64_t position = 0;  ///< of the directory in the file, bytes
  bool isWithin = false;  ///< another one's SubIFDs name it: it is not in the chain
  bool isTiled = false;
  bool isReduced = false;  ///< says of itself that it is a smaller version of another
  Size size;               ///< pixels
  Size block;              ///< pixels of a tile or, as wide as the image, of a strip
  uint16_t compression = 1;
  uint16_t photometric = 1;
  uint16_t planes = 1;  ///< 1: samples of a pixel side by side, 2: each sample's blocks for themselves
  uint16_t samples = 1;
  uint16_t bits = 8;    ///< of a sample
  uint16_t format = 1;  ///< of a sample; 1: whole numbers, 2: with a sign, 3: floating point
  uint16_t orientation = 1;
  bool hasAlpha = false;          ///< the last sample is no value but how opaque the pixel is
  std::optional<double> highest;  ///< SMaxSampleValue, where it is said
  double pixelsPerUnitX = 0;      ///< XResolution, whatever its unit
  double pixelsPerUnitY = 0;
  std::optional<Mpp> resolution;  ///< see tiff_resolution.h
  std::string description;
  std::vector<uint8_t> imagejData;      ///< tag 50839
  std::vector<uint32_t> imagejLengths;  ///< tag 50838: of the parts of imagejData, bytes
  std::vector<size_t> within;           ///< of its SubIFDs: places in the list of pages

  bool isFloat() const { return format == 3; }
};

/// All images of a TIFF, those of the chain first and in its order, so that a plane's number is its place;
/// one that cannot be read has no size. At most 4,096. Empty where the file is no TIFF, or its first image is
/// not `wanted`: then nothing else was read. Descriptions beyond 64 MiB in all are left out. Blocks on the
/// disk. Any thread.
std::vector<TiffPage> readTiffPages(const FileHead& head, const std::function<bool(const TiffPage&)>& wanted);

}  // namespace geneglass
