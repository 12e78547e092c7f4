// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// A channel element of OME-XML.
struct OmeChannel {
  std::string name;
  std::optional<uint32_t> colour;  ///< 0xRRGGBB
  size_t samples = 1;
};

/// Which directories of the file hold which planes, from a first one on in the image's order.
struct OmeTiffData {
  size_t ifd = 0;
  size_t firstChannel = 0, firstSlice = 0, firstTime = 0;
  size_t planes = 0;  ///< 0: all
  std::string uuid;   ///< of the file that holds them; empty: this one
  std::string file;   ///< its name
};

/// One image of an OME-TIFF ("series"), as its XML describes it (schema 2016-06).
struct OmeSeries {
  std::string name;
  Size size;  ///< pixels
  size_t channels = 1, slices = 1, times = 1;
  std::string order;  ///< "XYCZT"
  int significantBits = 0;
  std::vector<OmeChannel> channelElements;
  std::vector<OmeTiffData> places;
  std::string uuid;  ///< of this file
};

/// All images of a description that have a size; empty where it is no OME-XML. Any prefix of names. Pure.
std::vector<OmeSeries> omeSeriesOf(const std::string& description);

/// The directory that holds a plane of channel, slice and time 0; `channelPlanes`: planes of one slice and
/// time. Nothing where the XML names none, and where it lies in another file: then `elsewhere` is its name.
std::optional<size_t> directoryOf(const OmeSeries& series, size_t channelPlanes, size_t channel, size_t slice,
                                  std::string& elsewhere);

}  // namespace geneglass
