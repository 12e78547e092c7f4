// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/compare/section_fit.h"

#include <QtTest>
#include <cmath>
#include <utility>
#include <vector>

#include "app/desktop/compare/linked_views.h"
#include "tests/support/test_program.h"

namespace geneglass::section_fit_test {
namespace {

bool isNear(Point one, Point other, double reach = 1e-6) {
  return std::hypot(one.x - other.x, one.y - other.y) < reach;
}

/// Turned by 0.7 rad, 1.05 times as large, shifted.
const Similarity kTruth{1.05 * std::cos(0.7), 1.05 * std::sin(0.7), {1200, -340}};

std::vector<Point> moved(const std::vector<Point>& places) {
  std::vector<Point> result;
  for (const Point& place : places) result.push_back(kTruth.of(place));
  return result;
}

std::string refusalOf(const std::vector<Point>& from, const std::vector<Point>& to) {
  const auto fitted = fitSections(from, to);
  return fitted ? "(no refusal)" : fitted.error().sentence;
}

Slide slideOf(double mpp) {
  Slide slide;
  slide.levels = {{{40000, 30000}, 1, {256, 256}}};
  slide.mpp = Mpp{mpp, mpp};
  return slide;
}

const char* const kLine =
    "The places lie on a line, which does not tell how the sections lie to each other: choose three that are "
    "far "
    "apart in all directions.";

}  // namespace

class SectionFitTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void threePlacesGiveBackTheTurnScaleAndShift();
  void clicksThatAreOffAreFittedByLeastSquares();
  void placesOnALineAreRefused();
  void aSectionLaidUpsideDownIsFittedMirrored();
  void placesInAnotherOrderAreRefused();
  void tooFewPlacesAreRefused();
  void theInverseLeadsBack();
  void aLinkedViewShowsTheSamePlaceAsLargeWhateverThePixelSizes();
  void aLinkedViewOfAMirroredSectionShowsTheSamePlaces();
};

void SectionFitTest::threePlacesGiveBackTheTurnScaleAndShift() {
  const std::vector<Point> from{{0, 0}, {5000, 400}, {900, 4000}};
  const auto fitted = fitSections(from, moved(from));
  QVERIFY(fitted);
  QVERIFY(std::abs(fitted->map.angle() - 0.7) < 1e-9);
  QVERIFY(std::abs(fitted->map.scale() - 1.05) < 1e-9);
  QVERIFY(isNear(fitted->map.offset, kTruth.offset));
  QVERIFY(fitted->residual < 1e-3);
}

/// Any other turn, scale or shift leaves more of the squares.
void SectionFitTest::clicksThatAreOffAreFittedByLeastSquares() {
  const std::vector<Point> from{{0, 0}, {5000, 400}, {900, 4000}};
  std::vector<Point> to = moved(from);
  to[0].x += 30;
  to[1].y -= 20;
  const auto fitted = fitSections(from, to);
  QVERIFY(fitted);
  const auto rest = [&](const Similarity& map) {
    double squares = 0;
    for (size_t i = 0; i < from.size(); ++i) {
      const Point at = map.of(from[i]);
      squares += std::pow(at.x - to[i].x, 2) + std::pow(at.y - to[i].y, 2);
    }
    return squares;
  };
  const double best = rest(fitted->map);
  QVERIFY(std::abs(fitted->residual - std::sqrt(best / 3)) < 1e-6);
  QVERIFY(fitted->residual > 5 && fitted->residual < 40);
  for (const double step : {-1e-3, 1e-3})
    for (int which = 0; which < 4; ++which) {
      Similarity other = fitted->map;
      (which == 0   ? other.cosine
       : which == 1 ? other.sine
       : which == 2 ? other.offset.x
                    : other.offset.y) += which < 2 ? step : 1000 * step;
      QVERIFY(rest(other) > best);
    }
}

void SectionFitTest::placesOnALineAreRefused() {
  const std::vector<Point> good{{0, 0}, {5000, 400}, {900, 4000}};
  const std::vector<Point> line{{0, 0}, {1000, 1000}, {5000, 5010}}, one{{7, 7}, {7, 7}, {7, 7}};
  QCOMPARE(refusalOf(line, moved(line)), std::string(kLine));
  QCOMPARE(refusalOf(good, line), std::string(kLine));
  QCOMPARE(refusalOf(line, good), std::string(kLine));
  QCOMPARE(refusalOf(one, good), std::string(kLine));
}

