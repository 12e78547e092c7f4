// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_resolution.h"

#include <tiffio.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <limits>

#include "tests/support/test_program.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass::tiff_resolution_test {

/// Writes an 8 x 8 grey TIFF; a negative number or unit leaves that tag out.
static std::filesystem::path writeTiff(const QTemporaryDir& folder, double x, double y, int unit) {
  const std::string file = folder.filePath(QStringLiteral("a.tif")).toStdString();
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 8);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 8);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 8);
  if (x >= 0) TIFFSetField(tiff, TIFFTAG_XRESOLUTION, x);
  if (y >= 0) TIFFSetField(tiff, TIFFTAG_YRESOLUTION, y);
  if (unit >= 0) TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, unit);
  std::array<unsigned char, 64> grey{};
  TIFFWriteEncodedStrip(tiff, 0, grey.data(), grey.size());
  TIFFClose(tiff);
  return file;
}

static std::optional<Mpp> resolutionOf(const std::filesystem::path& file) {
  return readFileHead(file).value().tiff.resolution;
}

class TiffResolutionTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theUnitCounts_data() {
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<int>("unit");
    QTest::addColumn<double>("mppX");
    QTest::addColumn<double>("mppY");
    const int inch = RESUNIT_INCH;
    const int centimetre = RESUNIT_CENTIMETER;
    QTest::newRow("centimetre") << 20000. << 40000. << centimetre << 0.5 << 0.25;
    QTest::newRow("inch") << 50800. << 50800. << inch << 0.5 << 0.5;
    QTest::newRow("inch is the default") << 50800. << 50800. << -1 << 0.5 << 0.5;
    QTest::newRow("largest pixel") << 500. << 500. << centimetre << 20. << 20.;
  }
  void theUnitCounts() {
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(int, unit);
    QFETCH(double, mppX);
    QFETCH(double, mppY);
    const QTemporaryDir folder;
    const std::optional<Mpp> mpp = resolutionOf(writeTiff(folder, x, y, unit));
    QVERIFY(mpp.has_value());
    QVERIFY(std::abs(mpp->x - mppX) < 1e-6 && std::abs(mpp->y - mppY) < 1e-6);
  }

  void nonsenseIsUnknown_data() {
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<int>("unit");
    const int inch = RESUNIT_INCH;
    QTest::newRow("72 dots per inch") << 72. << 72. << inch;
    QTest::newRow("96 dots per inch") << 96. << 96. << inch;
    QTest::newRow("300 dots per inch") << 300. << 300. << inch;
    QTest::newRow("no unit") << 20000. << 20000. << int{RESUNIT_NONE};
    QTest::newRow("no tags") << -1. << -1. << -1;
    QTest::newRow("one tag only") << 50800. << -1. << inch;
    QTest::newRow("zero") << 0. << 0. << inch;
    QTest::newRow("finer than light") << 1e7 << 1e7 << inch;
    QTest::newRow("one axis is nonsense") << 50800. << 72. << inch;
  }
  void nonsenseIsUnknown() {
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(int, unit);
    const QTemporaryDir folder;
    QVERIFY(!resolutionOf(writeTiff(folder, x, y, unit)));
  }

  void whatIsNoTiffIsUnknownAndSilent() {
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("a.jpg")).toStdString();
    std::ofstream(file) << "";
    QVERIFY(!resolutionOf(file));
    std::ofstream(file) << "II*";
    QVERIFY(!resolutionOf(file));
    QVERIFY(!resolutionOf(folder.path().toStdString()));
  }
};

}  // namespace geneglass::tiff_resolution_test

GENEGLASS_TEST(geneglass::tiff_resolution_test::TiffResolutionTest)
#include "tiff_resolution_test.moc"
