// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/tile_reader.h"

#include <algorithm>
#include <array>
#include <functional>
#include <new>

#include "inference/tissue/thumbnail.h"
#include "viewer/foundation/pixel.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

/// The grey value below which `share` of the tile's pixels lie.
int greyAt(const std::array<size_t, 256>& histogram, double share, size_t pixels) {
  size_t below = 0;
  for (int grey = 0; grey < 256; ++grey) {
    below += histogram[static_cast<size_t>(grey)];
    if (double(below) > share * double(pixels)) return grey;
  }
  return 255;
}

}  // namespace

bool isEmptyTile(const Image& tile, double tissueBrightness) {
  constexpr size_t kSums = 3 * 255 + 1, kCounters = 4;  // several, since neighbours are of like brightness
  std::array<std::array<uint32_t, kSums>, kCounters> counts{};
  for (size_t i = 0; i < tile.pixels.size(); ++i) {
    const uint32_t pixel = tile.pixels[i];
    ++counts[i % kCounters][static_cast<size_t>(redOf(pixel) + greenOf(pixel) + blueOf(pixel))];
  }
  std::array<size_t, 256> histogram{};
  double sum = 0;
  for (size_t channels = 0; channels < kSums; ++channels)
    for (const auto& counter : counts) {
      sum += double(channels) * counter[channels];
      histogram[channels / 3] += counter[channels];
    }
  const double nearWhite = tissueBrightness <= 155 ? 195 : tissueBrightness <= 180 ? 200 : 205;
  if (sum / (3.0 * double(tile.pixels.size())) > nearWhite) return true;
  // Low contrast as scikit-image has it: the middle 98 % of the greys span under a twentieth of the range.
  const size_t pixels = tile.pixels.size();
  return greyAt(histogram, 0.99, pixels) - greyAt(histogram, 0.01, pixels) < 0.05 * 255;
}

ReadTile readTile(const Slide& slide, const TileSource& source, const TileGrid& grid, size_t index,
                  int pixels, double tissueBrightness) {
  ReadTile tile{index, TileState::Damaged, {}};
  try {
    Result<Image> image = readRegion(slide, source, grid.area(grid.cells[index]), pixels, pixels);
    if (!image) return tile;
    for (uint32_t& pixel : image->pixels) pixel = onWhite(pixel);
    tile.state = isEmptyTile(*image, tissueBrightness) ? TileState::Empty : TileState::Usable;
    if (tile.state == TileState::Usable) tile.image = std::move(*image);
  } catch (const std::bad_alloc&) {  // no fault of the tile
    throw;
  } catch (const std::exception&) {  // the border of a tile read
  }
  return tile;
}

std::optional<Image> readAround(const Slide& slide, const TileSource& source, const Rect& area, double size,
                                int pixels) {
  const double width = size * area.width, height = size * area.height;
  const Rect around{area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height};
  try {
    Result<Image> image = readRegion(slide, source, around, pixels, pixels);
    if (!image) return {};
    for (uint32_t& pixel : image->pixels) pixel = onWhite(pixel);
    return std::move(*image);
  } catch (const std::bad_alloc&) {  // no fault of the tile
    throw;
  } catch (const std::exception&) {  // the border of a tile read
    return {};
  }
}

TileReader::TileReader(OpenedSlide opened, const TileGrid& grid, int pixels, double tissueBrightness,
                       int threads, size_t ahead, std::stop_token stop, std::shared_ptr<EyeFirst> eyeFirst)
    : m_opened(std::move(opened)),
      m_grid(grid),
      m_pixels(pixels),
      m_tissueBrightness(tissueBrightness),
      m_eyeFirst(std::move(eyeFirst)),
      m_onStop(std::move(stop), [this] { m_stop.request_stop(); }),
      m_ring(std::max<size_t>(1, ahead)) {
  for (int i = 0; i < threads; ++i) m_threads.emplace_back([this] { work(); });
}

TileReader::~TileReader() {
  m_stop.request_stop();
  m_threads.clear();
}

void TileReader::work() {
  try {
    readAll(m_stop.get_token());
  } catch (const std::exception&) {
    const std::scoped_lock lock(m_mutex);
    m_failure = std::current_exception();
    m_changed.notify_all();
  }
}

void TileReader::readAll(const std::stop_token& stop) {
  while (true) {
    size_t index = 0;
    {
      std::unique_lock lock(m_mutex);
      const auto mayRead = [this] {
        return m_nextToRead == m_grid.count() || m_nextToRead < m_nextToGive + m_ring.size();
      };
      if (!m_changed.wait(lock, stop, mayRead) || stop.stop_requested()) return;
      if (m_nextToRead == m_grid.count()) return;
      index = m_nextToRead++;
    }
    if (m_eyeFirst) m_eyeFirst->giveWay(stop);
    ReadTile tile = readTile(*m_opened.slide, *m_opened.source, m_grid, index, m_pixels, m_tissueBrightness);
    const std::scoped_lock lock(m_mutex);
    m_ring[index % m_ring.size()] = std::move(tile);
    m_changed.notify_all();
  }
}

std::optional<ReadTile> TileReader::next() {
  std::unique_lock lock(m_mutex);
  if (m_nextToGive == m_grid.count()) return {};
  std::optional<ReadTile>& slot = m_ring[m_nextToGive % m_ring.size()];
  m_changed.wait(lock, m_stop.get_token(), [&] { return slot.has_value() || m_failure; });
  if (m_failure) std::rethrow_exception(m_failure);
  if (m_stop.stop_requested()) return {};
  std::optional<ReadTile> tile = std::exchange(slot, std::nullopt);
  ++m_nextToGive;
  m_changed.notify_all();
  return tile;
}

}  // namespace geneglass
