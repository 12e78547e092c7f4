// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/tile_benchmark.h"

#include <fmt/format.h>
#include <openslide/openslide.h>
#include <tiff.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "app/benchmark/jpeg_limit.h"
#include "app/benchmark/median.h"
#include "viewer/slide/formats/ndpi/ndpi_source.h"
#include "viewer/slide/formats/tiff/positioned_file.h"
#include "viewer/slide/formats/tiff/tiff_directories.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

constexpr int kTileRuns = 7;
constexpr size_t kMostTiles = 1024;

struct CloseOpenSlide {
  void operator()(openslide_t* handle) const { openslide_close(handle); }
};
using Peer = std::unique_ptr<openslide_t, CloseOpenSlide>;

/// Does one thing with tile `index` of the sample; made anew for each thread.
using Work = std::function<void(size_t index)>;
using MakeWork = std::function<Work()>;

std::vector<TileKey> sampleOf(const Level& level) {
  std::vector<TileKey> keys;
  for (int row = 0; row < level.rows(); ++row)
    for (int column = 0; column < level.columns(); ++column) keys.push_back({0, column, row});
  std::mt19937 random(1);
  std::shuffle(keys.begin(), keys.end(), random);
  keys.resize(std::min(keys.size(), kMostTiles));
  return keys;
}

/// Tiles a second.
double rateOf(const MakeWork& makeWork, size_t tiles, int threads) {
  std::atomic<size_t> next = 0;
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i)
      workers.emplace_back([&] {
        const Work work = makeWork();
        for (size_t index = next++; index < tiles; index = next++) work(index);
      });
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return static_cast<double>(tiles) / seconds.count();
}

/// The slide and what each way needs.
class TileRace final {
 public:
  TileRace(OpenedSlide opened, int threads)
      : m_opened(std::move(opened)),
        m_level(m_opened.slide->levels.front()),
        m_keys(sampleOf(m_level)),
        m_threads(threads) {}

  Result<void> compare(TileBenchmark& result);
  Result<TileBenchmark> run(std::stop_token stop);

 private:
  tl::unexpected<Error> cannot(std::string_view reason) const {
    return fail(fmt::format("Cannot measure '{}': {}.", m_opened.slide->file.string(), reason));
  }
  Peer openPeer() const { return Peer(openslide_open(m_opened.slide->file.c_str())); }
  void readPeer(openslide_t* peer, TileKey key, std::vector<uint32_t>& pixels) const;
  void loadCompressed();
  double openSlideRate(const Peer& peer) const;
  double geneglassRate() const;
  double limitRate() const;

  const OpenedSlide m_opened;
  const Level m_level;
  const std::vector<TileKey> m_keys;
  const int m_threads;
  JpegTiles m_compressed;  ///< the sample's; empty where they are not JPEG
  mutable std::atomic<bool> m_failed = false;
};

/// Whole tiles, also where the level ends inside one; all of them at whole level-0 pixels.
void TileRace::readPeer(openslide_t* peer, TileKey key, std::vector<uint32_t>& pixels) const {
  const int64_t x = key.column * m_level.tile.width;
  const int64_t y = key.row * m_level.tile.height;
  const int64_t width = std::min(m_level.tile.width, m_level.size.width - x);
  const int64_t height = std::min(m_level.tile.height, m_level.size.height - y);
  pixels.resize(static_cast<size_t>(width * height));
  openslide_read_region(peer, pixels.data(), x, y, 0, width, height);
}

Result<void> TileRace::compare(TileBenchmark& result) {
  const Peer peer = openPeer();
  if (!peer) return {};
  std::vector<uint32_t> expected;
  double sum = 0;
  double count = 0;
  for (const TileKey key : m_keys) {
    const Result<TilePtr> tile = m_opened.source->read(key);
    if (!tile) return tl::unexpected(tile.error());
    readPeer(peer.get(), key, expected);
    if (const char* reason = openslide_get_error(peer.get())) return cannot(reason);
    const auto* own = reinterpret_cast<const uint8_t*>((*tile)->image.pixels.data());
    const auto* other = reinterpret_cast<const uint8_t*>(expected.data());
    for (size_t i = 0; i < 4 * expected.size(); ++i) {
      const int away = std::abs(own[i] - other[i]);
      sum += away;
      result.maxDifference = std::max(result.maxDifference, away);
    }
    count += 4 * static_cast<double>(expected.size());
  }
  result.meanDifference = sum / count;
  return {};
}

