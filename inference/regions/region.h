// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/prediction/tile_grid.h"
#include "viewer/annotation/annotation_set.h"

namespace geneglass {

/// A place on a slide, as it was drawn: one or more annotations together, of which what overlaps counts once.
struct Region {
  std::string name;
  Area area;  ///< level-0 pixels; empty where nothing that was drawn has an area
};

/// Of the annotations' areas and ellipses; lines and points are no region.
Region regionOf(std::string name, const std::vector<AnnotationPtr>& annotations);
bool hasArea(const Annotation& annotation);

/// Names by which a region can be asked for, each once, in drawing order: of classes that have an area, and
/// of areas whose name no such class has.
std::vector<std::string> regionClasses(const AnnotationSet& set);
std::vector<std::string> regionNames(const AnnotationSet& set);

/// All annotations of the class of this name, else all of this name; an empty area for none.
Region regionNamed(const AnnotationSet& set, const std::string& name);

/// Which places of the grid (columns x rows, row by row), with tissue or without, have their middle on the
/// map in the area: of each part what lies within its outer ring and in none of its holes.
std::vector<bool> placesWithin(const TileGrid& grid, const Area& area);

/// What a tile stands for: the stride's square in its middle; with a cover its share of the cells.
double tileMm2(const TileGrid& grid, double mpp);

}  // namespace geneglass
