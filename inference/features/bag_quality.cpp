// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/bag_quality.h"

#include <fmt/format.h>

#include <cmath>

#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {
namespace {

constexpr double kMostPen = 1e6;        // mm2
constexpr double kMostTiles = 1 << 26;  // as a grid has cells

Result<std::vector<TileGrid::Cell>> readBlurred(const H5::H5File& file, const TileGrid& grid, size_t count) {
  if (count == 0) return {};
  const H5::DataSet dataset = soundDataSet(file, "blurred");
  if (shapeOf(dataset) != std::vector<hsize_t>{count, 2})
    return fail(fmt::format("its 'blurred' are not {} x 2", count));
  const std::vector<double> corners = readDoubles(dataset);
  std::vector<TileGrid::Cell> cells;
  for (size_t i = 0; i + 1 < corners.size(); i += 2) {
    const double column = corners[i] / grid.stride, row = corners[i + 1] / grid.stride;
    if (!(column >= 0 && row >= 0 && column < grid.columns && row < grid.rows) ||
        column != std::floor(column) || row != std::floor(row))
      return fail(fmt::format("the position ({}, {}) of a blurred tile is on no cell of its grid", corners[i],
                              corners[i + 1]));
    cells.push_back({static_cast<int>(column), static_cast<int>(row)});
  }
  return cells;
}

Result<int> readTiles(const H5::H5File& file, const char* name) {
  const double tiles = numberAttribute(file, name, 0.0);
  if (tiles >= 0 && tiles <= kMostTiles && tiles == std::floor(tiles)) return static_cast<int>(tiles);
  return fail(
      fmt::format("its '{}' is {}, it must be a whole number from 0 to {:.0f}", name, tiles, kMostTiles));
}

}  // namespace

void writeBagQuality(H5::H5File& file, const SlideQuality& quality, const TileGrid& grid) {
  writeAttribute(file, "pen_mm2", quality.penMm2);
  writeAttribute(file, "pen_tiles", quality.penTiles);
  if (!quality.focusJudged) return;
  writeAttribute(file, "blurred_tiles", static_cast<int>(quality.blurred.size()));
  if (quality.blurred.empty()) return;
  std::vector<int32_t> corners;
  for (const TileGrid::Cell& cell : quality.blurred) {
    corners.push_back(cell.column * grid.stride);
    corners.push_back(cell.row * grid.stride);
  }
  writeIntegers(file, "blurred", {quality.blurred.size(), 2}, corners);
}

Result<std::optional<SlideQuality>> readBagQuality(const H5::H5File& file, const TileGrid& grid) {
  if (!file.attrExists("pen_mm2")) return std::nullopt;
  SlideQuality quality;
  quality.penMm2 = numberAttribute(file, "pen_mm2", 0.0);
  if (!(quality.penMm2 >= 0 && quality.penMm2 <= kMostPen))
    return fail(fmt::format("its 'pen_mm2' is {}, it must be from 0 to {:.0f}", quality.penMm2, kMostPen));
  const Result<int> penTiles = readTiles(file, "pen_tiles");
  if (!penTiles) return tl::unexpected(penTiles.error());
  quality.penTiles = *penTiles;
  quality.focusJudged = file.attrExists("blurred_tiles");
  if (!quality.focusJudged) return quality;
  const Result<int> count = readTiles(file, "blurred_tiles");
  if (!count) return tl::unexpected(count.error());
  Result<std::vector<TileGrid::Cell>> blurred = readBlurred(file, grid, size_t(*count));
  if (!blurred) return tl::unexpected(blurred.error());
  quality.blurred = std::move(*blurred);
  return quality;
}

}  // namespace geneglass
