// SPDX-License-Identifier: GPL-3.0-or-later
#include <tiffio.h>

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/desktop/report/made_report.h"
#include "tests/support/window_test_program.h"

namespace geneglass::label_report_test {

using namespace geneglass::testing;

namespace {

const QRgb kLabelInk = qRgb(20, 60, 200);
const QString kCaption = QStringLiteral("The label as the scanner saw it.");

/// One directory of one colour; in tiles of 256, else in one strip.
void writeDirectory(TIFF* tiff, int width, int height, QRgb colour, const std::string& description,
                    bool tiles) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
  TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, description.c_str());
  if (!tiles) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
  const int rows = tiles ? 256 : height, columns = tiles ? 256 : width;
  if (tiles) TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 256);
  TIFFSetField(tiff, tiles ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, rows);
  std::vector<uint8_t> pixels;
  for (int i = 0; i < rows * columns; ++i)
    for (const int part : {qRed(colour), qGreen(colour), qBlue(colour)}) pixels.push_back(uint8_t(part));
  const int count = tiles ? (width / 256) * (height / 256) : 1;
  for (int i = 0; i < count; ++i)
    if (tiles)
      TIFFWriteEncodedTile(tiff, uint32_t(i), pixels.data(), tmsize_t(pixels.size()));
    else
      TIFFWriteEncodedStrip(tiff, 0, pixels.data(), tmsize_t(pixels.size()));
  TIFFWriteDirectory(tiff);
}

/// As Aperio lays a file out: the slide, a thumbnail, the label, the macro picture.
void writeAperio(const std::filesystem::path& file) {
  const std::string program = "Aperio Image Library v12.0.15 ", head = program + "\r\n";
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  writeDirectory(tiff, 1024, 768, qRgb(222, 170, 200),
                 head + "1024x768 [0,0 1024x768] (256x256) RAW|AppMag = 20|MPP = 0.5|Barcode = S26-104-A1",
                 true);
  writeDirectory(tiff, 128, 96, qRgb(222, 170, 200), head + "1024x768 -> 128x96 - |AppMag = 20|MPP = 0.5",
                 false);
  writeDirectory(tiff, 300, 200, kLabelInk, program + "\nlabel 300x200", false);
  writeDirectory(tiff, 400, 150, qRgb(9, 9, 9), program + "\nmacro 400x150", false);
  TIFFClose(tiff);
}

/// The pictures of a page that stand with this caption.
std::vector<QImage> picturesIn(const QByteArray& html, const QString& caption) {
  static const QRegularExpression figure(
      QStringLiteral("<img alt=\"([^\"]*)\" src=\"data:image/jpeg;base64,([^\"]*)\">"));
  std::vector<QImage> pictures;
  for (auto found = figure.globalMatch(QString::fromUtf8(html)); found.hasNext();) {
    const QRegularExpressionMatch match = found.next();
    if (match.captured(1) == caption)
      pictures.push_back(QImage::fromData(QByteArray::fromBase64(match.captured(2).toLatin1())));
  }
  return pictures;
}

}  // namespace

/// What a report shows of a slide whose file has a label.
class LabelReportTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  ReportRequest requestFor(const char* name) const {
    ReportRequest request = madeReport(path(name));
    request.opened = *openSlide(path("labelled.svs"));
    request.patient = readPatientFacts(request.opened);
    return request;
  }

 private Q_SLOTS:
  void initTestCase() {
    writeAperio(path("labelled.svs"));
    const auto opened = openSlide(path("labelled.svs"));
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  }

  void theLabelIsReadFromTheFile() {
    const ReportRequest request = requestFor("none.pdf");
    QCOMPARE(request.patient.label.size(), QSize(300, 200));
    QCOMPARE(request.patient.label.pixel(150, 100), kLabelInk);
  }

  void itIsInTheReportOnlyWhereItIsAskedFor() {
    ReportRequest request = requestFor("without.html");
    QVERIFY(writeReport(request));
    QVERIFY(picturesIn(bytesOf(request.file), kCaption).empty());
    request.file = path("anonymous.html");
    request.anonymous = true;
    QVERIFY(writeReport(request));
    const QByteArray anonymous = bytesOf(request.file);
    QVERIFY(picturesIn(anonymous, kCaption).empty() && !anonymous.contains("S26-104-A1"));
    request.file = path("with.html");
    request.anonymous = false;
    request.showsPatient = true;
    QVERIFY(writeReport(request));
    const std::vector<QImage> labels = picturesIn(bytesOf(request.file), kCaption);
    QCOMPARE(labels.size(), size_t{1});
    QVERIFY(std::abs(double(labels[0].width()) / labels[0].height() - 1.5) < 0.01);
    const QRgb shown = labels[0].pixel(labels[0].width() / 2, labels[0].height() / 2);
    QVERIFY(std::abs(qRed(shown) - qRed(kLabelInk)) < 8 && std::abs(qBlue(shown) - qBlue(kLabelInk)) < 8);
  }

  void itIsInTheDocumentToo() {
    ReportRequest request = requestFor("with.pdf");
    request.showsPatient = true;
    QVERIFY(writeReport(request));
    const QString text = pageTexts(request.file).join(u' ');
    if (text.isEmpty()) QSKIP("pdftotext is not installed.");
    QVERIFY(text.contains(kCaption) && text.contains(QStringLiteral("S26-104-A1")));
  }
};

}  // namespace geneglass::label_report_test

GENEGLASS_WINDOW_TEST(geneglass::label_report_test::LabelReportTest)
#include "label_report_test.moc"
