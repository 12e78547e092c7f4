// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/line_blocks.h"

#include <QElapsedTimer>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viewer/annotation/nearness.h"

namespace geneglass {
namespace {

double sideOf(const Rect& bounds) {
  return std::max(bounds.width, bounds.height);
}

Rect grown(const Rect& box, double by) {
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

}  // namespace

LineBlocks::LineBlocks(size_t limitInBytes, LineBlockKeeper keeper)
    : m_limit(limitInBytes), m_keeper(std::move(keeper)) {}

LineBlocks::~LineBlocks() {
  while (!m_blocks.empty()) drop(m_blocks.begin()->first);
}

void LineBlocks::drop(const Key& key) {
  const auto found = m_blocks.find(key);
  if (found == m_blocks.end()) return;
  if (m_keeper.release) m_keeper.release(found->second);
  m_bytes -= static_cast<size_t>(found->second.count) * sizeof(LinePiece);
  m_blocks.erase(found);
}

LineBlocks::Key LineBlocks::keyOf(const Rect& bounds, int detail, const Annotation* annotation) const {
  const double side = blockSide(detail);
  if (sideOf(bounds) > side) return {detail, 0, 0, annotation};
  return {detail, static_cast<int64_t>(std::floor((bounds.x + bounds.width / 2) / side)),
          static_cast<int64_t>(std::floor((bounds.y + bounds.height / 2) / side)), nullptr};
}

/// Drops the blocks in which something changed.
void LineBlocks::takeSet(const AnnotationSetPtr& set) {
  if (set == m_set) return;
  const AnnotationDifference difference = m_set ? differenceOf(*m_set, *set) : AnnotationDifference{};
  // Many edits at once, or other colours: everything is made anew.
  if (!m_set || difference.classesBefore != difference.classesAfter ||
      difference.changes.size() > m_blocks.size() + 100) {
    while (!m_blocks.empty()) drop(m_blocks.begin()->first);
  } else {
    for (const AnnotationChange& change : difference.changes)
      for (const AnnotationPtr& annotation : {change.before, change.after})
        for (int detail = kFinestDetail; annotation && detail <= kCoarsestDetail; ++detail)
          drop(keyOf(boundsOf(annotation->shape), detail, annotation.get()));
  }
  m_set = set;
  m_bySize.clear();
  const std::vector<Rect>& bounds = set->bounds();
  for (size_t i = 0; i < bounds.size(); ++i)
    if (sideOf(bounds[i]) > blockSide(0)) m_bySize.push_back(i);
  std::ranges::sort(m_bySize, std::greater(), [&](size_t i) { return sideOf(bounds[i]); });
}

/// A block's annotations reach at most half a block beyond it.
std::vector<LineBlocks::Key> LineBlocks::visibleBlocks(const Viewport& viewport, double lineScale) const {
  const int detail = detailFor(viewport.downsample);
  const double side = blockSide(detail);
  const Rect seen = grown(viewport.visible(), kPlaceWidth * lineScale * viewport.downsample);
  const Rect near = grown(seen, side / 2);
  std::vector<Key> keys;
  const auto lastColumn = static_cast<int64_t>(std::floor(near.right() / side));
  const auto lastRow = static_cast<int64_t>(std::floor(near.bottom() / side));
  for (auto row = static_cast<int64_t>(std::floor(near.y / side)); row <= lastRow; ++row)
    for (auto column = static_cast<int64_t>(std::floor(near.x / side)); column <= lastColumn; ++column)
      keys.push_back({detail, column, row, nullptr});
  for (const size_t place : m_bySize) {
    const Rect& bounds = m_set->bounds()[place];
    if (sideOf(bounds) <= side) break;
    if (touch(bounds, seen)) keys.push_back({detail, 0, 0, m_set->all()[place].get()});
  }
  return keys;
}

LineBlock& LineBlocks::make(const Key& key) {
  const double side = blockSide(key.detail);
  LineBlock block;
  if (key.large) {
    const Rect bounds = boundsOf(key.large->shape);
    block.origin = {bounds.x, bounds.y};
    appendPieces(*key.large, m_set->colourOf(*key.large), key.detail, block.origin, block.pieces);
  } else {
    block.origin = {static_cast<double>(key.column) * side, static_cast<double>(key.row) * side};
    for (const size_t place : m_set->placesWithin({block.origin.x, block.origin.y, side, side})) {
      const Annotation& annotation = *m_set->all()[place];
      if (keyOf(m_set->bounds()[place], key.detail, &annotation) == key)
        appendPieces(annotation, m_set->colourOf(annotation), key.detail, block.origin, block.pieces);
    }
  }
  block.count = static_cast<int>(block.pieces.size());
  if (block.count > 0 && m_keeper.take) m_keeper.take(block);
  m_bytes += static_cast<size_t>(block.count) * sizeof(LinePiece);
  return m_blocks[key] = std::move(block);
}

/// The least recently drawn blocks go first; those of this frame stay.
void LineBlocks::makeRoom() {
  while (m_bytes > m_limit) {
    const auto oldest =
        std::ranges::min_element(m_blocks, {}, [](const auto& entry) { return entry.second.lastDraw; });
    if (oldest == m_blocks.end() || oldest->second.lastDraw == m_draws) return;
    drop(oldest->first);
  }
}

LineBlocks::Shown LineBlocks::show(const AnnotationSetPtr& set, const Viewport& viewport, double milliseconds,
                                   double lineScale) {
  takeSet(set);
  ++m_draws;
  Shown shown;
  QElapsedTimer timer;
  timer.start();
  bool made = false;
  for (const Key& key : visibleBlocks(viewport, lineScale)) {
    const auto found = m_blocks.find(key);
    if (found == m_blocks.end() && made && static_cast<double>(timer.nsecsElapsed()) / 1e6 > milliseconds) {
      shown.waiting = true;
      continue;
    }
    made |= found == m_blocks.end();
    LineBlock& block = found == m_blocks.end() ? make(key) : found->second;
    block.lastDraw = m_draws;
    if (block.count > 0) shown.blocks.push_back(&block);
  }
  makeRoom();
  return shown;
}

}  // namespace geneglass
