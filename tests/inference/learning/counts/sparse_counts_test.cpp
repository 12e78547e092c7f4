// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/sparse_counts.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "inference/learning/spots/place_index.h"
#include "inference/learning/spots/spot_views.h"
#include "tests/support/test_program.h"

namespace geneglass::sparse_counts_test {
namespace {

Matrix someCounts(size_t spots, size_t genes) {
  std::mt19937 random(3);
  Matrix counts(spots, genes);
  for (float& count : counts.values) count = random() % 4 == 0 ? float(random() % 50) : 0;
  return counts;
}

std::vector<Point> somePlaces(size_t count) {
  std::mt19937 random(5);
  std::vector<Point> places;
  for (size_t i = 0; i < count; ++i) places.push_back({double(random() % 1000), double(random() % 300)});
  places.push_back({1e9, -1e7});  // one far out, as a misread place is
  places.push_back(places.front());
  return places;
}

double apart(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

}  // namespace

class SparseCountsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsHeldIsWhatADenseTableHolds() {
    const Matrix dense = someCounts(40, 30);
    const SparseCounts sparse(dense);
    QCOMPARE(sparse.spots(), dense.rows);
    QCOMPARE(sparse.genes(), dense.columns);
    std::vector<double> ofGenes(dense.columns, 0);
    for (size_t spot = 0; spot < dense.rows; ++spot) {
      double total = 0;
      for (size_t gene = 0; gene < dense.columns; ++gene) {
        QCOMPARE(sparse.at(spot, gene), dense.at(spot, gene));
        total += double(dense.at(spot, gene));
        ofGenes[gene] += double(dense.at(spot, gene));
      }
      QCOMPARE(sparse.total(spot), total);
      for (const GeneCount& one : sparse.of(spot)) QVERIFY(one.count != 0);
    }
    QCOMPARE(sparse.totalsOfGenes(), ofGenes);
  }

  void countsOfOneGeneAreAddedInWhateverOrderTheyCome() {
    SparseCounts counts(3);
    std::vector<GeneCount> spot{{2, 1}, {0, 4}, {1, 0}, {2, 5}};
    counts.addSpot(spot);
    spot.clear();
    counts.addSpot(spot);
    spot = {{1, 9}};
    counts.addSpot(spot);
    QCOMPARE(std::vector(counts.of(0).begin(), counts.of(0).end()), (std::vector<GeneCount>{{0, 4}, {2, 6}}));
    QVERIFY(counts.of(1).empty());
    QCOMPARE(counts.at(2, 1), 9.0f);
  }

  void spotsThatAreKeptKeepTheirCounts() {
    const Matrix dense = someCounts(40, 30);
    const std::vector<size_t> kept{0, 1, 4, 5, 20, 39};
    SparseCounts sparse(dense);
    sparse.keep(kept);
    QCOMPARE(sparse.spots(), kept.size());
    for (size_t spot = 0; spot < kept.size(); ++spot)
      for (size_t gene = 0; gene < dense.columns; ++gene)
        QCOMPARE(sparse.at(spot, gene), dense.at(kept[spot], gene));
    sparse.keep({});
    QCOMPARE(sparse.spots(), size_t(0));
  }

  void anIndexOfPlacesFindsWhatAskingAllFinds() {
    const std::vector<Point> places = somePlaces(300);
    const PlaceIndex index(places);
    std::vector<size_t> near;
    for (size_t one = 0; one < places.size(); ++one) {
      double least = std::numeric_limits<double>::infinity();
      for (size_t other = 0; other < places.size(); ++other)
        if (other != one) least = std::min(least, apart(places[one], places[other]));
      QCOMPARE(index.toNearestOther(one), least);
      for (const double reach : {0.0, 3.0, 40.0, 1e10}) {
        index.near(places[one], reach, near);
        QVERIFY(std::ranges::is_sorted(near));
        std::erase_if(near, [&](size_t i) { return apart(places[one], places[i]) > reach; });
        std::vector<size_t> within;
        for (size_t other = 0; other < places.size(); ++other)
          if (apart(places[one], places[other]) <= reach) within.push_back(other);
        QCOMPARE(near, within);
      }
    }
    QVERIFY(std::isinf(PlaceIndex(std::span(places).first(1)).toNearestOther(0)));
    const std::vector<Point> alike(50, Point{7, 7});
    QCOMPARE(PlaceIndex(alike).toNearestOther(3), 0.0);
  }

  void spotsShareALookOnlyWhereTheModelCannotTellThemApart() {
    std::vector<Point> spots;
    for (int row = 0; row < 40; ++row)
      for (int column = 0; column < 40; ++column) spots.push_back({column * 10.0 + 5, row * 10.0 + 5});
    const SpotViews apart = viewsOf(spots, 60);  // a look every 15 px would be two spots each
    QVERIFY(!apart.areShared());
    QCOMPARE(apart.centres, spots);
    QCOMPARE(apart.ofSpot[77], 77U);
    const SpotViews shared = viewsOf(spots, 160);
    QVERIFY(shared.areShared());
    QCOMPARE(shared.centres.size(), size_t(100));
    QCOMPARE(shared.centres[0], (Point{20, 20}));
    for (size_t spot = 0; spot < spots.size(); ++spot) {
      const Point& centre = shared.centres[shared.ofSpot[spot]];
      QVERIFY(std::abs(centre.x - spots[spot].x) <= 20 && std::abs(centre.y - spots[spot].y) <= 20);
    }
    QVERIFY(!viewsOf({}, 100).areShared());
  }
};

}  // namespace geneglass::sparse_counts_test

GENEGLASS_TEST(geneglass::sparse_counts_test::SparseCountsTest)
#include "sparse_counts_test.moc"
