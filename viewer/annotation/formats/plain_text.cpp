// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/plain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

#include "viewer/foundation/files/whole_text.h"

namespace geneglass {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Bytes of the UTF-8 character that `text` begins with; 0 where it begins with none.
size_t lengthOfCharacter(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xc2 && first < 0xe0   ? 2
                        : first >= 0xe0 && first < 0xf0 ? 3
                        : first >= 0xf0 && first < 0xf5 ? 4
                                                        : 0;
  if (length == 0 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const unsigned char second = byte(1);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
  return overlong || beyond ? 0 : length;
}

std::optional<uint32_t> packed(const std::array<double, 3>& parts) {
  uint32_t colour = 0xff;
  for (const double part : parts) {
    if (!(part >= 0 && part <= 255)) return std::nullopt;
    colour = colour << 8 | static_cast<uint32_t>(part);
  }
  return colour;
}

std::optional<uint32_t> hexadecimal(std::string_view digits) {
  std::string six(digits);
  if (six.size() == 3) six = {six[0], six[0], six[1], six[1], six[2], six[2]};
  uint32_t colour = 0;
  const auto [end, error] = std::from_chars(six.data(), six.data() + six.size(), colour, 16);
  if (six.size() != 6 || error != std::errc() || end != six.data() + six.size()) return std::nullopt;
  return 0xff000000 | colour;
}

}  // namespace

tl::unexpected<Error> cannotReadAnnotations(const std::filesystem::path& file, std::string_view reason) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), reason));
}

Result<std::string> readAnnotationText(const std::filesystem::path& file, uint64_t limit) {
  Result<std::string> text = readWholeText(file, limit, "annotations");
  if (!text) return cannotReadAnnotations(file, text.error().sentence);
  return text;
}

double numberOf(std::string_view text) {
  text = trimmed(text);
  std::string pointed;
  if (text.find(',') != std::string_view::npos) {
    pointed = text;
    std::ranges::replace(pointed, ',', '.');
    text = pointed;
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  return whole ? number : std::numeric_limits<double>::quiet_NaN();
}

std::string asUtf8(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const size_t length = lengthOfCharacter(text);
    result += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return result;
}

std::string xmlText(std::string_view text) {
  std::string result;
  for (const char letter : text) switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\n':
        result += "&#10;";
        break;
      case '\r':
        result += "&#13;";
        break;
      case '\t':
        result += "&#9;";
        break;
      default:
        if (static_cast<unsigned char>(letter) >= 0x20) result += letter;
    }
  return result;
}

std::string jsonText(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<uint32_t> colourOf(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('#')) return hexadecimal(text.substr(1));
  const size_t begin = text.find('('), end = text.find(')');
  if (!text.starts_with("rgb") || begin == std::string_view::npos || end == std::string_view::npos ||
      end < begin)
    return std::nullopt;
  std::string_view inside = text.substr(begin + 1, end - begin - 1);
  std::array<double, 3> parts{};
  for (double& part : parts) {
    const size_t comma = inside.find(',');
    part = numberOf(inside.substr(0, comma));
    inside.remove_prefix(comma == std::string_view::npos ? inside.size() : comma + 1);
  }
  return packed(parts);
}

std::string hexColour(uint32_t colour) {
  return fmt::format("#{:06x}", colour & 0xffffff);
}

}  // namespace geneglass
