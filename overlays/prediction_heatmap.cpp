// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/prediction_heatmap.h"

#include <fmt/format.h>

#include <QObject>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "inference/prediction/map_values.h"
#include "inference/prediction/nearest_cells.h"
#include "inference/prediction/synthetic_training.h"
#include "overlays/reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

/// Of cells that have no value.
static void mark(const std::vector<TileGrid::Cell>& cells, float as, Heatmap& map) {
  for (const auto [column, row] : cells) {
    if (column < 0 || row < 0 || column >= map.columns || row >= map.rows) continue;
    float& value = map.values[size_t(row) * size_t(map.columns) + size_t(column)];
    if (std::isnan(value)) value = as;
  }
}

/// Of 8 x 8 places in the area, the part that is tissue.
static double tissueShare(const TissueMask& mask, const Rect& area) {
  constexpr int kPlaces = 8;
  int tissue = 0;
  for (int down = 0; down < kPlaces; ++down)
    for (int across = 0; across < kPlaces; ++across) {
      const auto column = int((area.x + (across + 0.5) / kPlaces * area.width) / mask.step);
      const auto row = int((area.y + (down + 0.5) / kPlaces * area.height) / mask.step);
      tissue += column >= 0 && row >= 0 && column < mask.columns && row < mask.rows &&
                mask.cells[size_t(row) * size_t(mask.columns) + size_t(column)] != 0;
    }
  return double(tissue) / (kPlaces * kPlaces);
}

const LeftOutTissue::Cells& LeftOutTissue::of(const OverlayScene& scene) {
  // Tissue that is gone and none at all look alike from here.
  if (!scene.tissue || m_prediction.lock() != scene.prediction || m_tissue.lock() != scene.tissue) {
    m_prediction = scene.prediction;
    m_tissue = scene.tissue;
    const TissueMask* mask = scene.tissue.get();
    const bool whole =
        mask && mask->step > 0 && mask->cells.size() == size_t(mask->columns) * size_t(mask->rows);
    m_left = whole ? find(*scene.prediction, *scene.tissue) : Cells{};
  }
  return m_left;
}

LeftOutTissue::Cells LeftOutTissue::find(const Prediction& prediction, const TissueMask& tissue) {
  constexpr double kLeastTissue = 0.25;  // of the cell: less is an edge, not a place left out
  const TileGrid& grid = prediction.grid;
  // Tiles lie wholly on the slide; tissue at its right and lower edge may not.
  const Point first = grid.onMap(0, 0);
  const auto cellsTo = [&](int64_t end, double begin) {
    return std::max(0, int(std::ceil((double(end) - begin) / grid.stride)));
  };
  Cells left{.cells = {},
             .columns = std::max(grid.columns, cellsTo(prediction.slideSize.width, first.x)),
             .rows = std::max(grid.rows, cellsTo(prediction.slideSize.height, first.y))};
  std::vector<bool> taken(size_t(left.columns) * size_t(left.rows));
  for (const auto* some : {&grid.mapCells(), &prediction.waiting})
    for (const auto [column, row] : *some)
      if (column >= 0 && row >= 0 && column < left.columns && row < left.rows)
        taken[size_t(row) * size_t(left.columns) + size_t(column)] = true;
  for (int row = 0; row < left.rows; ++row)
    for (int column = 0; column < left.columns; ++column)
      if (!taken[size_t(row) * size_t(left.columns) + size_t(column)] &&
          tissueShare(tissue, grid.square({column, row})) >= kLeastTissue)
        left.cells.push_back({column, row});
  return left;
}

Result<std::shared_ptr<const Heatmap>> gridHeatmap(const OverlayScene& scene, const QString& name,
                                                   const QString& unit, std::span<const float> values,
                                                   const LeftOutTissue::Cells* leftOut) {
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
  map.columns = leftOut ? std::max(grid.columns, leftOut->columns) : grid.columns;
  map.rows = leftOut ? std::max(grid.rows, leftOut->rows) : grid.rows;
  map.step = grid.stride;
  map.origin = grid.onMap(0, 0);
  map.values.assign(size_t(map.columns) * size_t(map.rows), std::numeric_limits<float>::quiet_NaN());
  const std::vector<float> means = grid.cover ? valuesOnMap(grid, values) : std::vector<float>();
  const std::span<const float> shown = grid.cover ? means : values;
  for (size_t cell = 0; cell < shown.size(); ++cell) {
    const auto [column, row] = grid.mapCells()[cell];
    if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows)
      return fail(fmt::format("The prediction of '{}' has a tile outside its grid.", prediction.slideFile));
    map.values[size_t(row) * size_t(map.columns) + size_t(column)] = shown[cell];
  }
  mark(prediction.waiting, kStillToCome, map);
  if (leftOut) mark(leftOut->cells, kLeftOut, map);
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
                                                         std::vector<float> GeneMap::*which,
                                                         const LeftOutTissue::Cells* leftOut) {
  const auto map = mapToShow(scene.prediction.get(), scene.gene);
  if (!map) return tl::unexpected(map.error());
  if (((**map).*which).empty() && scene.prediction->grid.count() > 0)
    return refuse(QObject::tr("This model counts every tile alike: it has no attention to show."));
  const double heldOutR = scene.prediction->genes[size_t(scene.gene)].heldOutR;
  const QString judged = isJudgedOnSynthetic(*scene.prediction) ? QObject::tr("%1, held-out r %2, synthetic")
                                                                : QObject::tr("%1, held-out r %2");
  const QString reliable = judged.arg(name, numberText(heldOutR, 2));
  return gridHeatmap(scene, reliable, unit, (**map).*which, leftOut);
}

QString MapOverlay::textAt(Point slide) const {
  const QString name = m_map->name.section(u',', 0, 0);
  const float cell = m_map->cellAt(slide);
  if (cell == kStillToCome) return QObject::tr("%1: not computed yet").arg(name);
  if (cell == kLeftOut) return QObject::tr("not predicted: too little of a tile here is tissue");
  const std::optional<float> value = m_map->valueAt(slide);
  if (!value) return {};
  return QStringLiteral("%1 %2 %3").arg(name, numberText(double(*value), 2), m_map->unit).trimmed();
}

}  // namespace geneglass
