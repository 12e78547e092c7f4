// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/pyramid_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

#include "inference/synthetic/tiff_pyramid_file.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/part_place.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

using Bytes = std::vector<uint8_t>;  // R G B

/// A coarser level as it grows: one row of tiles in memory, the finished ones compressed on disk.
struct Coarse {
  Size size;
  double downsample = 1;
  int64_t columns = 0;
  std::vector<Bytes> row;  ///< tile x tile x 3 each
  TileSpool spool;
};

class PyramidJob final {
 public:
  PyramidJob(const std::filesystem::path& file, const PyramidOptions& options, const RenderPixels& render,
             std::stop_token stop, const OnProgress& onProgress)
      : m_file(file),
        m_options(options),
        m_render(render),
        m_stop(std::move(stop)),
        m_onProgress(onProgress),
        m_threads(threadCount(options.threads)),
        m_columns(tilesAcross(options.size.width)),
        m_rows(tilesAcross(options.size.height)) {}

  Result<void> write() {
    PartPlace place(m_file);
    Result<void> outcome = place.reason() == 0 ? writeAll(place.path()) : Result<void>();
    if (!outcome) return outcome;
    if (const int error = place.becomeFile(); error != 0) outcome = unwritten(std::strerror(error));
    return outcome;
  }

 private:
  int64_t tilesAcross(int64_t pixels) const { return (pixels + m_options.tile - 1) / m_options.tile; }
  Result<void> unwritten(const std::string& why) const {
    return fail(fmt::format("Cannot write '{}': {}.", m_file.string(), why));
  }
  Result<void> stopped() const { return fail(fmt::format("Writing '{}' was stopped.", m_file.string())); }
  size_t tileBytes() const {
    return static_cast<size_t>(m_options.tile) * static_cast<size_t>(m_options.tile) * 3;
  }

  Result<void> writeAll(const std::filesystem::path& part);
  Result<void> openFiles(const std::filesystem::path& part);
  Result<void> writeFinest();
  Result<void> writeCoarse(Coarse& level);
  bool finishCoarseRow(size_t number, int64_t rowIndex);
  Bytes renderTile(int64_t column, int64_t row) const;
  void reduce(const Bytes& tile, int64_t column, int64_t row, Coarse& into) const;
  void report(int64_t doneRows) const;

  const std::filesystem::path m_file;
  const PyramidOptions m_options;
  const RenderPixels& m_render;
  const std::stop_token m_stop;
  const OnProgress& m_onProgress;
  const int m_threads;
  const int64_t m_columns;
  const int64_t m_rows;
  const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
  TiffPyramidFile m_tiff;
  std::vector<std::unique_ptr<Coarse>> m_coarse;  ///< level 1 first
};

Result<void> PyramidJob::openFiles(const std::filesystem::path& part) {
  if (!m_tiff.open(part)) return unwritten(m_tiff.reason().empty() ? std::strerror(errno) : m_tiff.reason());
  const std::filesystem::path folder = m_file.has_parent_path() ? m_file.parent_path() : ".";
  Size size = m_options.size;
  for (double downsample = m_options.factor; std::max(size.width, size.height) > 2 * m_options.tile;
       downsample *= m_options.factor) {
    size = {size.width / m_options.factor, size.height / m_options.factor};
    if (size.width == 0 || size.height == 0) break;
    auto level = std::make_unique<Coarse>();
    level->size = size;
    level->downsample = downsample;
    level->columns = tilesAcross(size.width);
    level->row.assign(static_cast<size_t>(level->columns), Bytes(tileBytes()));
    if (!level->spool.open(folder)) return unwritten(std::strerror(errno));
    m_coarse.push_back(std::move(level));
  }
  return {};
}

Result<void> PyramidJob::writeAll(const std::filesystem::path& part) {
  Result<void> outcome = openFiles(part);
  if (outcome) outcome = writeFinest();
  for (size_t i = 0; i < m_coarse.size() && outcome; ++i) outcome = writeCoarse(*m_coarse[i]);
  if (outcome && !m_tiff.close())
    return unwritten(m_tiff.reason().empty() ? std::strerror(errno) : m_tiff.reason());
  return outcome;
}

Bytes PyramidJob::renderTile(int64_t column, int64_t row) const {
  const int side = m_options.tile;
  const int64_t x = column * side, y = row * side;
  const int width = static_cast<int>(std::min<int64_t>(side, m_options.size.width - x));
  const int height = static_cast<int>(std::min<int64_t>(side, m_options.size.height - y));
  const Image image = m_render(x, y, width, height);
  Bytes tile(tileBytes());
  auto* out = tile.data();
  for (int j = 0; j < side; ++j)
    for (int i = 0; i < side; ++i, out += 3) {
      const uint32_t pixel = image.at(std::min(i, width - 1), std::min(j, height - 1));
      out[0] = static_cast<uint8_t>(redOf(pixel));
      out[1] = static_cast<uint8_t>(greenOf(pixel));
      out[2] = static_cast<uint8_t>(blueOf(pixel));
    }
  return tile;
}

