// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/czi/czi_segment.h"

#include <algorithm>
#include <array>

namespace geneglass {

std::optional<uint64_t> cziSegment(const PositionedFile& file, uint64_t position, std::string_view name) {
  std::array<uint8_t, kCziSegmentHead> head{};
  if (file.size() < head.size() || position > file.size() - head.size() || !file.read(position, head).empty())
    return {};
  constexpr size_t kName = 16;
  const auto isEnd = [](uint8_t byte) { return byte == 0; };
  const bool isNamed =
      std::equal(name.begin(), name.end(), head.begin()) &&
      std::all_of(head.begin() + static_cast<std::ptrdiff_t>(name.size()), head.begin() + kName, isEnd);
  if (!isNamed) return {};
  const uint64_t used = cziNumber<uint64_t>(head, 24);
  const uint64_t allocated = cziNumber<uint64_t>(head, 16);
  return std::min(used > 0 ? used : allocated, file.size() - position - head.size());
}

}  // namespace geneglass
