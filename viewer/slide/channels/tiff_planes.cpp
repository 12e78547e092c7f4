// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/tiff_planes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "viewer/slide/channels/sample_values.h"

namespace geneglass {
namespace {

constexpr uint16_t kNoCompression = 1;
constexpr uint16_t kApart = 2;
constexpr int64_t kStripTile = 512;           ///< sides of the tiles that strips are cut into
constexpr int64_t kMostBandValues = 4 << 20;  ///< of one channel, decoded at once
constexpr int64_t kLowestBand = 64;
constexpr size_t kKeptBytes = 8u << 20;  ///< that a thread keeps for its next block

bool isRaw(const TiffPage& page) {
  return page.compression == kNoCompression && page.bits % 8 == 0;
}

Size tileOf(const TiffPage& page) {
  if (page.isTiled) return page.block;
  int64_t height = kStripTile;
  while (height > kLowestBand && height * page.size.width > kMostBandValues) height /= 2;
  return {kStripTile, height};
}

std::vector<LevelOrigin> levelsOf(const std::vector<TiffPage>& pages, const std::vector<ChannelLevel>& file) {
  std::vector<Level> levels;
  const Size finest = file.front().size;
  for (const ChannelLevel& level : file) {
    const auto ratio = [](int64_t whole, int64_t side) {
      return static_cast<double>(whole) / static_cast<double>(side);
    };
    const double downsample =
        (ratio(finest.width, level.size.width) + ratio(finest.height, level.size.height)) / 2;
    levels.push_back({level.size, downsample, tileOf(pages[level.places.front().page])});
  }
  return withReducedLevels(levels, std::vector<bool>(levels.size(), true));
}

void swapBytes(std::vector<uint8_t>& bytes, size_t width) {
  for (size_t at = 0; at + width <= bytes.size(); at += width)
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                 bytes.begin() + static_cast<std::ptrdiff_t>(at + width));
}

/// Columns of a band, with what of its losses lies in them: losses of a band are whole rows.
Plane columnsOf(const Plane& band, int left, int width) {
  Plane part(width, band.height);
  for (int y = 0; y < band.height; ++y) std::copy_n(band.row(y) + left, width, part.row(y));
  for (const Plane::Loss& loss : band.losses) part.losses.push_back({0, loss.top, width, loss.height});
  part.damage = band.damage;
  return part;
}

/// The part of a level that a tile covers, in its pixels.
Size extentOf(const Level& level, TileKey key) {
  return {std::min(level.tile.width, level.size.width - key.column * level.tile.width),
          std::min(level.tile.height, level.size.height - key.row * level.tile.height)};
}

}  // namespace

TiffPlanes::TiffPlanes(const FileHead& head, std::vector<TiffPage> pages, std::vector<ChannelLevel> levels,
                       std::shared_ptr<PlaneCache> kept)
    : m_file(head.file),
      m_pages(std::move(pages)),
      m_fileLevels(std::move(levels)),
      m_levels(levelsOf(m_pages, m_fileLevels)),
      m_blocks(head.path),
      m_cache(std::move(kept)) {
  std::array<uint8_t, 2> mark{};
  const bool isBigEndian = m_file->read(0, mark).empty() && mark[0] == 'M';
  m_isSwapped = isBigEndian != (std::endian::native == std::endian::big);
}

std::vector<Level> TiffPlanes::levels() const {
  std::vector<Level> levels;
  for (const LevelOrigin& origin : m_levels) levels.push_back(origin.level);
  return levels;
}

bool TiffPlanes::contains(TileKey key) const {
  if (key.level < 0 || key.level >= static_cast<int>(m_levels.size())) return false;
  const Level& level = m_levels[static_cast<size_t>(key.level)].level;
  return key.column >= 0 && key.row >= 0 && key.column < level.columns() && key.row < level.rows();
}

const std::vector<ChannelPlace>& TiffPlanes::placesOf(TileKey key) const {
  const int fileLevel = m_levels[static_cast<size_t>(key.level)].fileLevel;
  return m_fileLevels[static_cast<size_t>(fileLevel)].places;
}

