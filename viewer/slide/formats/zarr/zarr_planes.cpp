// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/zarr/zarr_planes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>

#include "viewer/slide/formats/reduced_levels.h"

namespace geneglass {
namespace {

/// The number at a place of a chunk.
float numberAt(const ZarrArray& array, const uint8_t* at) {
  uint32_t value = 0;
  for (int i = 0; i < array.bytes; ++i)
    value |= uint32_t{at[i]} << (8 * (array.isBigEndian ? array.bytes - 1 - i : i));
  if (array.kind == 'f') return std::bit_cast<float>(value);
  if (array.kind == 'u') return static_cast<float>(value);
  const int unused = 32 - 8 * array.bytes;
  return static_cast<float>(static_cast<int32_t>(value << unused) >> unused);
}

TileKey keyOf(int level, int64_t column, int64_t row) {
  return {level, static_cast<int>(column), static_cast<int>(row)};
}

}  // namespace

std::vector<Level> ZarrPlanes::levels() const {
  std::vector<Level> levels;
  for (const OmeZarrLevel& each : m_zarr.levels) levels.push_back(each.level);
  return levels;
}

std::vector<int64_t> ZarrPlanes::chunkOf(const OmeZarrLevel& level, TileKey key, int channel) const {
  const std::vector<int64_t>& sides = level.array.chunk;
  std::vector<int64_t> index(sides.size());
  const ZarrAxes& axes = m_zarr.axes;
  if (axes.t) index[*axes.t] = m_zarr.time / sides[*axes.t];
  if (axes.c) index[*axes.c] = channel / sides[*axes.c];
  if (axes.z) index[*axes.z] = m_zarr.plane / sides[*axes.z];
  index[axes.y] = key.row;
  index[axes.x] = key.column;
  return index;
}

std::string ZarrPlanes::decode(TileKey key, int channel, Unpacked& last, Plane& plane) const {
  std::vector<uint8_t>& bytes = last.bytes;
  const OmeZarrLevel& level = m_zarr.levels[static_cast<size_t>(key.level)];
  const ZarrArray& array = level.array;
  const std::vector<int64_t> index = chunkOf(level, key, channel);
  if (std::filesystem::path file = array.fileOf(index); file != last.file) {
    if (std::string reason = readZarrChunk(array, index, bytes); !reason.empty()) return reason;
    last.file = std::move(file);
  }
  const int64_t width =
      std::min(level.level.tile.width, level.level.size.width - key.column * level.level.tile.width);
  const int64_t height =
      std::min(level.level.tile.height, level.level.size.height - key.row * level.level.tile.height);
  plane = Plane(static_cast<int>(width), static_cast<int>(height));
  if (bytes.empty()) {
    std::ranges::fill(plane.values, static_cast<float>(array.fill));
    return {};
  }
  std::vector<int64_t> steps(array.chunk.size(), array.bytes);
  for (size_t i = steps.size() - 1; i > 0; --i) steps[i - 1] = steps[i] * array.chunk[i];
  const auto within = [&](const std::optional<size_t>& axis, int64_t at) {
    return axis ? at % array.chunk[*axis] * steps[*axis] : 0;
  };
  const ZarrAxes& axes = m_zarr.axes;
  const int64_t begin = within(axes.t, m_zarr.time) + within(axes.c, channel) + within(axes.z, m_zarr.plane);
  for (int y = 0; y < plane.height; ++y) {
    const uint8_t* from = bytes.data() + begin + y * steps[axes.y];
    float* to = plane.row(y);
    for (int x = 0; x < plane.width; ++x, from += steps[axes.x]) to[x] = numberAt(array, from);
  }
  return {};
}

Result<std::vector<PlanePtr>> ZarrPlanes::read(TileKey key, std::span<const int> channels) const {
  const bool isLevel = key.level >= 0 && key.level < static_cast<int>(m_zarr.levels.size());
  const Level level = isLevel ? m_zarr.levels[static_cast<size_t>(key.level)].level : Level{{}, 1, {1, 1}};
  if (key.column < 0 || key.row < 0 || key.column >= level.columns() || key.row >= level.rows())
    return fail("there is no such tile");
  std::vector<PlanePtr> planes;
  Unpacked last;
  for (const int channel : channels) {
    PlanePtr plane = m_kept->find(key, channel);
    if (!plane) {
      auto decoded = std::make_shared<Plane>();
      if (std::string reason = decode(key, channel, last, *decoded); !reason.empty())
        return fail(std::move(reason));
      plane = std::move(decoded);
      m_kept->insert(key, channel, plane);
    }
    planes.push_back(std::move(plane));
  }
  return planes;
}

bool ZarrPlanes::isBare(TileKey key) const {
  const OmeZarrLevel& level = m_zarr.levels[static_cast<size_t>(key.level)];
  std::error_code ignored;
  for (int channel = 0; channel < static_cast<int>(m_zarr.channels.size()); ++channel)
    if (std::filesystem::exists(level.array.fileOf(chunkOf(level, key, channel)), ignored)) return false;
  return true;
}

Size ZarrColourReader::held(int64_t column, int64_t row) const {
  const Level& level = m_planes->zarr().levels[static_cast<size_t>(m_level)].level;
  return {std::min(level.tile.width, level.size.width - column * level.tile.width),
          std::min(level.tile.height, level.size.height - row * level.tile.height)};
}

bool ZarrColourReader::isLeftOut(int64_t column, int64_t row) const {
  return m_planes->isBare(keyOf(m_level, column, row));
}

std::string ZarrColourReader::decode(int64_t column, int64_t row, int reduction, Image& image) const {
  constexpr std::array kColours{0, 1, 2};
  const auto planes = m_planes->read(keyOf(m_level, column, row), kColours);
  if (!planes) return planes.error().sentence;
  const auto& [red, green, blue] = std::tie((*planes)[0]->values, (*planes)[1]->values, (*planes)[2]->values);
  Image whole = Image::unset((*planes)[0]->width, (*planes)[0]->height);
  for (size_t i = 0; i < whole.pixels.size(); ++i)
    whole.pixels[i] = opaque(static_cast<uint32_t>(red[i]), static_cast<uint32_t>(green[i]),
                             static_cast<uint32_t>(blue[i]));
  if (reduction > 1) whole = boxMean(whole, reduction);
  if (whole.width < image.width || whole.height < image.height) return "it holds fewer pixels than its place";
  for (int y = 0; y < image.height; ++y)
    std::copy_n(&whole.pixels[static_cast<size_t>(y) * static_cast<size_t>(whole.width)], image.width,
                &image.at(0, y));
  return {};
}

}  // namespace geneglass
