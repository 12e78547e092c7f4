// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/lines/line_pictures.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "viewer/canvas/lines/annotation_lines.h"
#include "viewer/canvas/lines/line_squares.h"

namespace geneglass {
namespace {

constexpr qint64 kStandMilliseconds = 80;  ///< after which a view is one that stands
constexpr size_t kMostMended = 64;         ///< annotations of one edit, and
constexpr double kMostPixels = 512 * 512;  ///< pixels, that are painted between two frames
constexpr int kCoarserLooks = 6;           ///< levels up that may stand in for a square
constexpr size_t kPictureBytes = size_t{4} * kSquareSide * kSquareSide;

bool cross(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

Rect widened(const Rect& box, double by) {
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

/// Whole pixels of a picture around what it shows of `area` (level-0 pixels).
Rect pixelsAround(const Rect& area, const Viewport& view) {
  double left = view.width, top = view.height, right = 0, bottom = 0;
  for (const Point corner : {Point{area.x, area.y}, Point{area.right(), area.y}, Point{area.x, area.bottom()},
                             Point{area.right(), area.bottom()}}) {
    const Point on = view.toScreen(corner);
    left = std::min(left, std::floor(on.x));
    top = std::min(top, std::floor(on.y));
    right = std::max(right, std::ceil(on.x));
    bottom = std::max(bottom, std::ceil(on.y));
  }
  left = std::max(left, 0.0);
  top = std::max(top, 0.0);
  return {left, top, std::min(right, view.width) - left, std::min(bottom, view.height) - top};
}

Viewport cutOut(const Viewport& view, const Rect& part) {
  return {view.toSlide({part.x + part.width / 2, part.y + part.height / 2}),
          view.downsample,
          view.rotation,
          part.width,
          part.height,
          view.isMirrored};
}

}  // namespace

bool LinePictures::Order::operator()(const Viewport& a, const Viewport& b) const {
  return std::tie(a.downsample, a.rotation, a.isMirrored, a.centre.y, a.centre.x) <
         std::tie(b.downsample, b.rotation, b.isMirrored, b.centre.y, b.centre.x);
}

/// What an edit changed is painted at once where it is seen and small; all else that it touched is stale.
void LinePictures::takeSet(const AnnotationSetPtr& set, double lineScale) {
  if (set == m_set && lineScale == m_lineScale) return;
  const bool sameScale = lineScale == std::exchange(m_lineScale, lineScale);
  const AnnotationSetPtr before = std::exchange(m_set, set);
  const bool sameLines = before && sameScale;
  const AnnotationDifference difference = sameLines ? differenceOf(*before, *set) : AnnotationDifference{};
  if (!sameLines || difference.classesBefore != difference.classesAfter ||
      difference.changes.size() > kMostMended) {
    for (auto& [view, picture] : m_pictures) picture.stale = true;
    return;
  }
  double pixelsLeft = kMostPixels;
  for (const AnnotationChange& change : difference.changes)
    for (const AnnotationPtr& annotation : {change.before, change.after})
      if (annotation) mend(boundsOf(annotation->shape), pixelsLeft);
}

void LinePictures::mend(const Rect& area, double& pixelsLeft) {
  for (auto& [view, picture] : m_pictures) {
    const Rect reached = widened(area, kPlaceWidth * m_lineScale * view.downsample);
    if (!cross(reached, view.visible())) continue;
    const Rect part = pixelsAround(reached, view);
    if (part.width <= 0 || part.height <= 0) continue;
    const bool isSeen = picture.lastDraw != 0 && picture.lastDraw + 1 == m_draws;
    if (!isSeen || picture.stale || part.width * part.height > pixelsLeft) {
      picture.stale = true;
      continue;
    }
    pixelsLeft -= part.width * part.height;
    if (!picture.image) {
      keep(view, paintLines(*m_set, view, m_lineScale));
      continue;
    }
    const Image painted = paintLines(*m_set, cutOut(view, part), m_lineScale);
    auto mended = std::make_shared<Image>(*picture.image);
    const auto left = static_cast<int>(part.x), top = static_cast<int>(part.y);
    for (int y = 0; y < painted.height; ++y)
      for (int x = 0; x < painted.width; ++x)
        mended->at(left + x, top + y) = painted.pixels.empty() ? 0 : painted.at(x, y);
    picture.image = std::move(mended);
  }
}

void LinePictures::keep(const Viewport& view, Image painted) {
  Picture& picture = m_pictures[view];
  picture.stale = false;
  if (picture.image) m_bytes -= kPictureBytes;
  picture.image = painted.pixels.empty() ? nullptr : std::make_shared<const Image>(std::move(painted));
  if (picture.image) m_bytes += kPictureBytes;
}

/// What was painted of another set is dropped.
void LinePictures::takePainted() {
  for (PicturePainter::Painted& painted : m_painter.takePainted())
    if (painted.wish.set == m_set && painted.wish.lineScale == m_lineScale)
      keep(painted.wish.view, std::move(painted.picture));
}

bool LinePictures::stands(const Viewport& viewport) {
  if (std::exchange(m_view, viewport) != viewport || !m_stands.isValid()) m_stands.start();
  return m_stands.elapsed() >= kStandMilliseconds;
}

/// A part of a former view may show what was then.
bool LinePictures::isCurrent(const Viewport& part) const {
  const auto found = m_pictures.find(part);
  return found != m_pictures.end() && (!found->second.stale || found->second.lastDraw + 1 == m_draws);
}

/// Adds those that are not there, or stale; what is wanted ahead only while all fits. True where one was
/// added.
bool LinePictures::wish(const std::vector<Viewport>& views, bool ahead, std::vector<PictureWish>& wishes) {
  const size_t before = wishes.size();
  for (const Viewport& view : views) {
    const auto found = m_pictures.find(view);
    if (ahead && (m_wished + 1) * kPictureBytes > m_limit) break;
    ++m_wished;
    if (found != m_pictures.end()) found->second.lastWish = m_draws;
    if (found != m_pictures.end() && !found->second.stale) continue;
    wishes.push_back({m_set, view, m_lineScale});
  }
  return wishes.size() > before;
}

/// Null where nothing is drawn there.
LinePictures::Picture* LinePictures::use(const Viewport& view) {
  Picture& picture = m_pictures[view];
  picture.lastDraw = m_draws;
  if (picture.image) ++m_shown;
  return picture.image ? &picture : nullptr;
}

/// `part`: in pixels of the square `view`. Cut to what is seen.
void LinePictures::showPart(const Viewport& view, const Rect& part, const Viewport& viewport,
                            PaintedLines& lines) {
  const Picture* picture = use(view);
  if (!picture) return;
  const Point corner = view.toSlide({part.x, part.y});
  const double step = view.downsample;
  const Rect seen = viewport.visible();
  const double left = std::max(corner.x, seen.x), top = std::max(corner.y, seen.y);
  const double right = std::min(corner.x + part.width * step, seen.right());
  const double bottom = std::min(corner.y + part.height * step, seen.bottom());
  if (left >= right || top >= bottom) return;
  const Point middle = viewport.centre;
  const auto onScreen = [&](double place, double centre) { return (place - centre) / viewport.downsample; };
  const Sides screen{onScreen(left, middle.x), onScreen(top, middle.y), onScreen(right, middle.x),
                     onScreen(bottom, middle.y)};
  const Sides texels{part.x + (left - corner.x) / step, part.y + (top - corner.y) / step,
                     part.x + (right - corner.x) / step, part.y + (bottom - corner.y) / step};
  // Never sharper than between its pixels.
  lines.onSlide.push_back({picture->image, {screen, texels, std::max(0.5, viewport.downsample / step)}});
}

/// Each square from its own picture; until that is there from finer ones, and where they lack from a coarser.
void LinePictures::showSquares(int level, const Viewport& viewport, PaintedLines& lines) {
  const Rect whole{0, 0, kSquareSide, kSquareSide};
  for (const Viewport& square : squaresWithin(viewport.visible(), level)) {
    if (isThere(square)) {
      showPart(square, whole, viewport, lines);
      continue;
    }
    for (const Viewport& quarter : finerSquares(square)) {
      if (isThere(quarter)) {
        showPart(quarter, whole, viewport, lines);
        continue;
      }
      Viewport coarser = coarserSquare(square);
      for (int looks = 1; looks < kCoarserLooks && !isThere(coarser); ++looks)
        coarser = coarserSquare(coarser);
      if (isThere(coarser)) showPart(coarser, partOf(quarter, coarser), viewport, lines);
    }
  }
}

/// What no frame has drawn or wanted for the longest time goes first; what this one did stays.
void LinePictures::makeRoom() {
  const auto lastUse = [](const Picture& picture) { return std::max(picture.lastDraw, picture.lastWish); };
  while (m_bytes > m_limit) {
    const auto oldest =
        std::ranges::min_element(m_pictures, {}, [&](const auto& entry) { return lastUse(entry.second); });
    if (oldest == m_pictures.end() || lastUse(oldest->second) == m_draws) return;
    if (oldest->second.image) m_bytes -= kPictureBytes;
    m_pictures.erase(oldest);
  }
}

LinePictures::Report LinePictures::show(const AnnotationSetPtr& set, const Viewport& viewport,
                                        double lineScale, PaintedLines& lines) {
  ++m_draws;
  m_shown = 0;
  m_wished = 0;
  takeSet(set, lineScale);
  takePainted();
  Report report;
  const bool isStanding = stands(viewport);
  const std::vector<Viewport> parts = isStanding ? squaresOfView(viewport) : std::vector<Viewport>();
  const bool isExact =
      isStanding && std::ranges::all_of(parts, [this](const Viewport& part) { return isCurrent(part); });
  const int level = squareLevelFor(viewport.downsample);
  const Rect seen = viewport.visible();
  std::vector<PictureWish> wishes;
  report.waiting = wish(parts, false, wishes) || !isStanding;
  report.waiting |= wish(squaresWithin(seen, level), false, wishes) && !isExact;
  wish(squaresWithin(widened(seen, kSquareSide * viewport.downsample), level), true, wishes);
  wish(squaresWithin(widened(seen, kSquareSide * viewport.downsample), level + 1), true, wishes);
  m_painter.want(std::move(wishes));
  if (!isExact) showSquares(level, viewport, lines);
  for (size_t i = 0; isExact && i < parts.size(); ++i)
    if (const Picture* picture = use(parts[i])) {
      const Point corner = viewport.toScreen(parts[i].toSlide({0, 0}));
      lines.onScreen.push_back(
          {picture->image, static_cast<int>(std::lround(corner.x)), static_cast<int>(std::lround(corner.y))});
    }
  makeRoom();
  report.pictures = m_shown;
  return report;
}

}  // namespace geneglass