/// The sample's tiles of level 0 where it is tiled JPEG.
JpegTiles tiledJpeg(const PositionedFile& file, const std::filesystem::path& path, const Level& level,
                    const std::vector<TileKey>& keys) {
  for (const TiffDirectory& directory : readTiffHead(file, path).tiled) {
    const bool fits = directory.size == level.size && directory.tile == level.tile &&
                      directory.compression == COMPRESSION_JPEG && directory.samplesPerPixel == 3 &&
                      directory.planes == PLANARCONFIG_CONTIG;
    if (!fits) continue;
    JpegTiles tiles{{}, directory.jpegTables, directory.photometric == PHOTOMETRIC_YCBCR, directory.tile};
    for (const TileKey key : keys) {
      const auto index = static_cast<size_t>(key.row * directory.columns() + key.column);
      std::vector<uint8_t> bytes(directory.tileByteCounts[index]);
      if (bytes.empty() || !file.read(directory.tileOffsets[index], bytes).empty()) continue;
      tiles.tiles.push_back(std::move(bytes));
    }
    return tiles;
  }
  return {};
}

/// The same where level 0 is one JPEG with restart markers; without the cut tiles of the edges.
JpegTiles cutJpeg(const std::shared_ptr<const PositionedFile>& file, const Level& level,
                  const std::vector<TileKey>& keys) {
  for (const NdpiDirectory& directory : readNdpiDirectories(*file)) {
    if (!directory.isLevel() || directory.size != level.size) continue;
    const auto reader = ndpiReader(file, directory);
    if (!reader || reader->tile() != level.tile) return {};
    JpegTiles tiles{{}, {}, directory.photometric == PHOTOMETRIC_YCBCR, level.tile};
    for (const TileKey key : keys) {
      std::vector<uint8_t> bytes;
      if (reader->held(key.column, key.row) != level.tile) continue;
      if (reader->streamOf(key.column, key.row, bytes).empty()) tiles.tiles.push_back(std::move(bytes));
    }
    return tiles;
  }
  return {};
}

void TileRace::loadCompressed() {
  const std::filesystem::path& path = m_opened.slide->file;
  const auto file = std::make_shared<const PositionedFile>(path);
  m_compressed = tiledJpeg(*file, path, m_level, m_keys);
  if (m_compressed.tiles.empty()) m_compressed = cutJpeg(file, m_level, m_keys);
}

double TileRace::openSlideRate(const Peer& peer) const {
  return rateOf(
      [&]() -> Work {
        return [&, pixels = std::vector<uint32_t>()](size_t index) mutable {
          readPeer(peer.get(), m_keys[index], pixels);
        };
      },
      m_keys.size(), m_threads);
}

double TileRace::geneglassRate() const {
  return rateOf(
      [&]() -> Work {
        return [&](size_t index) {
          if (!m_opened.source->read(m_keys[index])) m_failed = true;
        };
      },
      m_keys.size(), m_threads);
}

double TileRace::limitRate() const {
  return rateOf(
      [&]() -> Work {
        return [&, decoder = std::make_shared<JpegLimit>(m_compressed)](size_t index) {
          if (!decoder->decode(index)) m_failed = true;
        };
      },
      m_compressed.tiles.size(), m_threads);
}

/// A fresh handle each time: OpenSlide would find a small slide's tiles in its cache.
Result<TileBenchmark> TileRace::run(std::stop_token stop) {
  TileBenchmark result{.threads = m_threads, .tiles = static_cast<int>(m_keys.size()), .runs = kTileRuns};
  if (const Result<void> same = compare(result); !same) return tl::unexpected(same.error());
  loadCompressed();
  std::vector<double> openSlideRates;
  std::vector<double> rates;
  std::vector<double> limits;
  for (int i = 0; i < kTileRuns; ++i) {
    if (stop.stop_requested()) return cannot("it was interrupted");
    const Peer peer = openPeer();
    if (peer) openSlideRates.push_back(openSlideRate(peer));
    rates.push_back(geneglassRate());
    if (!m_compressed.tiles.empty()) limits.push_back(limitRate());
    if ((peer && openslide_get_error(peer.get())) || m_failed) return cannot("a tile is damaged");
  }
  if (!openSlideRates.empty()) result.openSlide = medianOf(openSlideRates);
  result.geneglass = medianOf(rates);
  if (!limits.empty()) result.decodeLimit = medianOf(limits);
  return result;
}

}  // namespace

Result<TileBenchmark> measureTiles(const std::filesystem::path& file, int threads, std::stop_token stop) {
  Result<OpenedSlide> opened = openSlide(file);
  if (!opened) return tl::unexpected(opened.error());
  return TileRace(std::move(*opened), threads).run(stop);
}

}  // namespace geneglass
