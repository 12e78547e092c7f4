// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace geneglass::fuzzing {

// Where a reader takes several files, one input holds them one after another, between lines of this.
inline constexpr std::string_view kBetweenParts = "\n#####\n";

/// At most `most`; those that are not there are empty.
inline std::vector<std::string_view> partsOf(std::string_view bytes, size_t most) {
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < most) {
    const size_t end = bytes.find(kBetweenParts);
    parts.push_back(bytes.substr(0, end));
    bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + kBetweenParts.size());
  }
  parts.push_back(bytes);
  return parts;
}

inline std::string joinedParts(const std::vector<std::string>& parts) {
  std::string bytes;
  for (const std::string& part : parts) bytes += (bytes.empty() ? "" : std::string(kBetweenParts)) + part;
  return bytes;
}

/// The first byte chooses which of `count` readers takes the rest.
inline size_t choiceOf(std::string_view& bytes, size_t count) {
  const size_t choice = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.front() - '0') % count;
  bytes.remove_prefix(bytes.empty() ? 0 : 1);
  return choice;
}

inline std::string chosen(size_t choice, const std::string& rest) {
  return std::string(1, static_cast<char>('0' + choice)) + rest;
}

}  // namespace geneglass::fuzzing
