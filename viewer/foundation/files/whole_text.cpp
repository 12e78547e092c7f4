// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/whole_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace geneglass {

Result<std::string> readWholeText(const std::filesystem::path& file, uint64_t most, std::string_view what) {
  constexpr uint64_t kPiece = uint64_t{8} << 20;
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return fail("there is no such file");
  if (!std::filesystem::is_regular_file(status)) return fail("it is no regular file");
  const uint64_t size = std::filesystem::file_size(file, error);
  if (!error && size > most)
    return fail(
        fmt::format("it has {} MiB, and {} of at most {} MiB can be read", size >> 20, what, most >> 20));
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream) return fail("it may not be read");
  std::string text;
  text.reserve(size);   // what is not filled takes no memory
  bool isWide = false;  // UTF-16 and UTF-32 have such bytes in every character
  while (text.size() < size) {
    const size_t held = text.size(), piece = std::min(kPiece, size - held);
    text.resize(held + piece);
    stream.read(text.data() + held, static_cast<std::streamsize>(piece));
    if (static_cast<size_t>(stream.gcount()) < piece) return fail("it cannot be read to its end");
    if (held == 0) isWide = std::string_view(text).substr(0, 4).find('\0') != std::string_view::npos;
    if (const size_t zero = isWide ? std::string::npos : text.find('\0', held); zero != std::string::npos)
      return fail(fmt::format("it is no text (at byte {})", zero));
  }
  return text;
}

}  // namespace geneglass
