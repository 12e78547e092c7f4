// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function of plain loops over numbers: the processor's widest vectors compute them, with the same
/// bits as on any other processor (nothing is reordered or contracted). Its file is compiled with -O3.
/// Sanitizers cannot choose among versions of a function.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define GENEGLASS_WIDE __attribute__((target_clones("arch=skylake-avx512", "avx2", "default")))
#else
#define GENEGLASS_WIDE
#endif