Result<std::vector<PlanePtr>> TiffPlanes::read(TileKey key, std::span<const int> channels) const {
  if (!contains(key)) return fail("there is no such tile");
  std::vector<PlanePtr> planes;
  std::vector<int> missing;
  for (const int channel : channels) {
    planes.push_back(m_cache->find(key, channel));
    if (!planes.back()) missing.push_back(channel);
  }
  if (missing.empty()) return planes;
  std::vector<PlanePtr> decoded;
  if (std::string reason = decode(key, missing, decoded); !reason.empty()) return fail(std::move(reason));
  for (size_t next = 0; PlanePtr & plane : planes)
    if (!plane) plane = std::move(decoded[next++]);
  return planes;
}

std::string TiffPlanes::decode(TileKey key, Channels channels, std::vector<PlanePtr>& planes) const {
  const LevelOrigin& origin = m_levels[static_cast<size_t>(key.level)];
  Planes decoded;
  std::string reason = origin.level.reduced ? decodeReduced(origin, key, channels, decoded)
                                            : decodeFileTile(origin, key, channels, decoded);
  if (!reason.empty()) return reason;
  for (size_t i = 0; i < channels.size(); ++i) {
    planes.push_back(std::make_shared<const Plane>(std::move(decoded[i])));
    m_cache->insert(key, channels[i], planes.back());
  }
  return {};
}

std::string TiffPlanes::decodeFileTile(const LevelOrigin& origin, TileKey key, Channels channels,
                                       Planes& planes) const {
  const TiffPage& page = m_pages[placesOf(key).front().page];
  return page.isTiled ? decodeTile(origin, key, channels, planes) : decodeBand(origin, key, channels, planes);
}

/// A block that holds several of the channels is read once.
std::string TiffPlanes::decodeTile(const LevelOrigin& origin, TileKey key, Channels channels,
                                   Planes& planes) const {
  thread_local std::vector<uint8_t> bytes;
  const Size size = extentOf(origin.level, key);
  const std::vector<ChannelPlace>& places = placesOf(key);
  const auto index = static_cast<uint64_t>(key.row * origin.level.columns() + key.column);
  const auto tiles = static_cast<uint64_t>(origin.level.columns() * origin.level.rows());
  std::pair<size_t, uint64_t> held{m_pages.size(), 0};  // page and block that `bytes` holds
  for (const int channel : channels) {
    const ChannelPlace& place = places[static_cast<size_t>(channel)];
    const TiffPage& page = m_pages[place.page];
    const uint64_t block =
        page.planes == kApart ? static_cast<uint64_t>(place.sample) * tiles + index : index;
    if (held != std::pair{place.page, block})
      if (std::string reason = m_blocks.read(page, static_cast<uint32_t>(block), bytes); !reason.empty())
        return reason;
    held = {place.page, block};
    Plane& plane = planes.emplace_back(static_cast<int>(size.width), static_cast<int>(size.height));
    const size_t step = rowBytes(page, page.block.width);
    for (int y = 0; y < plane.height; ++y)
      readValues(page, bytes.data() + static_cast<size_t>(y) * step, place.sample, 0,
                 {plane.row(y), static_cast<size_t>(plane.width)});
  }
  if (bytes.capacity() > kKeptBytes) bytes = {};
  return {};
}

std::string TiffPlanes::readRawRows(const ChannelPlace& place, uint32_t strip, int64_t first, int64_t count,
                                    std::vector<uint8_t>& bytes) const {
  const TiffPage& page = m_pages[place.page];
  const size_t step = rowBytes(page, page.size.width);
  const uint64_t offset = m_blocks.offsetOf(page, strip);
  if (offset == 0) return "the file holds no bytes of it";
  bytes.resize(step * static_cast<size_t>(count));
  std::string reason = m_file->read(offset + place.shift + step * static_cast<uint64_t>(first), bytes);
  if (reason.empty() && m_isSwapped) swapBytes(bytes, page.bits / 8U);
  return reason;
}

