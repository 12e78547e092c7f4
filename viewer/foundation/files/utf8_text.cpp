// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/utf8_text.h"

#include <fmt/format.h>

#include <cstdint>

namespace geneglass {
namespace {

/// Bytes of the character that begins here; 0 where none does.
size_t characterAt(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return at + i < text.size() ? uint8_t(text[at + i]) : uint8_t(0); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const uint8_t second = byte(1);
  const bool tooLong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool noCharacter = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
  return tooLong || noCharacter ? 0 : length;
}

}  // namespace

std::optional<size_t> firstNotUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = characterAt(text, at);
    if (length == 0) return at;
    at += length;
  }
  return {};
}

std::string readableBytes(std::string_view text) {
  std::string readable;
  for (size_t at = 0; at < text.size();) {
    const size_t length = characterAt(text, at);
    if (length == 0)
      readable += fmt::format("\\x{:02X}", uint8_t(text[at]));
    else
      readable += text.substr(at, length);
    at += length > 0 ? length : 1;
  }
  return readable;
}

}  // namespace geneglass
