// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// Does this processor multiply int8 without saturating in between (AVX-512 VNNI)? Where it does not, int8
/// would give other numbers than elsewhere. ONEDNN_MAX_CPU_ISA is heeded, below too.
bool processorHasInt8();

/// Does it multiply bfloat16 (AVX-512 BF16)? Where it does not, bfloat16 gains nothing.
bool processorHasBfloat16();

}  // namespace geneglass
