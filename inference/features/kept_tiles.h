// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

namespace geneglass {

/// How far the features of a slide are computed.
struct KeptTiles {
  size_t done = 0;
  size_t all = 0;  ///< that may hold tissue
};

/// What a GrowingBag left in its file; none where that is none, or holds nothing. Another process may be
/// writing it.
std::optional<KeptTiles> keptTiles(const std::filesystem::path& growing);

}  // namespace geneglass
