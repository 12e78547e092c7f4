// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/processor_precision.h"

#include <oneapi/dnnl/dnnl.hpp>

namespace geneglass {

bool processorHasInt8() {
  return processorHasBfloat16() || dnnl::get_effective_cpu_isa() == dnnl::cpu_isa::avx512_core_vnni;
}

bool processorHasBfloat16() {
  const dnnl::cpu_isa has = dnnl::get_effective_cpu_isa();
  return has == dnnl::cpu_isa::avx512_core_bf16 || has == dnnl::cpu_isa::avx512_core_amx;
}

}  // namespace geneglass
