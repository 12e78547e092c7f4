// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace geneglass {

/// A whole number from `least` to `most` that a value of JSON is; nothing where it is another, or none:
/// nlohmann casts whatever number stands there.
template <typename Json>
std::optional<int64_t> wholeNumberOf(const Json& value, int64_t least, int64_t most) {
  if (!value.is_number_integer()) return {};
  const auto number = value.template get<int64_t>();
  const bool isTooLarge = value.is_number_unsigned() && number < 0;
  return isTooLarge || number < least || number > most ? std::nullopt : std::optional(number);
}

}  // namespace geneglass
