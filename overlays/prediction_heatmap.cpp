// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/prediction_heatmap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "inference/prediction/map_values.h"
#include "inference/prediction/nearest_cells.h"

namespace geneglass {

/// While tiles wait, each shows the value of a computed one as few cells away as any: a coarse map that
/// covers the tissue.
static void fillWaiting(const Prediction& prediction, std::span<const float> values, Heatmap& map) {
  if (prediction.waiting.empty()) return;
  const std::vector<size_t> nearest = nearestCells(map.columns, map.rows, prediction.grid.cells);
  for (const auto [column, row] : prediction.waiting) {
    if (column < 0 || row < 0 || column >= map.columns || row >= map.rows) continue;
    const size_t place = size_t(row) * size_t(map.columns) + size_t(column);
    if (nearest[place] < values.size()) map.values[place] = values[nearest[place]];
  }
}

Result<std::shared_ptr<const Heatmap>> gridHeatmap(const OverlayScene& scene, const QString& name,
                                                   const QString& unit, std::span<const float> values) {
  const Prediction& prediction = *scene.prediction;
  const TileGrid& grid = prediction.grid;
  if (values.size() != grid.count())
    return fail(fmt::format("The prediction of '{}' has {} map values for {} tiles.", prediction.slideFile,
                            values.size(), grid.count()));
  Heatmap map;
  map.name = name;
  map.unit = unit;
  map.slideHash = prediction.slideHash;
  map.slideSize = prediction.slideSize;
  map.columns = grid.columns;
  map.rows = grid.rows;
  map.step = grid.stride;
  map.origin = grid.onMap(0, 0);
  map.values.assign(size_t(grid.columns) * size_t(grid.rows), std::numeric_limits<float>::quiet_NaN());
  const std::vector<float> shown = valuesOnMap(grid, values);
  for (size_t cell = 0; cell < shown.size(); ++cell) {
    const auto [column, row] = grid.mapCells()[cell];
    if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows)
      return fail(fmt::format("The prediction of '{}' has a tile outside its grid.", prediction.slideFile));
    map.values[size_t(row) * size_t(grid.columns) + size_t(column)] = shown[cell];
  }
  fillWaiting(prediction, values, map);
  return placeHeatmap(std::move(map), *scene.slide);
}

/// Gives the cells whose middle is nearest to a tile's middle the tile's value.
static void layTiles(const TileGrid& grid, std::span<const float> values, Heatmap& map) {
  const double half = (grid.tile - grid.stride) / 2.0;
  const auto firstFrom = [&](double place, double origin) {
    return std::max(0, int(std::ceil((place - origin) / map.step - 0.5)));
  };
  for (size_t tile = 0; tile < std::min(values.size(), grid.count()); ++tile) {
    const Rect area = grid.area(grid.cells[tile]);
    const double left = area.x + half, top = area.y + half;
    const int columns = std::min(map.columns, firstFrom(left + grid.stride, map.origin.x)),
              rows = std::min(map.rows, firstFrom(top + grid.stride, map.origin.y));
    for (int row = firstFrom(top, map.origin.y); row < rows; ++row)
      for (int column = firstFrom(left, map.origin.x); column < columns; ++column)
        map.values[size_t(row) * size_t(map.columns) + size_t(column)] = values[tile];
  }
}

Result<std::shared_ptr<const Heatmap>> sharpen(const std::shared_ptr<const Heatmap>& whole,
                                               const OverlayScene& scene,
                                               std::vector<float> GeneMap::*which) {
  constexpr int kFiner = 8, kMostCellsASide = 8192;
  if (!scene.sharpened || scene.sharpened->parts.empty()) return whole;
  int finer = kFiner;
  while (finer > 1 && std::max(whole->columns, whole->rows) * finer > kMostCellsASide) finer /= 2;
  Heatmap map = *whole;  // whose percentiles stay: one value has one colour
  map.columns *= finer;
  map.rows *= finer;
  map.step /= finer;
  map.values.resize(size_t(map.columns) * size_t(map.rows));
  for (int row = 0; row < map.rows; ++row)
    for (int column = 0; column < map.columns; ++column)
      map.values[size_t(row) * size_t(map.columns) + size_t(column)] =
          whole->values[size_t(row / finer) * size_t(whole->columns) + size_t(column / finer)];
  for (const auto& part : scene.sharpened->parts) {
    if (part->modelHash != scene.prediction->modelHash || part->slideHash != map.slideHash) continue;
    const auto values = part->maps.of(size_t(scene.gene));
    if (!values) return tl::unexpected(values.error());
    layTiles(part->grid, (**values).*which, map);
  }
  return std::make_shared<const Heatmap>(std::move(map));
}

Result<std::shared_ptr<const Heatmap>> predictionHeatmap(const OverlayScene& scene, const QString& name,
                                                         const QString& unit,
                                                         std::vector<float> GeneMap::*which) {
  const auto map = shownMap(scene.prediction.get(), scene.gene);
  if (!map) return tl::unexpected(map.error());
  if (((**map).*which).empty() && scene.prediction->grid.count() > 0)
    return fail("This model counts every tile alike: it has no attention to show.");
  const double heldOutR = scene.prediction->genes[size_t(scene.gene)].heldOutR;
  const QString reliable = QStringLiteral("%1, held-out r %2").arg(name, QString::number(heldOutR, 'f', 2));
  return gridHeatmap(scene, reliable, unit, (**map).*which);
}

QString MapOverlay::textAt(Point slide) const {
  const std::optional<float> value = m_map->valueAt(slide);
  if (!value) return {};
  const QString name = m_map->name.section(u',', 0, 0);
  return QStringLiteral("%1 %2 %3").arg(name, QString::number(double(*value), 'f', 2), m_map->unit).trimmed();
}

}  // namespace geneglass
