// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ndpi/ndpi_directories.h"

#include <tiff.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <set>
#include <unordered_map>

namespace geneglass {
namespace {

constexpr uint16_t kIsNdpi = 65420;
constexpr uint16_t kLens = 65421;
constexpr uint16_t kCentreX = 65422;
constexpr uint16_t kCentreY = 65423;
constexpr uint16_t kFocalPlane = 65424;
constexpr uint16_t kStarts = 65426;
constexpr uint16_t kStartsUpper = 65432;
constexpr uint16_t kFilter = 65434;
constexpr uint16_t kEmission = 65451;

constexpr uint64_t kUpper = uint64_t{1} << 32;
/// Of all directories together.
constexpr size_t kMostStarts = size_t{1} << 24;

/// A tag as it lies in the file, which is always little endian.
struct Entry {
  uint16_t type = 0;
  uint32_t count = 0;
  uint64_t value = 0;  ///< or where the values are
};
using Entries = std::unordered_map<uint16_t, Entry>;

template <typename T>
T numberAt(const uint8_t* bytes) {
  static_assert(std::endian::native == std::endian::little);
  T number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

/// A directory's tags, and where the next one is (0: nowhere). Nothing where it is damaged.
std::optional<uint64_t> readEntries(const PositionedFile& file, uint64_t position, Entries& entries) {
  constexpr size_t kEntry = 12;
  std::array<uint8_t, 2> head{};
  if (!file.read(position, head).empty()) return {};
  const size_t count = numberAt<uint16_t>(head.data());
  const bool large = file.size() >= kUpper;
  std::vector<uint8_t> bytes(count * kEntry + 8 + (large ? count * 4 : 0));
  if (count == 0 || !file.read(position + 2, bytes).empty()) return {};
  const uint8_t* upper = bytes.data() + count * kEntry + 8;
  for (size_t i = 0; i < count; ++i) {
    const uint8_t* entry = bytes.data() + i * kEntry;
    Entry read{numberAt<uint16_t>(entry + 2), numberAt<uint32_t>(entry + 4), numberAt<uint32_t>(entry + 8)};
    if (large) read.value += kUpper * numberAt<uint32_t>(upper + 4 * i);
    entries.emplace(numberAt<uint16_t>(entry), read);
  }
  return numberAt<uint64_t>(bytes.data() + count * kEntry);
}

/// One whole number, whatever its type; nothing where the tag is not there.
std::optional<uint64_t> wholeOf(const Entries& entries, uint16_t tag) {
  const auto found = entries.find(tag);
  if (found == entries.end() || found->second.count != 1) return {};
  if (found->second.type == TIFF_SHORT) return found->second.value & 0xffff;
  const bool long32 = found->second.type == TIFF_LONG || found->second.type == TIFF_SLONG;
  return long32 ? std::optional(found->second.value) : std::nullopt;
}

int32_t signedOf(const Entries& entries, uint16_t tag) {
  return static_cast<int32_t>(static_cast<uint32_t>(wholeOf(entries, tag).value_or(0)));
}

double realOf(const Entries& entries, uint16_t tag) {
  const auto found = entries.find(tag);
  if (found == entries.end() || found->second.type != TIFF_FLOAT || found->second.count != 1) return 0;
  const auto number = std::bit_cast<float>(static_cast<uint32_t>(found->second.value));
  return std::isfinite(number) ? number : 0;
}

/// Without the blanks at its end; empty where there is none.
std::string textOf(const PositionedFile& file, const Entries& entries, uint16_t tag) {
  constexpr uint32_t kLongest = 4096;
  const auto found = entries.find(tag);
  if (found == entries.end() || found->second.type != TIFF_ASCII || found->second.count > kLongest) return {};
  std::vector<uint8_t> bytes(found->second.count);
  if (bytes.size() <= sizeof(uint32_t))
    std::memcpy(bytes.data(), &found->second.value, bytes.size());
  else if (!file.read(found->second.value, bytes).empty())
    return {};
  std::string text(bytes.begin(), std::find(bytes.begin(), bytes.end(), 0));
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

/// Many numbers of 32 bits; empty where the tag is not there, lies beyond the file, or has more than `most`.
std::vector<uint32_t> numbersOf(const PositionedFile& file, const Entries& entries, uint16_t tag,
                                size_t most) {
  const auto found = entries.find(tag);
  if (found == entries.end() || found->second.type != TIFF_LONG) return {};
  const Entry& entry = found->second;
  if (entry.count == 1) return {static_cast<uint32_t>(entry.value)};
  if (entry.count > most || entry.count > file.size() / 4) return {};
  std::vector<uint32_t> numbers(entry.count);
  const std::span bytes(reinterpret_cast<uint8_t*>(numbers.data()), numbers.size() * sizeof(uint32_t));
  return file.read(entry.value, bytes).empty() ? numbers : std::vector<uint32_t>();
}

/// The upper halves have a tag of their own, which newer files leave out: the lower ones then begin anew at
/// 4 GiB.
std::vector<uint64_t> startsOf(const PositionedFile& file, const Entries& entries, size_t most) {
  const std::vector<uint32_t> lower = numbersOf(file, entries, kStarts, most);
  const std::vector<uint32_t> upper = numbersOf(file, entries, kStartsUpper, most);
  std::vector<uint64_t> starts(lower.begin(), lower.end());
  uint64_t added = 0;
  for (size_t i = 0; i < starts.size(); ++i) {
    if (upper.empty() && i > 0 && lower[i] < lower[i - 1]) added += kUpper;
    starts[i] += upper.size() == lower.size() ? kUpper * upper[i] : added;
  }
  return starts;
}

/// Pixels a unit of length, as TIFF has it, into micrometres a pixel.
std::optional<Mpp> mppOf(const PositionedFile& file, const Entries& entries) {
  const double unit = wholeOf(entries, TIFFTAG_RESOLUTIONUNIT) == RESUNIT_INCH ? 25400 : 10000;
  std::array<double, 2> sides{};
  for (size_t i = 0; i < 2; ++i) {
    const auto found = entries.find(i == 0 ? TIFFTAG_XRESOLUTION : TIFFTAG_YRESOLUTION);
    std::array<uint8_t, 8> bytes{};
    if (found == entries.end() || found->second.type != TIFF_RATIONAL || found->second.count != 1) return {};
    if (!file.read(found->second.value, bytes).empty()) return {};
    const auto pixels = numberAt<uint32_t>(bytes.data());
    const auto units = numberAt<uint32_t>(bytes.data() + 4);
    if (pixels == 0 || units == 0) return {};
    sides[i] = unit * units / pixels;
  }
  return Mpp{sides[0], sides[1]};
}

/// `room`: how many starts may still be kept.
NdpiDirectory directoryOf(const PositionedFile& file, const Entries& entries, size_t& room) {
  NdpiDirectory directory;
  const auto small = [&](uint16_t tag) { return static_cast<uint32_t>(wholeOf(entries, tag).value_or(0)); };
  directory.size = {small(TIFFTAG_IMAGEWIDTH), small(TIFFTAG_IMAGELENGTH)};
  directory.compression = static_cast<uint16_t>(small(TIFFTAG_COMPRESSION));
  directory.photometric = static_cast<uint16_t>(small(TIFFTAG_PHOTOMETRIC));
  directory.offset = wholeOf(entries, TIFFTAG_STRIPOFFSETS).value_or(0);
  directory.bytes = wholeOf(entries, TIFFTAG_STRIPBYTECOUNTS).value_or(0);
  directory.mpp = mppOf(file, entries);
  directory.lens = realOf(entries, kLens);
  directory.centre = {static_cast<double>(signedOf(entries, kCentreX)),
                      static_cast<double>(signedOf(entries, kCentreY))};
  directory.focalPlane = signedOf(entries, kFocalPlane);
  directory.filter = textOf(file, entries, kFilter);
  directory.emission = realOf(entries, kEmission);
  directory.starts = startsOf(file, entries, room);
  room -= directory.starts.size();
  return directory;
}

}  // namespace

std::vector<NdpiDirectory> readNdpiDirectories(const PositionedFile& file) {
  constexpr size_t kMost = 1000;
  constexpr std::array<uint8_t, 4> kClassic{'I', 'I', 42, 0};
  std::array<uint8_t, 12> head{};
  if (!file.read(0, head).empty() || !std::equal(kClassic.begin(), kClassic.end(), head.begin())) return {};
  std::vector<NdpiDirectory> directories;
  std::set<uint64_t> seen;
  size_t room = kMostStarts;
  uint64_t position = numberAt<uint64_t>(head.data() + 4);
  while (position != 0 && directories.size() < kMost && seen.insert(position).second) {
    Entries entries;
    const std::optional<uint64_t> next = readEntries(file, position, entries);
    if (!next || !entries.contains(kIsNdpi)) break;
    directories.push_back(directoryOf(file, entries, room));
    position = *next;
  }
  return directories;
}

}  // namespace geneglass
