// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace geneglass {

/// The first byte that is in no character of UTF-8 (RFC 3629): neither cut short, nor longer than it need be,
/// nor half of a surrogate pair.
std::optional<size_t> firstNotUtf8(std::string_view text);

/// For a sentence: bytes that are in no character as \xE8.
std::string readableBytes(std::string_view text);

}  // namespace geneglass
