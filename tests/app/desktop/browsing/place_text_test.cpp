// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/place_text.h"

#include <QLocale>
#include <QtTest>

#include "tests/support/test_program.h"

namespace geneglass::place_text_test {
namespace {

Slide slideOf(std::optional<Mpp> mpp) {
  Slide slide;
  slide.file = "/slides/a.svs";
  slide.levels = {{{40000, 30000}, 1, {256, 256}}};
  slide.mpp = mpp;
  return slide;
}

QString refusalOf(const QString& text, const Slide& slide) {
  const auto place = placeOf(text, slide);
  return place ? QStringLiteral("(no refusal)") : QString::fromStdString(place.error().sentence);
}

}  // namespace

class PlaceTextTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPlaceIsReadInTheUnitItIsWrittenIn_data();
  void aPlaceIsReadInTheUnitItIsWrittenIn();
  void whatIsCopiedLeadsBack();
  void germanNumbersAreReadWhereASemicolonOrBlankParts();
  void whatIsNoPlaceIsRefusedWithHowToWriteOne();
  void micrometresAreRefusedWhereThePixelSizeIsUnknown();
  void aPlaceOutsideIsRefusedWithTheSize();
  void aMagnificationIsReadAsPeopleWriteIt();
  void whatIsNoMagnificationIsRefused();
};

void PlaceTextTest::aPlaceIsReadInTheUnitItIsWrittenIn_data() {
  QTest::addColumn<QString>("text");
  QTest::newRow("comma") << "12000, 8000";
  QTest::newRow("blank") << " 12000 8000 px ";
  QTest::newRow("letters") << "x 12000 px, y 8000 px";
  QTest::newRow("equals") << "X=12000; Y=8000";
  QTest::newRow("um") << "6000, 2000 um";
  QTest::newRow("micro sign") << "6000.0 µm 2000.0 µm";
  QTest::newRow("Greek mu") << "6000, 2000 μm";
  QTest::newRow("mm") << "6 2 mm";
}

void PlaceTextTest::aPlaceIsReadInTheUnitItIsWrittenIn() {
  QFETCH(QString, text);
  const auto place = placeOf(text, slideOf(Mpp{0.5, 0.25}));
  QVERIFY2(place, place ? "" : place.error().sentence.c_str());
  QCOMPARE(place->x, 12000.0);
  QCOMPARE(place->y, 8000.0);
}

void PlaceTextTest::whatIsCopiedLeadsBack() {
  const Slide slide = slideOf(Mpp{0.25, 0.25});
  const Point place{12345, 6789};
  for (const QString& copied : {pixelsOf(place), micrometresOf(place, *slide.mpp)}) {
    const auto found = placeOf(copied, slide);
    QVERIFY2(found, qPrintable(copied));
    QVERIFY(std::abs(found->x - place.x) < 0.5 && std::abs(found->y - place.y) < 0.5);
  }
}

void PlaceTextTest::germanNumbersAreReadWhereASemicolonOrBlankParts() {
  const QLocale before;
  QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
  const auto place = placeOf(QStringLiteral("6.000,5 µm; 2.000,25 µm"), slideOf(Mpp{0.5, 0.25}));
  QLocale::setDefault(before);
  QVERIFY(place);
  QCOMPARE(place->x, 12001.0);
  QCOMPARE(place->y, 8001.0);
}

void PlaceTextTest::whatIsNoPlaceIsRefusedWithHowToWriteOne() {
  const Slide slide = slideOf(Mpp{0.5, 0.5});
  for (const char* text : {"", "abc", "12000", "1, 2, 3", "10 px, 20 um", "nan nan", "1e5 2"})
    QCOMPARE(refusalOf(QString::fromUtf8(text), slide),
             QStringLiteral("“%1” is no place: write x and y, such as 12000, 8000 px or 3000, 2000 µm.")
                 .arg(QString::fromUtf8(text)));
}

void PlaceTextTest::micrometresAreRefusedWhereThePixelSizeIsUnknown() {
  QCOMPARE(
      refusalOf(QStringLiteral("3000, 2000 um"), slideOf({})),
      QStringLiteral("A place in micrometres cannot be found on “a”: it does not say how large its pixels "
                     "are."));
  QVERIFY(placeOf(QStringLiteral("3000, 2000"), slideOf({})));
}

void PlaceTextTest::aPlaceOutsideIsRefusedWithTheSize() {
  QCOMPARE(refusalOf(QStringLiteral("40001, 5"), slideOf({})),
           QStringLiteral("The place 40001, 5 lies outside the slide, which is 40000 × 30000 pixels."));
  QCOMPARE(refusalOf(QStringLiteral("-1 5 px"), slideOf({})),
           QStringLiteral("The place -1 5 px lies outside the slide, which is 40000 × 30000 pixels."));
  QVERIFY(placeOf(QStringLiteral("40000, 30000"), slideOf({})));
}

void PlaceTextTest::aMagnificationIsReadAsPeopleWriteIt() {
  const Slide slide = slideOf(Mpp{0.5, 0.5});
  for (const char* text : {"20", "20x", " 20 × ", "20.0X", "1:1", "1 : 1"}) {
    const auto downsample = downsampleOf(QString::fromUtf8(text), slide);
    QVERIFY2(downsample, text);
    QCOMPARE(*downsample, 1.0);
  }
  QCOMPARE(*downsampleOf(QStringLiteral("1 : 4"), slideOf({})), 4.0);
  QCOMPARE(magnificationText(1, slide), QStringLiteral("20.0×"));
  QCOMPARE(magnificationText(4, slideOf({})), QStringLiteral("1 : 4.0"));
}

void PlaceTextTest::whatIsNoMagnificationIsRefused() {
  const auto refusal = [](const char* text, const Slide& slide) {
    const auto downsample = downsampleOf(QString::fromUtf8(text), slide);
    return downsample ? QString() : QString::fromStdString(downsample.error().sentence);
  };
  for (const char* text : {"", "abc", "0", "-5", "1 : 0", "x", "20 30"})
    QCOMPARE(
        refusal(text, slideOf(Mpp{0.5, 0.5})),
        QStringLiteral("“%1” is no magnification: write 20, 20× or 1 : 4.").arg(QString::fromUtf8(text)));
  QCOMPARE(refusal("20", slideOf({})),
           QStringLiteral(
               "The magnification of “a” is unknown, as it does not say how large its pixels are: write "
               "1 : 4 for four of them a screen pixel."));
}

}  // namespace geneglass::place_text_test

GENEGLASS_TEST(geneglass::place_text_test::PlaceTextTest)
#include "place_text_test.moc"
