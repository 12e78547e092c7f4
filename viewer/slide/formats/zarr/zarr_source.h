// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/slide/formats/driver.h"

namespace geneglass {

/// The driver of OME-Zarr (0.1 to 0.4, of Zarr 2): a folder whose arrays are the levels; chunks raw or packed
/// by zlib, gzip, Zstandard or Blosc, of 8 to 32 bits. Three channels of bytes that are red, green and blue
/// are a stained slide, all else opens as fluorescence. The identity covers what the folder says of its
/// levels, and the coarsest of these.
extern const Driver kZarrDriver;

}  // namespace geneglass
