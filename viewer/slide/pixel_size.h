// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// What a user may say that a pixel's side is, in micrometres; a file's own word counts within twenty times
/// that.
inline constexpr double kLeastMpp = 0.01, kMostMpp = 50;

}  // namespace geneglass
