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

const char* const kSquareVertexSource = R"(
uniform vec4 place;    // the picture's upper left corner on the screen; cosine and sine of its turn, by size
uniform vec4 part;     // left, top, right, bottom in pixels of the picture
uniform vec2 screen;
out vec2 pixel;
void main() {
  pixel = mix(part.xy, part.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1));
  vec2 at = place.xy +
            vec2(pixel.x * place.z - pixel.y * place.w, pixel.x * place.w + pixel.y * place.z);
  gl_Position = vec4(at.x / screen.x * 2.0 - 1.0, 1.0 - at.y / screen.y * 2.0, 0.0, 1.0);
}
)";

const char* const kSquareFragmentSource = R"(
uniform sampler2D lines;
uniform float side;
in vec2 pixel;
out vec4 shade;
void main() { shade = texture(lines, pixel / side); }
)";

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
  return {view.toSlide({part.x + part.width / 2, part.y + part.height / 2}), view.downsample, view.rotation,
          part.width, part.height};
}

}  // namespace

bool LinePictures::Order::operator()(const Viewport& a, const Viewport& b) const {
  return std::tie(a.downsample, a.rotation, a.centre.y, a.centre.x) <
         std::tie(b.downsample, b.rotation, b.centre.y, b.centre.x);
}

LinePictures::LinePictures(Gl& gl, size_t limitInBytes)
    : m_gl(gl), m_program(gl, kSquareVertexSource, kSquareFragmentSource), m_limit(limitInBytes) {
  m_gl.glGenVertexArrays(1, &m_vertexArray);
}

LinePictures::~LinePictures() {
  for (const auto& [view, picture] : m_pictures) m_gl.glDeleteTextures(1, &picture.texture);
  m_gl.glDeleteVertexArrays(1, &m_vertexArray);
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
    if (!picture.texture) {
      upload(view, paintLines(*m_set, view, m_lineScale));
      continue;
    }
    LinePicture painted = paintLines(*m_set, cutOut(view, part), m_lineScale);
    painted.pixels.resize(static_cast<size_t>(painted.width) * static_cast<size_t>(painted.height));
    m_gl.glBindTexture(GL_TEXTURE_2D, picture.texture);
    m_gl.glTexSubImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(part.x), static_cast<GLint>(part.y),
                         painted.width, painted.height, GL_RGBA, GL_UNSIGNED_BYTE, painted.pixels.data());
  }
}

void LinePictures::upload(const Viewport& view, const LinePicture& painted) {
  Picture& picture = m_pictures[view];
  picture.stale = false;
  if (painted.pixels.empty()) {
    if (picture.texture) m_bytes -= kPictureBytes;
    m_gl.glDeleteTextures(1, &picture.texture);
    picture.texture = 0;
    return;
  }
  if (!picture.texture) {
    m_gl.glGenTextures(1, &picture.texture);
    m_bytes += kPictureBytes;
  }
  m_gl.glBindTexture(GL_TEXTURE_2D, picture.texture);
  m_gl.glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, painted.width, painted.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                    painted.pixels.data());
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    m_gl.glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  m_gl.glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
}

/// True where some could not be uploaded in time. What was painted of another set is dropped.
bool LinePictures::takePainted(double milliseconds) {
  for (PicturePainter::Painted& painted : m_painter.takePainted()) m_waiting.push_back(std::move(painted));
  std::erase_if(m_waiting, [this](const PicturePainter::Painted& painted) {
    return painted.wish.set != m_set || painted.wish.lineScale != m_lineScale;
  });
  QElapsedTimer timer;
  timer.start();
  size_t taken = 0;
  for (; taken < m_waiting.size(); ++taken) {
    if (taken > 0 && static_cast<double>(timer.nsecsElapsed()) / 1e6 >= milliseconds) break;
    upload(m_waiting[taken].wish.view, m_waiting[taken].picture);
  }
  m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(taken));
  return !m_waiting.empty();
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
    const auto isOfView = [&](const PicturePainter::Painted& painted) { return painted.wish.view == view; };
    if (std::ranges::none_of(m_waiting, isOfView)) wishes.push_back({m_set, view, m_lineScale});
  }
  return wishes.size() > before;
}