/// Means of factor x factor pixels, rounded; the finer tile covers a part of one coarser tile.
void PyramidJob::reduce(const Bytes& tile, int64_t column, int64_t row, Coarse& into) const {
  const int factor = m_options.factor, side = m_options.tile, part = side / factor, area = factor * factor;
  if (column / factor >= into.columns) return;
  Bytes& target = into.row[static_cast<size_t>(column / factor)];
  const int left = static_cast<int>(column % factor) * part, top = static_cast<int>(row % factor) * part;
  for (int j = 0; j < part; ++j)
    for (int i = 0; i < part; ++i) {
      int sum[3] = {area / 2, area / 2, area / 2};
      for (int v = 0; v < factor; ++v) {
        const uint8_t* from = &tile[static_cast<size_t>(((j * factor + v) * side + i * factor) * 3)];
        for (int u = 0; u < factor * 3; ++u) sum[u % 3] += from[u];
      }
      uint8_t* to = &target[static_cast<size_t>(((top + j) * side + left + i) * 3)];
      for (int c = 0; c < 3; ++c) to[c] = static_cast<uint8_t>(sum[c] / area);
    }
}

/// Compresses the finished row of coarse level `number`, hands it to the next one and empties it.
bool PyramidJob::finishCoarseRow(size_t number, int64_t rowIndex) {
  Coarse& level = *m_coarse[number];
  if (rowIndex * m_options.tile >= level.size.height) return true;
  std::vector<JpegBytes> encoded(level.row.size());
  Coarse* next = number + 1 < m_coarse.size() ? m_coarse[number + 1].get() : nullptr;
  parallelFor(level.columns, m_threads, {}, [&](int64_t column) {
    const Bytes& tile = level.row[static_cast<size_t>(column)];
    encoded[static_cast<size_t>(column)] = encodeJpegTile(tile, m_options.tile, m_options.quality);
    if (next) reduce(tile, column, rowIndex, *next);
  });
  for (const JpegBytes& jpeg : encoded)
    if (!level.spool.add(jpeg)) return false;
  const bool lastRow = (rowIndex + 1) * m_options.tile >= level.size.height;
  if (next && (lastRow || rowIndex % m_options.factor == m_options.factor - 1))
    return finishCoarseRow(number + 1, rowIndex / m_options.factor);
  return true;
}

/// Level 0, `factor` rows of tiles at a time: one row of level 1.
Result<void> PyramidJob::writeFinest() {
  if (!m_tiff.beginLevel(m_options, m_options.size, 1)) return unwritten(m_tiff.reason());
  for (int64_t first = 0; first < m_rows; first += m_options.factor) {
    const int64_t rows = std::min<int64_t>(m_options.factor, m_rows - first);
    std::vector<JpegBytes> encoded(static_cast<size_t>(rows * m_columns));
    const bool all = parallelFor(rows * m_columns, m_threads, m_stop, [&](int64_t index) {
      const int64_t column = index % m_columns, row = first + index / m_columns;
      const Bytes tile = renderTile(column, row);
      encoded[static_cast<size_t>(index)] = encodeJpegTile(tile, m_options.tile, m_options.quality);
      if (!m_coarse.empty()) reduce(tile, column, row, *m_coarse.front());
    });
    if (!all) return stopped();
    for (size_t i = 0; i < encoded.size(); ++i)
      if (!m_tiff.writeTile(first * m_columns + static_cast<int64_t>(i), encoded[i]))
        return unwritten(m_tiff.reason());
    if (!m_coarse.empty() && !finishCoarseRow(0, first / m_options.factor))
      return unwritten(std::strerror(errno));
    report(first + rows);
  }
  return m_tiff.endLevel() ? Result<void>{} : unwritten(m_tiff.reason());
}

Result<void> PyramidJob::writeCoarse(Coarse& level) {
  if (!m_tiff.beginLevel(m_options, level.size, level.downsample)) return unwritten(m_tiff.reason());
  JpegBytes jpeg;
  for (size_t i = 0; i < level.spool.size(); ++i) {
    if (m_stop.stop_requested()) return stopped();
    if (!level.spool.read(i, jpeg)) return unwritten(std::strerror(errno));
    if (!m_tiff.writeTile(static_cast<int64_t>(i), jpeg)) return unwritten(m_tiff.reason());
  }
  return m_tiff.endLevel() ? Result<void>{} : unwritten(m_tiff.reason());
}

void PyramidJob::report(int64_t doneRows) const {
  if (!m_onProgress) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
  const double left = seconds * static_cast<double>(m_rows - doneRows) / static_cast<double>(doneRows);
  m_onProgress({"writing " + m_file.filename().string(), doneRows * m_columns, m_rows * m_columns, left});
}

Result<void> checkOptions(const std::filesystem::path& file, const PyramidOptions& options) {
  const auto wrong = [&](const std::string& why) {
    return fail(fmt::format("Cannot write '{}': {}.", file.string(), why));
  };
  const auto [width, height] = options.size;
  if (width < 1 || height < 1 || width > INT32_MAX || height > INT32_MAX)
    return wrong(fmt::format("{} x {} pixels is no size", width, height));
  if (options.factor < 2 || options.factor > 16) return wrong("the pyramid's factor must be 2 to 16");
  if (options.tile < 16 || options.tile % 16 != 0 || options.tile % options.factor != 0)
    return wrong(
        fmt::format("a tile of {} px is no multiple of 16 and of the pyramid's factor", options.tile));
  if (options.quality < 1 || options.quality > 100) return wrong("the JPEG quality must be 1 to 100");
  return {};
}

}  // namespace

Result<void> writePyramid(const std::filesystem::path& file, const PyramidOptions& options,
                          const RenderPixels& render, std::stop_token stop, const OnProgress& onProgress) {
  if (const Result<void> checked = checkOptions(file, options); !checked) return checked;
  try {
    return PyramidJob(file, options, render, std::move(stop), onProgress).write();
  } catch (const std::exception& error) {
    return fail(fmt::format("Cannot write '{}': {}.", file.string(), reasonOf(error)));
  }
}

}  // namespace geneglass