/// Rows of one channel from `top` on, as many as the band has; those that cannot be read become losses. The
/// reason where none can.
std::string TiffPlanes::readStrips(const ChannelPlace& place, int64_t top, Plane& band) const {
  std::vector<uint8_t> bytes;
  const TiffPage& page = m_pages[place.page];
  const int64_t rows = page.block.height;
  const int64_t strips = (page.size.height + rows - 1) / rows;
  const size_t step = rowBytes(page, page.size.width);
  int64_t lost = 0;
  for (int64_t y = top; y < top + band.height;) {
    const int64_t within = y % rows;
    const int64_t count = std::min(rows - within, top + band.height - y);
    const auto strip = static_cast<uint32_t>(y / rows + (page.planes == kApart ? place.sample * strips : 0));
    std::string reason =
        isRaw(page) ? readRawRows(place, strip, within, count, bytes) : m_blocks.read(page, strip, bytes);
    const size_t before = isRaw(page) ? 0 : static_cast<size_t>(within) * step;
    const int at = static_cast<int>(y - top);
    for (int row = 0; reason.empty() && row < count; ++row)
      readValues(page, bytes.data() + before + static_cast<size_t>(row) * step, place.sample, 0,
                 {band.row(at + row), static_cast<size_t>(band.width)});
    y += count;
    if (reason.empty()) continue;
    lost += count;
    band.losses.push_back({0, at, band.width, static_cast<int>(count)});
    if (band.damage.empty()) band.damage = std::move(reason);
  }
  return lost == band.height ? band.damage : "";
}

/// Strips reach over all tiles of a row: what is decoded for one is kept for its neighbours.
std::string TiffPlanes::decodeBand(const LevelOrigin& origin, TileKey key, Channels channels,
                                   Planes& planes) const {
  const std::lock_guard lock(m_band);
  const Level& level = origin.level;
  const auto height = static_cast<int>(extentOf(level, key).height);
  for (const int channel : channels) {
    if (const PlanePtr there = m_cache->find(key, channel)) {
      planes.push_back(*there);
      continue;
    }
    Plane band(static_cast<int>(level.size.width), height);
    const ChannelPlace& place = placesOf(key)[static_cast<size_t>(channel)];
    if (std::string reason = readStrips(place, key.row * level.tile.height, band); !reason.empty())
      return reason;
    for (int column = 0; column < level.columns(); ++column) {
      const TileKey each{key.level, column, key.row};
      const auto left = static_cast<int>(column * level.tile.width);
      const auto width = static_cast<int>(extentOf(level, each).width);
      Plane part = columnsOf(band, left, width);
      if (column == key.column)
        planes.push_back(std::move(part));
      else
        m_cache->insert(each, channel, std::make_shared<const Plane>(std::move(part)));
    }
  }
  return {};
}

/// The reason where no part can be read.
std::string TiffPlanes::decodeReduced(const LevelOrigin& origin, TileKey key, Channels channels,
                                      Planes& planes) const {
  int fileKeyLevel = key.level;
  while (m_levels[static_cast<size_t>(fileKeyLevel)].level.reduced) --fileKeyLevel;
  const LevelOrigin& file = m_levels[static_cast<size_t>(fileKeyLevel)];
  const Size size = extentOf(origin.level, key);
  const auto width = static_cast<int>(file.level.tile.width / origin.factor);
  const auto height = static_cast<int>(file.level.tile.height / origin.factor);
  planes.assign(channels.size(), Plane(static_cast<int>(size.width), static_cast<int>(size.height)));
  bool any = false;
  std::string damage;
  for (int y = 0; y < size.height; y += height)
    for (int x = 0; x < size.width; x += width) {
      const TileKey part{fileKeyLevel, key.column * origin.group + x / width,
                         key.row * origin.group + y / height};
      Planes decoded;
      std::string reason = decodeFileTile(file, part, channels, decoded);
      any |= reason.empty();
      for (size_t i = 0; i < planes.size(); ++i)
        if (reason.empty())
          paste(boxMean(decoded[i], origin.factor), planes[i], x, y);
        else
          planes[i].losses.push_back({x, y, width, height});
      if (damage.empty()) damage = std::move(reason);
    }
  if (!any) return damage;
  for (Plane& plane : planes) plane.damage = damage;
  return {};
}

Result<Image> TiffPlanes::readPicture(size_t page) const {
  Image image;
  if (std::string reason = m_blocks.readPicture(m_pages[page], image); !reason.empty())
    return fail(std::move(reason));
  return image;
}

}  // namespace geneglass
