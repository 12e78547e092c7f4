// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/outline.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <utility>

namespace geneglass {
namespace {

using Corner = std::pair<int, int>;       // x, y
constexpr int kStepX[4] = {1, 0, -1, 0};  // right, down, left, up: clockwise, with the cell on the right hand
constexpr int kStepY[4] = {0, 1, 0, -1};

/// Which edges leave each corner: bit d = direction d.
using Edges = std::map<Corner, unsigned>;

Edges edgesOf(const std::vector<TileGrid::Cell>& cells) {
  std::set<Corner> inside;
  for (const TileGrid::Cell& cell : cells) inside.insert({cell.column, cell.row});
  Edges edges;
  for (const auto& [x, y] : inside) {
    if (!inside.count({x, y - 1})) edges[{x, y}] |= 1u;
    if (!inside.count({x + 1, y})) edges[{x + 1, y}] |= 2u;
    if (!inside.count({x, y + 1})) edges[{x + 1, y + 1}] |= 4u;
    if (!inside.count({x - 1, y})) edges[{x, y + 1}] |= 8u;
  }
  return edges;
}

/// Where two edges leave a corner the ring turns left: over to the cell that touches there, and closely
/// around a hole.
int directionAfter(unsigned leaving, int direction) {
  for (int turn : {3, 0})
    if (leaving >> ((direction + turn) % 4) & 1u) return (direction + turn) % 4;
  return (direction + 1) % 4;
}

void removeEdge(Edges& edges, const Corner& from, int direction) {
  const auto found = edges.find(from);
  found->second &= ~(1u << direction);
  if (found->second == 0) edges.erase(found);
}

/// Follows one ring and takes it out of `edges`.
std::vector<Point> takeRing(Edges& edges) {
  const Corner start = edges.begin()->first;
  const int first = std::countr_zero(edges.begin()->second);
  std::vector<Point> ring;
  Corner at = start;
  int direction = first, before = -1;
  do {
    if (direction != before) ring.push_back({double(at.first), double(at.second)});
    if (before >= 0) removeEdge(edges, at, direction);
    before = direction;
    at = {at.first + kStepX[direction], at.second + kStepY[direction]};
    direction = directionAfter(edges.at(at), before);
  } while (at != start || direction != first);
  if (before == first) ring.erase(ring.begin());
  removeEdge(edges, start, first);
  return ring;
}

/// Twice the area; positive where clockwise on screen.
double signedArea(const std::vector<Point>& ring) {
  double sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const Point& a = ring[i];
    const Point& b = ring[(i + 1) % ring.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

}  // namespace

std::vector<std::vector<Point>> outlineOf(const std::vector<TileGrid::Cell>& cells) {
  Edges edges = edgesOf(cells);
  std::vector<std::vector<Point>> rings;
  while (!edges.empty()) rings.push_back(takeRing(edges));
  std::stable_partition(rings.begin(), rings.end(), [](const auto& ring) { return signedArea(ring) > 0; });
  return rings;
}

}  // namespace geneglass
