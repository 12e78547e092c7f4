// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/source_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace geneglass {
namespace {

bool beginsName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

size_t endOfComment(std::string_view source, size_t at) {
  return std::min(source.find('\n', at), source.size());
}

/// Past the closing quotes of the text whose first quote is at `at`; npos where it has none.
size_t endOfText(std::string_view source, size_t at, size_t quotes) {
  const std::string_view closing = source.substr(at, quotes);
  for (size_t i = at + quotes; i < source.size(); ++i) {
    if (source[i] == '\\')
      ++i;
    else if (source.substr(i, quotes) == closing)
      return i + quotes;
    else if (source[i] == '\n' && quotes == 1)
      break;
  }
  return std::string_view::npos;
}

size_t endOfDigits(std::string_view source, size_t at) {
  while (at < source.size() && isDigit(source[at])) ++at;
  return at;
}

/// 12, 1.5, .5, 2., 1e-5, 3j
size_t endOfNumber(std::string_view source, size_t at) {
  size_t end = endOfDigits(source, at);
  if (end < source.size() && source[end] == '.') end = endOfDigits(source, end + 1);
  if (end < source.size() && (source[end] == 'e' || source[end] == 'E')) {
    size_t power = end + 1;
    if (power < source.size() && (source[power] == '-' || source[power] == '+')) ++power;
    if (const size_t digits = endOfDigits(source, power); digits > power) end = digits;
  }
  return end < source.size() && source[end] == 'j' ? end + 1 : end;
}

}  // namespace

Result<std::vector<SourceWord>> wordsOf(std::string_view source) {
  constexpr std::string_view kSigns = "()[]{}.,:;=+-*/%<>!~&|^@\\";
  std::vector<SourceWord> words;
  for (size_t at = 0; at < source.size();) {
    const char c = source[at];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      ++at;
    } else if (c == '#') {
      at = endOfComment(source, at);
    } else if (c == '"' || c == '\'') {
      const size_t quotes = source.substr(at, 3) == std::string(3, c) ? 3 : 1;
      const size_t end = endOfText(source, at, quotes);
      if (end == source.npos) return fail("holds a text without an end");
      words.push_back({SourceWord::Kind::Text, source.substr(at + quotes, end - at - 2 * quotes)});
      at = end;
    } else if (beginsName(c)) {
      size_t end = at;
      while (end < source.size() && (beginsName(source[end]) || isDigit(source[end]))) ++end;
      words.push_back({SourceWord::Kind::Name, source.substr(at, end - at)});
      at = end;
    } else if (isDigit(c) || (c == '.' && at + 1 < source.size() && isDigit(source[at + 1]))) {
      const size_t end = endOfNumber(source, at);
      words.push_back({SourceWord::Kind::Number, source.substr(at, end - at)});
      at = end;
    } else if (kSigns.find(c) != kSigns.npos) {
      words.push_back({SourceWord::Kind::Sign, source.substr(at++, 1)});
    } else {
      return fail(fmt::format("holds a character (0x{:02x}) that TorchScript has not",
                              static_cast<unsigned char>(c)));
    }
  }
  return words;
}

}  // namespace geneglass
