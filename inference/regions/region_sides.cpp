// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/regions/region_sides.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "viewer/annotation/shape_algebra.h"

namespace geneglass {
namespace {

bool isOnSlide(const Area& area, const Size& slide) {
  const Rect box = boundsOf(area);
  return box.x < double(slide.width) && box.y < double(slide.height) && box.right() > 0 && box.bottom() > 0;
}

Result<LaidRegion> lay(const Prediction& prediction, const Region& region) {
  const TileGrid& grid = prediction.grid;
  if (region.area.parts.empty())
    return cannotCompare(prediction,
                         fmt::format("“{}” has no area, as lines and points have none", region.name));
  if (!isOnSlide(region.area, prediction.slideSize))
    return cannotCompare(prediction, fmt::format("“{}” lies outside the slide", region.name));
  const std::vector<bool> places = placesWithin(grid, region.area);
  LaidRegion laid;
  laid.facts.name = region.name;
  const auto isDrawn = [&](const TileGrid::Cell& cell) {
    return places[size_t(cell.row) * size_t(grid.columns) + size_t(cell.column)];
  };
  for (size_t tile = 0; tile < grid.count(); ++tile) laid.drawn.push_back(isDrawn(grid.cellOfTile(tile)));
  const auto tiles = std::ranges::count(laid.drawn, true);
  if (tiles == 0)
    return cannotCompare(prediction,
                         fmt::format("“{}” holds the middle of no tile with tissue", region.name));
  laid.facts.tissue =
      double(std::ranges::count_if(grid.mapCells(), isDrawn)) / double(std::ranges::count(places, true));
  laid.facts.drawnMm2 = squarePixels(region.area) * prediction.mpp * prediction.mpp / 1e6;
  return laid;
}

LaidRegion restOf(const LaidRegion& a) {
  LaidRegion rest;
  rest.facts.name = "Rest of the tissue";
  rest.facts.drawnMm2 = RegionGene::kNone;
  rest.drawn = a.drawn;
  rest.drawn.flip();
  return rest;
}

void addShares(const SlideCall& call, const std::vector<size_t>& tiles,
               std::vector<ClassShare>& composition) {
  for (size_t each = 0; each < call.facts.classes.size(); ++each) {
    const auto own =
        std::ranges::count_if(tiles, [&](size_t tile) { return call.classOfTile[tile] == each; });
    composition.push_back(
        {call.facts.target, call.facts.classes[each].name, double(own) / double(tiles.size())});
  }
}

/// Of each call of two classes and each of tiles; of one of more classes of slides nothing says which is the
/// likeliest of a tile.
std::vector<ClassShare> compositionOf(const Prediction& prediction, const std::vector<size_t>& tiles) {
  std::vector<ClassShare> composition;
  for (const SlideCall& call : prediction.calls) {
    if (call.classOfTile.size() == prediction.grid.count()) addShares(call, tiles, composition);
    if (!call.facts.isDiagnosis() || call.evidence.size() != prediction.grid.count()) continue;
    const auto second =
        std::ranges::count_if(tiles, [&](size_t tile) { return call.evidence[tile] > kRegionEvidence; });
    const double share = double(second) / double(tiles.size());
    composition.push_back({call.facts.target, call.facts.classes[0].name, 1 - share});
    composition.push_back({call.facts.target, call.facts.classes[1].name, share});
  }
  return composition;
}

}  // namespace

tl::unexpected<Error> cannotCompare(const Prediction& prediction, const std::string& why) {
  return fail(fmt::format("Cannot compare regions of '{}': {}.", prediction.slideFile, why));
}

Result<RegionSides> layRegions(const Prediction& prediction, const Region& a,
                               const std::optional<Region>& b) {
  Result<LaidRegion> laidA = lay(prediction, a);
  if (!laidA) return tl::unexpected(laidA.error());
  Result<LaidRegion> laidB = b ? lay(prediction, *b) : restOf(*laidA);
  if (!laidB) return tl::unexpected(laidB.error());
  RegionSides sides{std::move(*laidA), std::move(*laidB)};
  for (size_t tile = 0; tile < prediction.grid.count(); ++tile) {
    const bool inA = sides.a.drawn[tile], inB = sides.b.drawn[tile];
    if (inA && inB)
      ++sides.shared;
    else if (inA || inB)
      (inA ? sides.a : sides.b).tiles.push_back(tile);
  }
  if (!b && sides.b.tiles.empty())
    return cannotCompare(prediction,
                         fmt::format("“{}” holds all of its tissue, so that there is no rest", a.name));
  for (LaidRegion* side : {&sides.a, &sides.b}) {
    if (side->tiles.empty())
      return cannotCompare(
          prediction,
          fmt::format("all {} tiles of “{}” lie in “{}” too, and what lies in both counts in "
                      "neither",
                      sides.shared, side->facts.name, (side == &sides.a ? sides.b : sides.a).facts.name));
    side->facts.tiles = side->tiles.size();
    side->facts.tileMm2 = double(side->tiles.size()) * tileMm2(prediction.grid, prediction.mpp);
    side->facts.composition = compositionOf(prediction, side->tiles);
  }
  return sides;
}

}  // namespace geneglass
