// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <utility>
#include <vector>

#include "inference/synthetic/slide_painter.h"
#include "inference/tissue/pen_marks.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/pixel.h"

namespace geneglass::planted_pen_test {
namespace {

constexpr Size kSize{4096, 4096};
constexpr int kCell = 16;  // level-0 pixels of 0.5 um: 8 um
constexpr int kSide = 4096 / kCell;

TissueClass classOf(const TissueLayout& layout, int column, int row) {
  const auto at = [&](double x, double y) {
    return layout.classAt(float((column + x) * kCell), float((row + y) * kCell));
  };
  const TissueClass middle = at(0.5, 0.5);
  for (const double x : {-1.0, 2.0})
    for (const double y : {-1.0, 2.0})
      if (at(x, y) != middle) return TissueClass::Background;  // at an edge
  return middle;
}

bool hasPen(const TissueLayout& layout) {
  int pen = 0;
  for (int row = 0; row < kSide; row += 4)
    for (int column = 0; column < kSide; column += 4) pen += classOf(layout, column, row) == TissueClass::Pen;
  return pen > 50;
}

/// The mean of each cell.
Image thumbnailOf(const SlidePainter& painter) {
  Image thumbnail(kSide, kSide);
  for (int row = 0; row < kSide; ++row) {
    const Image band = painter.render(0, int64_t(row) * kCell, int(kSize.width), kCell);
    for (int column = 0; column < kSide; ++column) {
      uint32_t red = 0, green = 0, blue = 0;
      for (int y = 0; y < kCell; ++y)
        for (int x = 0; x < kCell; ++x) {
          const uint32_t pixel = band.at(column * kCell + x, y);
          red += uint32_t(redOf(pixel));
          green += uint32_t(greenOf(pixel));
          blue += uint32_t(blueOf(pixel));
        }
      constexpr uint32_t kPixels = kCell * kCell;
      thumbnail.at(column, row) = opaque(red / kPixels, green / kPixels, blue / kPixels);
    }
  }
  return thumbnail;
}

/// That a positive one's score is above a negative one's.
double areaUnder(std::vector<std::pair<float, bool>> scores) {
  std::sort(scores.begin(), scores.end());
  double ranks = 0, positives = 0;
  for (size_t i = 0; i < scores.size(); ++i)
    if (scores[i].second) ranks += double(i + 1), ++positives;
  return (ranks - positives * (positives + 1) / 2) / (positives * (double(scores.size()) - positives));
}

}  // namespace

class PlantedPenTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void plantedPenIsToldFromTissueAndFoundAsAMark() {
    std::vector<std::pair<float, bool>> scores;
    size_t slides = 0, pen = 0, found = 0, tissue = 0, wrong = 0;
    for (uint64_t seed = 1; seed < 60 && slides < 2; ++seed) {
      const SlidePainter painter(seed, kSize);
      if (!hasPen(painter.layout())) continue;
      ++slides;
      const Image thumbnail = thumbnailOf(painter);
      const std::vector<float> score = penScores(thumbnail);
      const std::vector<uint8_t> marks = findPen(thumbnail, 8);
      for (int row = 0; row < kSide; ++row)
        for (int column = 0; column < kSide; ++column) {
          const TissueClass is = classOf(painter.layout(), column, row);
          if (is == TissueClass::Background) continue;
          const size_t cell = size_t(row) * kSide + size_t(column);
          const bool isPen = is == TissueClass::Pen, isMarked = marks[cell] != 0;
          scores.emplace_back(score[cell], isPen);
          (isPen ? pen : tissue) += 1;
          (isPen ? found : wrong) += isMarked;
        }
    }
    QCOMPARE(slides, size_t(2));
    const double area = areaUnder(scores);
    qInfo("AUC %.4f, found %.3f of the pen, %.5f of the tissue", area, double(found) / double(pen),
          double(wrong) / double(tissue));
    QVERIFY(area > 0.98);
    QVERIFY(double(found) > 0.75 * double(pen));  // pieces of strokes at the edge are below 0.05 mm2
    QVERIFY(double(wrong) < 0.002 * double(tissue));
  }
};

}  // namespace geneglass::planted_pen_test

GENEGLASS_TEST(geneglass::planted_pen_test::PlantedPenTest)
#include "planted_pen_test.moc"
