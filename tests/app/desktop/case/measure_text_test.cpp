// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/measure_text.h"

#include <QLocale>
#include <QtTest>

#include "tests/support/test_program.h"
#include "viewer/wording/units.h"

namespace geneglass::measure_text_test {

class MeasureTextTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() {
    QLocale::setDefault(QLocale::c());
    showUnits(Units::Metric);
  }
  void aMeasureHasThreeDigitsAndItsSign_data();
  void aMeasureHasThreeDigitsAndItsSign();
  void inPixelsNothingIsMetric();
};

void MeasureTextTest::aMeasureHasThreeDigitsAndItsSign_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<double>("value");
  QTest::addColumn<QString>("unit");
  QTest::addColumn<QString>("english");
  QTest::addColumn<QString>("german");
  const auto row = [](const char* name, double value, const char* unit, const char* english,
                      const char* german) {
    QTest::newRow(english) << QString::fromLatin1(name) << value << QString::fromLatin1(unit)
                           << QString::fromUtf8(english) << QString::fromUtf8(german);
  };
  row("Area", 0.12345, "mm2", "Area 0.123 mm²", "Area 0,123 mm²");
  row("Length", 1234.4, "px", "Length 1234 px", "Length 1234 px");
  row("Length", 12.345, "um", "Length 12.3 µm", "Length 12,3 µm");
  row("Area", 12.345, "um2", "Area 12.3 µm²", "Area 12,3 µm²");
  row("Angle", 45.04, "deg", "Angle 45.0°", "Angle 45,0°");
  row("Count", 3, "", "Count 3", "Count 3");
}

void MeasureTextTest::aMeasureHasThreeDigitsAndItsSign() {
  QFETCH(QString, name);
  QFETCH(double, value);
  QFETCH(QString, unit);
  const Measurement measurement{name.toStdString(), value, unit.toStdString()};
  QLocale::setDefault(QLocale(QLocale::English));
  QTEST(measureText(measurement), "english");
  QLocale::setDefault(QLocale(QLocale::German));
  QTEST(measureText(measurement), "german");  // the words come with the catalogue
}

void MeasureTextTest::inPixelsNothingIsMetric() {
  const Shape ruler = Path{{{0, 0}, {30, 40}}};
  QCOMPARE(firstMeasureOf(ruler, Mpp{0.5, 0.5}), QStringLiteral("Length 25.0 µm"));
  showUnits(Units::Pixels);
  QCOMPARE(firstMeasureOf(ruler, Mpp{0.5, 0.5}), QStringLiteral("Length 50.0 px"));
}

}  // namespace geneglass::measure_text_test

GENEGLASS_TEST(geneglass::measure_text_test::MeasureTextTest)

#include "measure_text_test.moc"
