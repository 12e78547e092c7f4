// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/int8_facts.h"

#include <oneapi/dnnl/dnnl.hpp>

namespace geneglass {

bool processorHasInt8() {
  switch (dnnl::get_effective_cpu_isa()) {
    case dnnl::cpu_isa::avx512_core_vnni:
    case dnnl::cpu_isa::avx512_core_bf16:
    case dnnl::cpu_isa::avx512_core_amx:
      return true;
    default:
      return false;
  }
}

}  // namespace geneglass
