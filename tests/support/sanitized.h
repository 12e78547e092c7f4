// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass::testing {

/// A sanitizer takes time, memory and addresses of its own: what a test says of those does not hold.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

}  // namespace geneglass::testing
