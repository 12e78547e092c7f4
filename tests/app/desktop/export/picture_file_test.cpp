// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/picture_file.h"

#include <tiffio.h>

#include <QDir>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::picture_file_test {
namespace {

/// Smooth, so that a JPEG is near to it.
QImage madePicture(int width, int height) {
  QImage picture(width, height, QImage::Format_RGB32);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      picture.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, (x + y) * 127 / (width + height)));
  return picture;
}

PictureFacts factsOf(const QImage& picture) {
  return {{picture.width(), picture.height()},
          0.5,
          {{"Slide", "Schnitt-Ä.tif"}, {"Slide-Hash", std::string(64, 'a')}, {"Region", "1,2,3,4"}}};
}

int largestDifference(const QImage& a, const QImage& b) {
  int largest = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      largest = std::max({largest, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                          std::abs(qBlue(p) - qBlue(q))});
    }
  return largest;
}

QImage asFarAs(const QImage& picture, int rows) {
  return picture.copy(0, 0, picture.width(), rows);
}

}  // namespace

class PictureFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QImage m_picture = madePicture(301, 203);

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// In bands of 64 rows.
  QImage written(const char* name) const {
    const auto made = PictureFile::create(file(name), *pictureFormatOf(file(name)), factsOf(m_picture), {});
    for (int top = 0; made && top < m_picture.height(); top += 64)
      if (!(*made)->append(m_picture.copy(0, top, m_picture.width(), std::min(64, m_picture.height() - top))))
        return {};
    return made && (*made)->finish() ? QImage(QString::fromStdString(file(name).string())) : QImage();
  }

 private Q_SLOTS:
  void aPngIsReadBackWithSizeResolutionAndTexts() {
    const QImage back = written("a.png");
    QCOMPARE(back.size(), m_picture.size());
    QCOMPARE(largestDifference(back, m_picture), 0);
    QCOMPARE(back.dotsPerMeterX(), 11811);  // 300 dots per inch
    QCOMPARE(back.text(QStringLiteral("Slide")), QStringLiteral("Schnitt-Ä.tif"));
    QCOMPARE(back.text(QStringLiteral("Slide-Hash")), QString(64, u'a'));
    QCOMPARE(back.text(QStringLiteral("Region")), QStringLiteral("1,2,3,4"));
  }

  void aJpegIsReadBackWithSizeResolutionAndComment() {
    const QImage back = written("a.jpg");
    QCOMPARE(QImageReader(QString::fromStdString(file("a.jpg").string())).format(), QByteArray("jpeg"));
    QCOMPARE(back.size(), m_picture.size());
    QVERIFY2(largestDifference(back, m_picture) <= 8,
             qPrintable(QString::number(largestDifference(back, m_picture))));
    QCOMPARE(back.dotsPerMeterX(), 11811);
    QVERIFY(QString::fromStdString(testing::bytesOfFile(file("a.jpg")))
                .contains(QStringLiteral("Region: 1,2,3,4\n")));
  }

  void aTiffIsReadBackWithSizeTissueResolutionAndDescription() {
    QVERIFY(written("a.tif").isNull() || true);  // Qt may have no reader of TIFF
    TIFF* tiff = TIFFOpen(file("a.tif").c_str(), "r");
    QVERIFY(tiff);
    uint32_t width = 0, height = 0;
    float resolution = 0;
    uint16_t unit = 0;
    const char* text = nullptr;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &resolution);
    TIFFGetField(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &text);
    QCOMPARE(QSize(int(width), int(height)), m_picture.size());
    QCOMPARE(unit, uint16_t{RESUNIT_CENTIMETER});
    QCOMPARE(resolution, 20000.f);  // 0.5 µm a pixel
    QVERIFY(QString::fromUtf8(text).contains(QStringLiteral("Slide: Schnitt-Ä.tif\n")));
    std::vector<uint32_t> raster(size_t(width) * height);
    QVERIFY(TIFFReadRGBAImageOriented(tiff, width, height, raster.data(), ORIENTATION_TOPLEFT));
    TIFFClose(tiff);
    QImage back(int(width), int(height), QImage::Format_RGB32);
    for (uint32_t y = 0; y < height; ++y)
      for (uint32_t x = 0; x < width; ++x) {
        const uint32_t pixel = raster[size_t(y) * width + x];
        back.setPixel(int(x), int(y), qRgb(TIFFGetR(pixel), TIFFGetG(pixel), TIFFGetB(pixel)));
      }
    QCOMPARE(largestDifference(back, m_picture), 0);
  }

  void theEndingSaysTheFormatWhateverItsCase() {
    QVERIFY(*pictureFormatOf("a.PNG") == PictureFormat::Png);
    QVERIFY(*pictureFormatOf("a.jpeg") == PictureFormat::Jpeg);
    QVERIFY(*pictureFormatOf("a.tiff") == PictureFormat::Tiff);
    QVERIFY(*pictureFormatOf("a.svg") == PictureFormat::Svg);
    for (const char* name : {"a", "a.gif", "png", ".png", "a.png.txt"})
      QCOMPARE(
          pictureFormatOf(name).error().sentence,
          "Cannot write '" + std::string(name) + "': a snapshot's name ends in .png, .jpg, .tif or .svg.");
  }

  void aJpegOfTooManyRowsIsRefused() {
    QVERIFY(checkPictureSize("a.jpg", PictureFormat::Jpeg, {30000, 65500}));
    QCOMPARE(checkPictureSize("a.jpg", PictureFormat::Jpeg, {30000, 65501}).error().sentence,
             std::string("Cannot write 'a.jpg': a JPEG has at most 65500 pixels a side, not 30000 x 65501."));
    QVERIFY(checkPictureSize("a.png", PictureFormat::Png, {30000, 65501}));
  }

  void whatIsGivenUpHalfwayLeavesNothing() {
    for (const char* name : {"half.png", "half.jpg", "half.tif", "half.svg"}) {
      const auto made = PictureFile::create(file(name), *pictureFormatOf(file(name)), factsOf(m_picture), {});
      QVERIFY(made && (*made)->append(asFarAs(m_picture, 64)));
    }
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("half*")}, QDir::Files), QStringList());
  }

  void aFolderThatIsNotThereIsNamed() {
    for (const char* name : {"a.png", "a.jpg", "a.tif", "a.svg"}) {
      const std::filesystem::path lost = std::filesystem::path("/nowhere/at/all") / name;
      QCOMPARE(PictureFile::create(lost, *pictureFormatOf(lost), factsOf(m_picture), {}).error().sentence,
               "Cannot write '" + lost.string() + "': No such file or directory.");
    }
  }
};

}  // namespace geneglass::picture_file_test

GENEGLASS_WINDOW_TEST(geneglass::picture_file_test::PictureFileTest)
#include "picture_file_test.moc"
