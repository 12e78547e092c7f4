// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/pen_marks.h"

#include <QtTest>
#include <algorithm>

#include "inference/tissue/lay_tiles.h"
#include "inference/tissue/tissue_mask.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::pen_marks_test {

using namespace geneglass::testing;

namespace {

constexpr Size kSize{2000, 1500};
constexpr double kMpp = 2;  // 4 x 3 mm

constexpr uint32_t kBlue = opaque(40, 80, 190), kBlack = opaque(48, 44, 52), kGreen = opaque(50, 150, 80);

/// Tissue all over, with a stroke of 0.6 mm across its middle.
OpenedSlide struck(uint32_t ink, int64_t half = 150) {
  return openPainted(kSize, kMpp, [ink, half](int64_t x, int64_t y) {
    return std::abs(x - 1000) < half ? ink : tissue(x, y);
  });
}

TissueMask maskOf(const OpenedSlide& opened) {
  const Result<TissueMask> mask = findTissue(opened);
  if (!mask) qFatal("%s", mask.error().sentence.c_str());
  return *mask;
}

double penMm2(const OpenedSlide& opened) {
  return maskOf(opened).penPixels * kMpp * kMpp / 1e6;
}

}  // namespace

class PenMarksTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aStrokeOfAnyUsualInkIsFoundAndIsNoTissue() {
    for (const uint32_t ink : {kBlue, kBlack, kGreen}) {
      const TissueMask mask = maskOf(struck(ink));
      QVERIFY2(qAbs(mask.penPixels * kMpp * kMpp / 1e6 - 0.6 * 3) < 0.1,
               qPrintable(QString::number(mask.penPixels)));
      QVERIFY(mask.penIn({900, 100, 200, 1000}) > 0.99);
      QCOMPARE(mask.fractionIn({900, 100, 200, 1000}), 0.0);
      QCOMPARE(mask.penIn({100, 100, 700, 1000}), 0.0);
      QVERIFY(mask.fractionIn({100, 100, 700, 1000}) > 0.99);
    }
  }

  void theTilesThatThePenCostsAreCounted() {
    const OpenedSlide marked = struck(kBlue), clean = struck(kBlue, 0);
    const TissueMask mask = maskOf(marked), none = maskOf(clean);
    const Result<TileGrid> grid = layTiles(*marked.slide, mask, 112, 2, 0.7);
    const Result<TileGrid> whole = layTiles(*clean.slide, none, 112, 2, 0.7);
    QVERIFY(grid && whole);
    const SlideQuality quality = qualityOf(*marked.slide, mask, *grid, 0.7);
    QVERIFY(qAbs(quality.penMm2 - 1.8) < 0.1);
    // Two columns lie wholly under it, so hold no tissue; those at its sides lost too much of theirs.
    QVERIFY(quality.penTiles > 0);
    size_t covered = 0;
    for (const TileGrid::Cell& cell : whole->cells) covered += mask.fractionIn(whole->area(cell)) == 0;
    QCOMPARE(grid->count() + size_t(quality.penTiles) + covered, whole->count());
    const SlideQuality nothing = qualityOf(*clean.slide, none, *whole, 0.7);
    QCOMPARE(nothing.penMm2, 0.0);
    QCOMPARE(nothing.penTiles, 0);
    QVERIFY(none.pen.empty());
  }

  void specksAndDenseNucleiAreNoPen() {
    const auto specks = openPainted(kSize, kMpp, [](int64_t x, int64_t y) {
      return x % 400 < 60 && y % 400 < 60 ? kBlack : tissue(x, y);  // 0.014 mm2 each
    });
    QCOMPARE(penMm2(specks), 0.0);
    const auto nuclei = openPainted(kSize, kMpp, [](int64_t x, int64_t y) {
      const auto n = uint32_t(noise(x, y, 3) + 3);
      return opaque(70 + n, 40 + n, 110 + n);
    });
    QCOMPARE(penMm2(nuclei), 0.0);
  }

  void aDarkSlideHasNoPen() {
    const auto dark = openPainted(kSize, kMpp, [](int64_t x, int64_t y) {
      const auto n = uint32_t(noise(x, y, 5) + 5);
      return opaque(n, n, n + 10);
    });
    QCOMPARE(penMm2(dark), 0.0);
  }

  void realSectionsWithoutPenHaveNone() {
    GENEGLASS_NEED(colon, "slides/colon-section.tif");
    GENEGLASS_NEED(cmu, "slides/CMU-1-Small-Region.svs");
    GENEGLASS_NEED(first, "st/her2st-C2/slide.tif");
    GENEGLASS_NEED(last, "st/her2st-C5/slide.tif");
    for (const auto& file : {colon, cmu, first, last}) {
      const Result<OpenedSlide> opened = openSlide(file);
      QVERIFY(opened);
      const Result<TissueMask> mask = findTissue(*opened);
      QVERIFY2(mask, mask ? "" : mask.error().sentence.c_str());
      QVERIFY2(mask->penPixels == 0, opened->slide->file.c_str());
    }
  }
};

}  // namespace geneglass::pen_marks_test

GENEGLASS_TEST(geneglass::pen_marks_test::PenMarksTest)
#include "pen_marks_test.moc"
