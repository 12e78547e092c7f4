// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/claimed_bytes.h"

#include <fmt/format.h>
#include <sys/stat.h>

namespace geneglass {

bool isBelievable(uint64_t claimed, uint64_t held, uint64_t mostPacked) {
  constexpr uint64_t kPlenty = uint64_t{64} << 20;
  return claimed <= kPlenty || claimed / mostPacked <= held;
}

std::string disbeliefOf(uint64_t claimed, uint64_t held) {
  return fmt::format("claims {} MiB, of which the file holds {} KiB", claimed >> 20, held >> 10);
}

std::string whyHollow(const std::filesystem::path& file) {
  constexpr uint64_t kBlock = 512;  // the system's, whatever the disk's
  struct stat facts {};
  if (stat(file.c_str(), &facts) != 0) return {};
  const auto size = static_cast<uint64_t>(facts.st_size),
             held = kBlock * static_cast<uint64_t>(facts.st_blocks);
  return isBelievable(size, held) ? "" : disbeliefOf(size, held);
}

}  // namespace geneglass
