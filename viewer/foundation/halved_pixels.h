// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace geneglass {

/// The mean of each two by two pixels of two rows, each of the four bytes rounded: half of `columns`, the
/// last of an odd number by itself.
void halvePixels(uint32_t* out, const uint32_t* above, const uint32_t* below, size_t columns);

}  // namespace geneglass
