// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/slide_reading.h"

#include <algorithm>
#include <cmath>

#include "tests/fuzz/fuzz_target.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::fuzzing {
namespace {

constexpr int64_t kMostTilesALevel = 6;
constexpr int64_t kMostPixelsOfRows = int64_t{1} << 22;
constexpr double kMostPixelsALevel = 1 << 22;  ///< of the finest level, that its tiles may be made of

void checkTile(const Level& level, TileKey key, const Image& image) {
  const bool fits =
      image.width == std::min(level.tile.width, level.size.width - key.column * level.tile.width) &&
      image.height == std::min(level.tile.height, level.size.height - key.row * level.tile.height) &&
      image.pixels.size() == static_cast<size_t>(image.width) * static_cast<size_t>(image.height);
  if (!fits) broken("a tile has the pixels of its place");
}

void readLevel(const OpenedSlide& opened, int index, const std::filesystem::path& place,
               std::mt19937& chance) {
  const Level& level = opened.slide->levels[static_cast<size_t>(index)];
  if (level.tile.width <= 0 || level.tile.height <= 0 || !(level.downsample > 0)) broken("levels are sane");
  const int64_t all = level.columns() * level.rows();
  // A tile of a file in strips costs all their width.
  const double finer = std::pow(level.downsample, 2);
  const double area = finer * static_cast<double>(level.tile.width * level.tile.height);
  const double band = finer * static_cast<double>(level.size.width * level.tile.height);
  const auto affordable = static_cast<int64_t>(
      area > kMostPixelsALevel ? 0 : std::clamp<double>(kMostPixelsALevel / band, 1, kMostTilesALevel));
  for (int64_t i = 0; i < std::min(all, affordable); ++i) {
    const int64_t which = all <= affordable ? i : static_cast<int64_t>(chance()) % all;
    const TileKey key{index, static_cast<int>(which % level.columns()),
                      static_cast<int>(which / level.columns())};
    if (const auto tile = opened.source->read(key))
      checkTile(level, key, (*tile)->image);
    else
      checkSentence(tile.error().sentence, place);
  }
}

/// Where a TIFF keeps its directories' entries, and how long those are.
struct TiffEntries {
  std::vector<size_t> places;
  size_t numberBytes = 4;  ///< of counts and values
};

TiffEntries entriesOf(std::span<const uint8_t> bytes) {
  TiffEntries found;
  const bool isBig = bytes.size() > 16 && numberAt(bytes, 0, 4) == 0x002b4949;
  if (!isBig && (bytes.size() < 16 || numberAt(bytes, 0, 4) != 0x002a4949)) return found;
  const size_t number = found.numberBytes = isBig ? 8 : 4, count = isBig ? 8 : 2, entry = isBig ? 20 : 12;
  for (uint64_t at = numberAt(bytes, isBig ? 8 : 4, number); at > 0 && found.places.size() < 500;) {
    if (at >= bytes.size() || bytes.size() - at < count) break;
    const uint64_t entries = numberAt(bytes, static_cast<size_t>(at), count);
    if (entries > 200) break;
    const uint64_t next = at + count + entry * entries;
    if (next + number > bytes.size()) break;
    for (uint64_t place = at + count; place < next; place += entry)
      found.places.push_back(static_cast<size_t>(place));
    at = numberAt(bytes, static_cast<size_t>(next), number);
  }
  return found;
}

}  // namespace

void readRows(const Result<std::optional<PlainPicture>>& opened, const std::filesystem::path& file) {
  if (!opened) return checkSentence(opened.error().sentence, file);
  if (!*opened) return;
  const PlainPicture& picture = **opened;
  if (picture.size.width <= 0 || picture.size.height <= 0) broken("a picture has a size");
  if (picture.size.width > kMostPixelsOfRows) return;
  for (int64_t left = std::min(picture.size.height, kMostPixelsOfRows / picture.size.width); left > 0;) {
    Image rows =
        Image::unset(static_cast<int>(picture.size.width), static_cast<int>(std::min<int64_t>(left, 16)));
    const RowsRead read = picture.rows.next(rows);
    if (read.count < 0 || read.count > rows.height) broken("so many rows are read at most");
    if (read.count < rows.height) return;
    left -= read.count;
  }
}

/// What openSlide() has read by another process is read here.
static void readPicture(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) return;
  const Result<FileHead> head = readFileHead(file);
  if (!head) return checkSentence(head.error().sentence, file);
  try {
    readRows(openPicture(*head), file);
  } catch (const std::exception&) {  // `next` may throw
  }
}

void readSlide(const std::filesystem::path& place, std::string_view bytes) {
  const Result<OpenedSlide> opened = tryOutSlide(place);
  if (!opened) {
    checkSentence(opened.error().sentence, place);
    return readPicture(place);
  }
  // OpenSlide's own reading of a damaged NDPI spoils memory: another process tries such a file first.
  if (opened->slide->driver == "openslide" && opened->slide->vendor == "hamamatsu") return;
  std::mt19937 chance(static_cast<unsigned>(std::hash<std::string_view>{}(bytes)));
  for (int i = 0; i < static_cast<int>(opened->slide->levels.size()); ++i)
    readLevel(*opened, i, place, chance);
  for (const AssociatedImage& image : opened->slide->associatedImages)
    if (const auto read = opened->source->readAssociatedImage(image.name); !read)
      checkSentence(read.error().sentence, place);
}

void damageTiff(std::span<uint8_t> bytes, std::mt19937& chance) {
  const TiffEntries entries = entriesOf(bytes);
  if (entries.places.empty()) {
    const size_t width = size_t{1} << chance() % 4;
    return putNumber(bytes, chance() % (bytes.size() - width + 1), tellingNumber(chance, bytes.size()),
                     width);
  }
  const size_t entry = entries.places[chance() % entries.places.size()];
  const size_t number = entries.numberBytes;
  switch (chance() % 6) {
    case 0: {  // another tag, also that of a neighbour
      const size_t other = entries.places[chance() % entries.places.size()];
      return putNumber(bytes, entry, chance() % 2 ? numberAt(bytes, other, 2) : 254 + chance() % 100, 2);
    }
    case 1:
      return putNumber(bytes, entry + 2, 1 + chance() % 18, 2);
    case 2:
      return putNumber(bytes, entry + 4, tellingNumber(chance, bytes.size()), number);
    case 3: {
      constexpr uint64_t kCodes[] = {1,     2,     3,     4,     5,     6,     7,     8,     32773,
                                     33003, 33005, 34712, 34892, 34925, 34926, 50000, 50001, 52479};
      return putNumber(bytes, entry + 4 + number, kCodes[chance() % std::size(kCodes)], 2);
    }
    default:
      return putNumber(bytes, entry + 4 + number, tellingNumber(chance, bytes.size()),
                       chance() % 2 ? number : 2);
  }
}

}  // namespace geneglass::fuzzing
