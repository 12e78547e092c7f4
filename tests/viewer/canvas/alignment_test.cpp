// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "inference/synthetic/pyramid_writer.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/off_screen/snapshot.h"

namespace geneglass::alignment_test {
namespace {

constexpr Size kSlideSize{5003, 3907};  // odd, so that no level divides evenly
constexpr int kMarkSide = 64;           // level-0 pixels
constexpr int kMarkEvery = 5;           // cells
constexpr int kMarkColumns = kSlideSize.width / kMarkSide;
constexpr int kMarkRows = kSlideSize.height / kMarkSide;
constexpr double kScreenWidth = 900;
constexpr double kScreenHeight = 700;

// The last column and row of whole cells are marked: the lower right corner is where a drift is largest.
bool isMarked(int64_t column, int64_t row) {
  return column >= 0 && row >= 0 && column < kMarkColumns && row < kMarkRows &&
         (kMarkColumns - 1 - column) % kMarkEvery == 0 && (kMarkRows - 1 - row) % kMarkEvery == 0;
}

Image paintMarks(int64_t x, int64_t y, int width, int height) {
  Image image(width, height, opaque(255, 255, 255));
  for (int row = 0; row < height; ++row)
    for (int column = 0; column < width; ++column)
      if (isMarked((x + column) / kMarkSide, (y + row) / kMarkSide)) image.at(column, row) = opaque(0, 0, 0);
  return image;
}

OverlayLayer markedCells(const Slide& slide) {
  Heatmap map = testing::evenMap(slide, kMarkSide, std::numeric_limits<float>::quiet_NaN());
  for (int row = 0; row < kMarkRows; ++row)
    for (int column = 0; column < kMarkColumns; ++column)
      if (isMarked(column, row)) map.values[static_cast<size_t>(row * map.columns + column)] = 1;
  OverlayLayer layer{std::make_shared<testing::MapOverlay>(*placeHeatmap(std::move(map), slide)), {}};
  layer.style.range = HeatmapStyle::Range::Absolute;
  layer.style.low = 0;
  layer.style.high = 1;
  return layer;
}

// Slide and overlay in one frame, told apart by colour: the slide is grey, the overlay half of viridis'
// yellow.
struct Weights {
  double overlay = 0;
  double mark = 0;
};
Weights weightsOf(QRgb pixel) {
  const QRgb yellow = colourAt(ColourMap::Viridis, 1);
  const double colourful = (qRed(yellow) - qBlue(yellow)) / 2.0;
  const double overlay = std::clamp((qRed(pixel) - qBlue(pixel)) / colourful, 0.0, 1.0);
  const double grey = (qBlue(pixel) - overlay * qBlue(yellow) / 2) / (1 - overlay / 2);
  return {overlay > 0.5 ? 1.0 : 0.0, std::clamp((235 - grey) / 235, 0.0, 1.0)};
}

struct Centroid {
  double x = 0;
  double y = 0;
  double weight = 0;
  void add(double px, double py, double by) {
    x += px * by;
    y += py * by;
    weight += by;
  }
  Point middle() const { return {x / weight, y / weight}; }
};

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

// Distances of one mark; negative where it is not wholly in the picture.
struct Measured {
  double overlayToMark = -1;
  double markToPlace = -1;
};
Measured measure(const QImage& picture, const Viewport& viewport, int column, int row) {
  const Point place = viewport.toScreen({(column + 0.5) * kMarkSide, (row + 0.5) * kMarkSide});
  const double reach = kMarkSide / viewport.downsample * 1.2;
  if (place.x < reach + 1 || place.y < reach + 1 || place.x > kScreenWidth - reach - 1 ||
      place.y > kScreenHeight - reach - 1)
    return {};
  Centroid overlay;
  Centroid mark;
  for (int y = static_cast<int>(place.y - reach); y <= static_cast<int>(place.y + reach); ++y)
    for (int x = static_cast<int>(place.x - reach); x <= static_cast<int>(place.x + reach); ++x) {
      const Point centre{x + 0.5, y + 0.5};
      const Point slide = viewport.toSlide(centre);
      if (!Rect{0, 0, kSlideSize.width, kSlideSize.height}.contains(slide)) continue;  // glass is grey
      const Weights weights = weightsOf(picture.pixel(x, y));
      overlay.add(centre.x, centre.y, weights.overlay);
      mark.add(centre.x, centre.y, weights.mark);
    }
  if (overlay.weight <= 0 || mark.weight <= 0) return {1e9, 1e9};
  return {distance(overlay.middle(), mark.middle()), distance(mark.middle(), place)};
}

std::vector<Viewport> seededViews(int count) {
  std::mt19937 random(20);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  std::vector<Viewport> views;
  for (int i = 0; i < count; ++i) {
    Viewport view;
    view.width = kScreenWidth;
    view.height = kScreenHeight;
    view.downsample = std::exp2(uniform(-1.5, 2.7));
    view.rotation = uniform(-std::numbers::pi, std::numbers::pi);
    // About a mark; every third view about the one in the lower right corner.
    const int column = i % 3 == 0 ? 0 : static_cast<int>(uniform(0, kMarkColumns / kMarkEvery));
    const int row = i % 3 == 0 ? 0 : static_cast<int>(uniform(0, kMarkRows / kMarkEvery));
    const double aside = 100 * std::min(view.downsample, 1.0);
    view.centre = {(kMarkColumns - 1 - column * kMarkEvery + 0.5) * kMarkSide + uniform(-aside, aside),
                   (kMarkRows - 1 - row * kMarkEvery + 0.5) * kMarkSide + uniform(-aside, aside)};
    views.push_back(view);
  }
  return views;
}

}  // namespace

class AlignmentTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void overlayLiesOnTissueWithinHalfAPixel_data();
  void overlayLiesOnTissueWithinHalfAPixel();
};