void SectionFitTest::aSectionLaidUpsideDownIsFittedMirrored() {
  Similarity truth = kTruth;
  truth.isMirrored = true;
  const std::vector<Point> from{{0, 0}, {5000, 400}, {900, 4000}};
  std::vector<Point> to;
  for (const Point& place : from) to.push_back(truth.of(place));
  to[0].x += 30;  // a click that is off
  const auto fitted = fitSections(from, to);
  QVERIFY(fitted && fitted->map.isMirrored);
  QVERIFY(fitted->residual > 1 && fitted->residual < 30);
  QVERIFY(std::abs(fitted->map.scale() - 1.05) < 0.02);
  for (size_t i = 0; i < from.size(); ++i) QVERIFY(isNear(fitted->map.of(from[i]), to[i], 40));
}

void SectionFitTest::placesInAnotherOrderAreRefused() {
  const std::vector<Point> from{{0, 0}, {5000, 400}, {900, 4000}};
  const std::string sentence =
      "The places on one slide do not fit those on the other, mirrored or not: click the same three places "
      "in "
      "the same order on each slide.";
  std::vector<Point> to = moved(from);
  std::swap(to[0], to[1]);
  QCOMPARE(refusalOf(from, to), sentence);
  std::swap(to[1], to[2]);
  QCOMPARE(refusalOf(from, to), sentence);
}

void SectionFitTest::tooFewPlacesAreRefused() {
  const std::vector<Point> two{{0, 0}, {5000, 400}}, three{{0, 0}, {5000, 400}, {900, 4000}};
  const std::string sentence = "Three places on each slide are needed to link sections.";
  QCOMPARE(refusalOf(two, two), sentence);
  QCOMPARE(refusalOf(three, two), sentence);
  QCOMPARE(refusalOf({}, {}), sentence);
}

void SectionFitTest::theInverseLeadsBack() {
  const Point place{123, 456};
  QVERIFY(isNear(kTruth.inverse().of(kTruth.of(place)), place));
  Similarity mirrored = kTruth;
  mirrored.isMirrored = true;
  QVERIFY(isNear(mirrored.inverse().of(mirrored.of(place)), place));
}

void SectionFitTest::aLinkedViewShowsTheSamePlaceAsLargeWhateverThePixelSizes() {
  const Slide fine = slideOf(0.25), coarse = slideOf(0.5);
  Viewport view{{8000, 6000}, 4, 0.3, 900, 700}, screen{{0, 0}, 1, 0, 600, 500};
  const Viewport same = linkedView(view, fine, coarse, {}, screen);
  QVERIFY(isNear(same.centre, {4000, 3000}));
  QCOMPARE(same.downsample, 2.0);
  QCOMPARE(same.rotation, 0.3);
  QCOMPARE(same.width, 600.0);
  // Of fitted sections: what lies so far from the middle of one screen lies so far from that of the other.
  const Viewport turned = linkedView(view, fine, coarse, kTruth, screen);
  const Point onFine = view.toSlide({view.width / 2 + 100, view.height / 2 - 60});
  const Point onCoarse = turned.toSlide({300 + 100, 250 - 60});
  const Point expected = kTruth.of({onFine.x * 0.25, onFine.y * 0.25});
  QVERIFY(isNear({onCoarse.x * 0.5, onCoarse.y * 0.5}, expected));
}

/// Whichever of the view and the section is the mirror image.
void SectionFitTest::aLinkedViewOfAMirroredSectionShowsTheSamePlaces() {
  const Slide fine = slideOf(0.25), coarse = slideOf(0.5);
  const Viewport screen{{0, 0}, 1, 0, 600, 500};
  for (const bool isViewMirrored : {false, true})
    for (const bool isSectionMirrored : {false, true}) {
      Similarity map = kTruth;
      map.isMirrored = isSectionMirrored;
      const Viewport view{{8000, 6000}, 4, 0.3, 900, 700, isViewMirrored};
      const Viewport linked = linkedView(view, fine, coarse, map, screen);
      const Point onFine = view.toSlide({view.width / 2 + 100, view.height / 2 - 60});
      const Point onCoarse = linked.toSlide({300 + 100, 250 - 60});
      QVERIFY(isNear({onCoarse.x * 0.5, onCoarse.y * 0.5}, map.of({onFine.x * 0.25, onFine.y * 0.25})));
    }
}

}  // namespace geneglass::section_fit_test

GENEGLASS_TEST(geneglass::section_fit_test::SectionFitTest)
#include "section_fit_test.moc"
