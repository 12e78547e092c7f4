// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

/// The sentence of every file of annotations that is refused; `reason` comes without a full stop.
tl::unexpected<Error> cannotReadAnnotations(const std::filesystem::path& file, std::string_view reason);

/// All of a regular file of at most `limit` bytes. The errors are of the form above.
Result<std::string> readAnnotationText(const std::filesystem::path& file, uint64_t limit);

/// The number a text is, with a point or a comma for the fraction; NaN where it is none.
double numberOf(std::string_view text);

/// The text with U+FFFD for what is no UTF-8.
std::string asUtf8(std::string_view text);

/// With entities for what XML does not hold as it is; characters XML forbids are left out.
std::string xmlText(std::string_view text);

/// In quotes, as JSON has it.
std::string jsonText(std::string_view text);

/// Opaque 0xAARRGGBB of "#rrggbb", "#rgb", "rgb(1, 2, 3)" or "rgba(...)"; none where it is no colour.
std::optional<uint32_t> colourOf(std::string_view text);

/// "#rrggbb"
std::string hexColour(uint32_t colour);

}  // namespace geneglass
