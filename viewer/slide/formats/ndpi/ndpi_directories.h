// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/slide/formats/tiff/positioned_file.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// One picture of an NDPI file: a TIFF directory whose offsets have 64 bits, the upper 32 of each tag's value
/// behind the directory; and tags of Hamamatsu's own. Each is one stream of JPEG, however large.
struct NdpiDirectory {
  Size size;  ///< pixels
  uint16_t compression = 0;
  uint16_t photometric = 0;
  uint64_t offset = 0;           ///< of the stream in the file
  uint64_t bytes = 0;            ///< its length
  std::optional<Mpp> mpp;        ///< of this picture's own pixels
  double lens = 0;               ///< the objective; -1: the macro picture, -2: a map of the focus
  Point centre;                  ///< of the scan from the centre of the glass, nanometres
  int32_t focalPlane = 0;        ///< nanometres
  std::string filter;            ///< of fluorescence; empty where none is named
  double emission = 0;           ///< wavelength, nm; 0: not said
  std::vector<uint64_t> starts;  ///< where each restart interval begins, from `offset`; empty: not said

  bool isLevel() const { return lens > 0; }
};

/// In the order of the file; empty where it is no NDPI file. A file over 4 GiB is read as well as a small
/// one. Ends at the first directory that is damaged. Blocks on the disk. Any thread.
std::vector<NdpiDirectory> readNdpiDirectories(const PositionedFile& file);

}  // namespace geneglass
