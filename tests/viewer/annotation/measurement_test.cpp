// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/measurement.h"

#include <fmt/format.h>

#include <QTest>

#include "tests/support/test_program.h"
#include "tests/viewer/annotation/annotation_folder.h"

namespace geneglass::measurement_test {

std::string textOf(const Shape& shape, const std::optional<Mpp>& mpp) {
  std::string text;
  for (const Measurement& one : measure(shape, mpp))
    text += fmt::format("{} {:.4g} {};", one.name, one.value, one.unit);
  return text;
}

class MeasurementTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRectangleHasItsSidesToo() {
    QCOMPARE(textOf(rectangleArea({0, 0, 4000, 2000}), Mpp{0.5, 0.5}),
             std::string("Area 2 mm2;Perimeter 6 mm;Width 2 mm;Height 1 mm;"));
    QCOMPARE(textOf(rectangleArea({0, 0, 40, 20}), Mpp{0.5, 0.5}),
             std::string("Area 200 um2;Perimeter 60 um;Width 20 um;Height 10 um;"));
  }

  void pixelsNeedNotBeSquare() {
    const Mpp mpp{0.25, 1};
    QCOMPARE(textOf(rectangleArea({0, 0, 40, 20}), mpp),
             std::string("Area 200 um2;Perimeter 60 um;Width 10 um;Height 20 um;"));
    QCOMPARE(textOf(Path{{{0, 0}, {12, 4}}}, mpp), std::string("Length 5 um;"));
    QCOMPARE(textOf(Angle{{4, 0}, {0, 0}, {4, 1}}, mpp), std::string("Angle 45 deg;"));
    QCOMPARE(textOf(Ellipse{{0, 0}, 40, 10, 0}, mpp),
             std::string("Area 314.2 um2;Perimeter 62.83 um;Width 20 um;Height 20 um;"));
  }

  void withoutAPixelSizeLengthsArePixelsAndSaySo() {
    QCOMPARE(textOf(rectangleArea({0, 0, 40, 20}), std::nullopt),
             std::string("Area 800 px2;Perimeter 120 px;Width 40 px;Height 20 px;"));
    QCOMPARE(textOf(Path{{{0, 0}, {3, 4}}}, Mpp{0, 0}), std::string("Length 5 px;"));
  }

  void holesAndCrossingsDoNotCount() {
    Area area = rectangleArea({0, 0, 10, 10});
    area.parts.front().holes.push_back({{2, 2}, {4, 2}, {4, 4}, {2, 4}});
    QCOMPARE(textOf(area, Mpp{1, 1}), std::string("Area 96 um2;Perimeter 48 um;"));
    QCOMPARE(measure(Area{{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}}, Mpp{1, 1}).front().value, 50.0);
  }

  void placesAreCounted() {
    QCOMPARE(textOf(Places{{{1, 1}, {2, 2}, {3, 3}}}, Mpp{1, 1}), std::string("Count 3 ;"));
  }

  void anAngleIsNeverAbove180Degrees() {
    QCOMPARE(textOf(Angle{{-1, 0}, {0, 0}, {1, 0}}, std::nullopt), std::string("Angle 180 deg;"));
    QCOMPARE(textOf(Angle{{0, 1}, {0, 0}, {-1, 0}}, std::nullopt), std::string("Angle 90 deg;"));
  }
};

}  // namespace geneglass::measurement_test

GENEGLASS_TEST(geneglass::measurement_test::MeasurementTest)
#include "measurement_test.moc"
