// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "viewer/slide/formats/zarr/zarr_array.h"

namespace geneglass {

/// Unpacks exactly as many bytes as `bytes` takes. Empty where it did, else why not. Any thread.
std::string unpackZarr(ZarrPacking packing, std::span<const uint8_t> packed, std::span<uint8_t> bytes);

}  // namespace geneglass
