// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/region.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace geneglass {
namespace {

/// Of the annotations that have an area, each once; empty ones are none.
std::vector<std::string> textsOf(const AnnotationSet& set, std::string Annotation::*text) {
  std::vector<std::string> texts;
  for (const AnnotationPtr& annotation : set.all())
    if (const std::string& own = (*annotation).*text;
        !own.empty() && hasArea(*annotation) && std::ranges::find(texts, own) == texts.end())
      texts.push_back(own);
  return texts;
}

/// Where a part's rings cross the middle of each row of tiles, in columns' centres.
class RowCrossings final {
 public:
  explicit RowCrossings(const TileGrid& grid)
      : m_grid(grid), m_first(grid.onMap(0.5, 0.5)), m_rows(size_t(grid.rows)) {}

  void add(const Ring& ring) {
    for (size_t i = 0; i < ring.size(); ++i) add(ring[i], ring[(i + 1) % ring.size()]);
  }

  /// Marks the centres between every first and second crossing.
  void markInto(std::vector<bool>& within) {
    for (size_t row = 0; row < m_rows.size(); ++row) {
      std::vector<double>& crossings = m_rows[row];
      std::ranges::sort(crossings);
      for (size_t i = 0; i + 1 < crossings.size(); i += 2)
        for (int column = firstFrom(crossings[i]); column < firstFrom(crossings[i + 1]); ++column)
          within[row * size_t(m_grid.columns) + size_t(column)] = true;
    }
  }

 private:
  /// The first column whose centre does not lie before x.
  int firstFrom(double x) const {
    const double column = std::ceil((x - m_first.x) / m_grid.stride);
    return int(std::clamp(column, 0.0, double(m_grid.columns)));
  }

  void add(Point from, Point to) {
    if (from.y > to.y) std::swap(from, to);
    const auto firstRow = [&](double y) {
      return std::clamp(std::ceil((y - m_first.y) / m_grid.stride), 0.0, double(m_grid.rows));
    };
    for (auto row = size_t(firstRow(from.y)); row < size_t(firstRow(to.y)); ++row) {
      const double y = double(row) * m_grid.stride + m_first.y;
      m_rows[row].push_back(from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x));
    }
  }

  const TileGrid& m_grid;
  const Point m_first;  ///< the middle of cell (0, 0)
  std::vector<std::vector<double>> m_rows;
};

}  // namespace

Region regionOf(std::string name, const std::vector<AnnotationPtr>& annotations) {
  Region region{std::move(name), {}};
  for (const AnnotationPtr& annotation : annotations)
    if (const auto area = areaOf(annotation->shape))
      region.area.parts.insert(region.area.parts.end(), area->parts.begin(), area->parts.end());
  return region;
}

bool hasArea(const Annotation& annotation) {
  return std::holds_alternative<Area>(annotation.shape) || std::holds_alternative<Ellipse>(annotation.shape);
}

std::vector<std::string> regionClasses(const AnnotationSet& set) {
  return textsOf(set, &Annotation::className);
}

std::vector<std::string> regionNames(const AnnotationSet& set) {
  const std::vector<std::string> classes = regionClasses(set);
  std::vector<std::string> names = textsOf(set, &Annotation::name);
  std::erase_if(names, [&](const auto& name) { return std::ranges::find(classes, name) != classes.end(); });
  return names;
}

Region regionNamed(const AnnotationSet& set, const std::string& name) {
  std::vector<AnnotationPtr> chosen;
  for (const auto kind : {&Annotation::className, &Annotation::name}) {
    for (const AnnotationPtr& annotation : set.all())
      if ((*annotation).*kind == name && hasArea(*annotation)) chosen.push_back(annotation);
    if (!chosen.empty()) break;
  }
  return regionOf(name, chosen);
}

std::vector<bool> placesWithin(const TileGrid& grid, const Area& area) {
  std::vector<bool> within(size_t(grid.columns) * size_t(grid.rows));
  for (const Polygon& part : area.parts) {
    RowCrossings crossings(grid);
    crossings.add(part.outer);
    for (const Ring& hole : part.holes) crossings.add(hole);
    crossings.markInto(within);
  }
  return within;
}

double tileMm2(const TileGrid& grid, double mpp) {
  const double side = grid.stride * mpp / 1000;
  const double cells = grid.count() == 0 ? 1 : double(grid.mapCells().size()) / double(grid.count());
  return side * side * cells;
}

}  // namespace geneglass