void LinePictures::drawPart(const Viewport& view, const Rect& part, const Viewport& viewport, bool exact) {
  Picture& picture = m_pictures[view];
  picture.lastDraw = m_draws;
  if (!picture.texture) return;
  ++m_drawn;
  const Point corner = viewport.toScreen(view.toSlide({0, 0}));
  const double size = view.downsample / viewport.downsample, turn = viewport.rotation - view.rotation;
  m_gl.glUniform4f(m_program.uniform("place"), static_cast<float>(corner.x), static_cast<float>(corner.y),
                   static_cast<float>(std::cos(turn) * size), static_cast<float>(std::sin(turn) * size));
  m_gl.glUniform4f(m_program.uniform("part"), static_cast<float>(part.x), static_cast<float>(part.y),
                   static_cast<float>(part.right()), static_cast<float>(part.bottom()));
  m_gl.glBindTexture(GL_TEXTURE_2D, picture.texture);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    m_gl.glTexParameteri(GL_TEXTURE_2D, filter, exact ? GL_NEAREST : GL_LINEAR);
  m_gl.glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

/// Each square from its own picture; until that is there from finer ones, and where they lack from a coarser.
void LinePictures::drawSquares(int level, const Viewport& viewport) {
  const Rect whole{0, 0, kSquareSide, kSquareSide};
  for (const Viewport& square : squaresWithin(viewport.visible(), level)) {
    if (isThere(square)) {
      drawPart(square, whole, viewport, false);
      continue;
    }
    for (const Viewport& quarter : finerSquares(square)) {
      if (isThere(quarter)) {
        drawPart(quarter, whole, viewport, false);
        continue;
      }
      Viewport coarser = coarserSquare(square);
      for (int looks = 1; looks < kCoarserLooks && !isThere(coarser); ++looks)
        coarser = coarserSquare(coarser);
      if (isThere(coarser)) drawPart(coarser, partOf(quarter, coarser), viewport, false);
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
    if (oldest->second.texture) m_bytes -= kPictureBytes;
    m_gl.glDeleteTextures(1, &oldest->second.texture);
    m_pictures.erase(oldest);
  }
}

LinePictures::Report LinePictures::draw(const AnnotationSetPtr& set, const Viewport& viewport,
                                        double milliseconds, double lineScale) {
  ++m_draws;
  m_drawn = 0;
  m_wished = 0;
  takeSet(set, lineScale);
  Report report;
  report.waiting = takePainted(milliseconds);
  const bool isStanding = stands(viewport);
  const std::vector<Viewport> parts = isStanding ? squaresOfView(viewport) : std::vector<Viewport>();
  const bool isExact =
      isStanding && std::ranges::all_of(parts, [this](const Viewport& part) { return isCurrent(part); });
  const int level = squareLevelFor(viewport.downsample);
  const Rect seen = viewport.visible();
  std::vector<PictureWish> wishes;
  report.waiting |= wish(parts, false, wishes) || !isStanding;
  report.waiting |= wish(squaresWithin(seen, level), false, wishes) && !isExact;
  wish(squaresWithin(widened(seen, kSquareSide * viewport.downsample), level), true, wishes);
  wish(squaresWithin(widened(seen, kSquareSide * viewport.downsample), level + 1), true, wishes);
  m_painter.want(std::move(wishes));
  m_program.use();
  m_gl.glUniform2f(m_program.uniform("screen"), static_cast<float>(viewport.width),
                   static_cast<float>(viewport.height));
  m_gl.glUniform1f(m_program.uniform("side"), kSquareSide);
  m_gl.glUniform1i(m_program.uniform("lines"), 0);
  m_gl.glActiveTexture(GL_TEXTURE0);
  m_gl.glBindVertexArray(m_vertexArray);
  if (!isExact) {
    drawSquares(level, viewport);
  } else {
    for (const Viewport& part : parts) drawPart(part, {0, 0, kSquareSide, kSquareSide}, viewport, true);
  }
  makeRoom();
  report.pictures = m_drawn;
  return report;
}

}  // namespace geneglass
