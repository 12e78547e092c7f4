// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace geneglass {

/// What a JPEG 2000 codestream says in its first bytes (ISO 15444-1, SOC and SIZ).
struct Jpeg2000Head {
  static constexpr size_t kBytes = 42;

  int64_t width = 0, height = 0;  ///< pixels
  int64_t tiles = 0;              ///< of its own, which a codestream may be cut into
  int components = 0;

  /// Why it is not given to OpenJPEG, which takes memory for each tile and component before it reads one of
  /// them; empty where it is.
  std::string refusal() const;
};

/// `begin`: at least kBytes, else nothing. Nothing, too, where it is damaged.
std::optional<Jpeg2000Head> readJpeg2000Head(std::span<const uint8_t> begin);

}  // namespace geneglass