void AlignmentTest::overlayLiesOnTissueWithinHalfAPixel_data() {
  QTest::addColumn<int>("factor");
  QTest::newRow("factor 2") << 2;
  QTest::newRow("factor 4") << 4;
}

void AlignmentTest::overlayLiesOnTissueWithinHalfAPixel() {
  QFETCH(int, factor);
  const QTemporaryDir folder;
  const std::filesystem::path file = folder.filePath(QStringLiteral("fiducials.tif")).toStdString();
  PyramidOptions options;
  options.size = kSlideSize;
  options.factor = factor;
  options.quality = 95;
  const auto written = writePyramid(file, options, paintMarks);
  QVERIFY2(written, written ? "" : written.error().sentence.c_str());
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(opened->slide->levels.size() >= 3);

  const std::vector<OverlayLayer> layers{markedCells(*opened->slide)};
  Measured worst{0, 0};
  int marks = 0;
  int cornerMarks = 0;
  int number = 0;
  for (const Viewport& view : seededViews(20)) {
    const auto picture = renderView(*opened, view, layers);
    QVERIFY2(picture, picture ? "" : picture.error().sentence.c_str());
    const int before = marks;
    double worstHere = 0;
    for (int row = 0; row < kMarkRows; ++row)
      for (int column = 0; column < kMarkColumns; ++column) {
        if (!isMarked(column, row)) continue;
        const Measured here = measure(*picture, view, column, row);
        if (here.overlayToMark < 0) continue;
        ++marks;
        cornerMarks += column == kMarkColumns - 1 && row == kMarkRows - 1;
        worstHere = std::max({worstHere, here.overlayToMark, here.markToPlace});
        worst.overlayToMark = std::max(worst.overlayToMark, here.overlayToMark);
        worst.markToPlace = std::max(worst.markToPlace, here.markToPlace);
      }
    ++number;
    if (worstHere > 0.5)
      picture->save(QString::fromStdString(
          (testing::outputFolder() / fmt::format("alignment-{}-{}.png", factor, number)).string()));
    QVERIFY2(marks > before, "a view without a whole mark measures nothing");
  }
  qInfo(
      "factor %d: %d marks in 20 views, largest distance overlay to tissue %.3f, tissue to its place %.3f "
      "screen pixels",
      factor, marks, worst.overlayToMark, worst.markToPlace);
  QVERIFY2(cornerMarks >= 3, "the lower right corner was not measured");
  QVERIFY(worst.overlayToMark <= 0.5);
  QVERIFY(worst.markToPlace <= 0.5);
}

}  // namespace geneglass::alignment_test

GENEGLASS_WINDOW_TEST(geneglass::alignment_test::AlignmentTest)
#include "alignment_test.moc"
