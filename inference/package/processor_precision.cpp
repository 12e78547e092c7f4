// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/processor_precision.h"

#include <oneapi/dnnl/dnnl.hpp>

namespace geneglass {

/// Each kind of processor has the bits of those whose instructions it has too, in oneDNN 2 and 3.
static bool processorHas(dnnl::cpu_isa wanted) {
  const auto bits = static_cast<unsigned>(wanted);
  return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & bits) == bits;
}

bool processorHasInt8() {
  return processorHas(dnnl::cpu_isa::avx512_core_vnni);
}

bool processorHasBfloat16() {
  return processorHas(dnnl::cpu_isa::avx512_core_bf16);
}

}  // namespace geneglass
