// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/sha256.h"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "viewer/foundation/sha256_sum.h"

namespace geneglass {

std::string sha256(std::string_view text) {
  Sha256Sum hash;
  hash.add(text.data(), text.size());
  return hash.finish();
}

Result<std::string> sha256OfFile(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(fmt::format("Cannot read '{}': it is missing or not readable.", file.string()));
  Sha256Sum hash;
  std::array<char, 1 << 16> piece;
  while (stream.read(piece.data(), piece.size()) || stream.gcount() > 0)
    hash.add(piece.data(), static_cast<size_t>(stream.gcount()));
  if (stream.bad()) return fail(fmt::format("Cannot read '{}': the disk reports an error.", file.string()));
  return hash.finish();
}

}  // namespace geneglass
