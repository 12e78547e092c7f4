// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/zip_directory.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

namespace geneglass {
namespace {

constexpr uint64_t kElsewhere = 0xffffffff;  ///< in 4 bytes: the number is in ZIP64's place for it
constexpr uint64_t kLargestDirectory = uint64_t(64) << 20;

/// Of the processors that are built for, all are little-endian, as zip files are.
template <typename Number>
uint64_t numberAt(std::string_view bytes, size_t place) {
  Number number = 0;
  if (place + sizeof number <= bytes.size()) std::memcpy(&number, bytes.data() + place, sizeof number);
  return number;
}

struct Place {
  uint64_t begin = 0, bytes = 0;
};

std::optional<Place> directoryPlace(const ReadAt& read, uint64_t fileBytes) {
  std::string end(static_cast<size_t>(std::min<uint64_t>(fileBytes, 22 + 0xffff + 20)), '\0');
  if (!read(fileBytes - end.size(), end.data(), end.size())) return {};
  const size_t at = end.rfind("PK\5\6");
  if (at == end.npos) return {};
  Place place{numberAt<uint32_t>(end, at + 16), numberAt<uint32_t>(end, at + 12)};
  if (place.begin != kElsewhere && place.bytes != kElsewhere) return place;
  std::string wide(56, '\0');
  if (at < 20 || end.compare(at - 20, 4, "PK\6\7") != 0 ||
      !read(numberAt<uint64_t>(end, at - 20 + 8), wide.data(), wide.size()) || !wide.starts_with("PK\6\6"))
    return {};
  return Place{numberAt<uint64_t>(wide, 48), numberAt<uint64_t>(wide, 40)};
}

/// ZIP64's number of bytes, the first of its extra field.
uint64_t wideBytes(std::string_view extra) {
  for (size_t at = 0; at + 4 <= extra.size(); at += 4 + numberAt<uint16_t>(extra, at + 2))
    if (numberAt<uint16_t>(extra, at) == 1) return numberAt<uint64_t>(extra, at + 4);
  return kElsewhere;
}

}  // namespace

Result<std::vector<ZipMember>> zipDirectory(const ReadAt& read, uint64_t fileBytes) {
  const std::optional<Place> place = directoryPlace(read, fileBytes);
  if (!place) return fail("it is no zip archive, or not whole");
  if (place->bytes > std::min(kLargestDirectory, fileBytes)) return fail("its directory is not of its size");
  std::string directory(static_cast<size_t>(place->bytes), '\0');
  if (!read(place->begin, directory.data(), directory.size()))
    return fail("it is no zip archive, or not whole");
  std::vector<ZipMember> members;
  constexpr size_t kHead = 46;
  for (size_t at = 0; at + kHead <= directory.size() && directory.compare(at, 4, "PK\1\2") == 0;) {
    const size_t name = numberAt<uint16_t>(directory, at + 28),
                 extra = numberAt<uint16_t>(directory, at + 30);
    const size_t more = name + extra + numberAt<uint16_t>(directory, at + 32);
    if (at + kHead + more > directory.size()) return fail("it is no zip archive, or not whole");
    uint64_t bytes = numberAt<uint32_t>(directory, at + 24);
    if (bytes == kElsewhere) bytes = wideBytes(std::string_view(directory).substr(at + kHead + name, extra));
    members.push_back({directory.substr(at + kHead, name), bytes});
    at += kHead + more;
  }
  return members;
}

}  // namespace geneglass
