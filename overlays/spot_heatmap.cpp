// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/spot_heatmap.h"
#include "overlays/reason.h"
#include "viewer/canvas/plate.h"
#include "viewer/wording/number_text.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

namespace geneglass {
namespace {

constexpr double kCellsADisc = 24, kMostCellsASide = 2048;

QString tr(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

/// The part of an area that lies on the slide.
Rect onSlide(const Rect& area, const Slide& slide) {
  const double left = std::max(0.0, area.x), top = std::max(0.0, area.y);
  return {left, top, std::min(double(slide.size().width), area.right()) - left,
          std::min(double(slide.size().height), area.bottom()) - top};
}

/// Gives the cells whose middle lies within the disc the value.
void fillDisc(Heatmap& map, const Point& centre, double radius, float value) {
  const auto cellAt = [&](double place, double from, int count) {
    return std::clamp(int(std::floor((place - from) / map.step)), 0, count - 1);
  };
  const int right = cellAt(centre.x + radius, map.origin.x, map.columns);
  const int bottom = cellAt(centre.y + radius, map.origin.y, map.rows);
  for (int row = cellAt(centre.y - radius, map.origin.y, map.rows); row <= bottom; ++row)
    for (int column = cellAt(centre.x - radius, map.origin.x, map.columns); column <= right; ++column) {
      const double x = map.origin.x + (column + 0.5) * map.step - centre.x;
      const double y = map.origin.y + (row + 0.5) * map.step - centre.y;
      if (x * x + y * y <= radius * radius)
        map.values[size_t(row) * size_t(map.columns) + size_t(column)] = value;
    }
}

}  // namespace

Result<const MeasuredGene*> measuredGene(const OverlayScene& scene) {
  if (!scene.spots) return refuse(tr("No measured spots are open: Slide > Measured Spots… opens them."));
  if (!scene.prediction || scene.gene < 0 || size_t(scene.gene) >= scene.prediction->genes.size())
    return refuse(tr("Choose a gene to see where it was measured."));
  const std::string& symbol = scene.prediction->genes[size_t(scene.gene)].symbol;
  if (const MeasuredGene* gene = scene.spots->find(symbol)) return gene;
  return refuse(
      tr("%1 was not measured: '%2' does not count it.")
          .arg(QString::fromStdString(symbol),
               QString::fromStdString(std::filesystem::path(scene.spots->file).filename().string())));
}

QString agreementText(const MeasuredGene& gene) {
  const auto figure = [](double value) { return numberText(value, 2); };
  if (std::isnan(gene.r)) return tr("r not defined");
  if (std::isnan(gene.low)) return tr("r %1").arg(figure(gene.r));
  return tr("r %1 [%2, %3]").arg(figure(gene.r), figure(gene.low), figure(gene.high));
}

Result<std::shared_ptr<const Heatmap>> spotHeatmap(const OverlayScene& scene, const QString& name,
                                                   const QString& unit, std::span<const float> values) {
  const MeasuredSpots& spots = *scene.spots;
  if (values.size() != spots.centres.size())
    return fail(
        fmt::format("'{}' has {} values for {} spots.", spots.file, values.size(), spots.centres.size()));
  const Rect area = onSlide(areaOf(spots, spots.diameter / 2), *scene.slide);
  Heatmap map;
  map.name = name;
  map.unit = unit;
  map.slideHash = spots.slideHash;
  map.slideSize = scene.slide->size();
  map.step = std::max(spots.diameter / kCellsADisc, std::max(area.width, area.height) / kMostCellsASide);
  map.origin = {area.x, area.y};
  map.columns = std::max(1, int(std::ceil(area.width / map.step)));
  map.rows = std::max(1, int(std::ceil(area.height / map.step)));
  map.values.assign(size_t(map.columns) * size_t(map.rows), std::numeric_limits<float>::quiet_NaN());
  for (size_t spot = 0; spot < values.size(); ++spot)
    fillDisc(map, spots.centres[spot], spots.diameter / 2, values[spot]);
  return placeHeatmap(std::move(map), *scene.slide).map([&](const std::shared_ptr<const Heatmap>& placed) {
    auto ofSpots = std::make_shared<Heatmap>(*placed);
    ofSpots->sorted.assign(values.begin(), values.end());
    std::ranges::sort(ofSpots->sorted);
    return std::shared_ptr<const Heatmap>(std::move(ofSpots));
  });
}

void SpotOverlay::paint(QPainter& painter, const Viewport& viewport) const {
  constexpr double kSmallest = 3;  // screen pixels: rims of smaller discs would hide them
  const double radius = m_spots->diameter / 2 / viewport.downsample;
  if (radius < kSmallest) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0, 170), 1.4 * plateUnit(painter)));
  for (const Point& centre : m_spots->centres) {
    const Point place = viewport.toScreen(centre);
    if (place.x > -radius && place.y > -radius && place.x < viewport.width + radius &&
        place.y < viewport.height + radius)
      painter.drawEllipse(QPointF(place.x, place.y), radius, radius);
  }
}

}  // namespace geneglass
