// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/anonymised_report.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "app/desktop/report/report_reader.h"
#include "tests/app/desktop/report/made_report.h"
#include "tests/support/window_test_program.h"
#include "viewer/slide/identifying_properties.h"

namespace geneglass::anonymised_report_test {
namespace {

/// The bytes with every stream of the PDF unpacked behind them.
QByteArray unpackedStreams(const QByteArray& pdf) {
  QByteArray all = pdf;
  for (qsizetype place = pdf.indexOf("stream\n"); place >= 0; place = pdf.indexOf("stream\n", place + 7)) {
    const QByteArray packed = pdf.mid(place + 7, pdf.indexOf("endstream", place + 7) - place - 7);
    all += qUncompress(QByteArray("\0\0\1\0", 4) + packed);
  }
  return all;
}

}  // namespace

class AnonymisedReportTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  ReportRequest report(const char* name) const {
    ReportRequest request = testing::madeReport(m_folder.path().toStdString() + "/" + name);
    auto slide = std::make_shared<Slide>(testing::madeSlide());
    slide->file = "/clinic/Mustermann/S26-104-A1.svs";
    request.opened.slide = slide;
    request.origin.slideFile = slide->file;
    request.origin.slideHash = slide->hash;
    request.origin.slideSize = slide->size();
    request.origin.view = {{10, 20}, 2, 0};
    request.origin.caseFile = "/clinic/Mustermann/S26-104-A1.geneglass";
    request.words = {QStringLiteral("K-2026-77"), QStringLiteral("As in k-2026-77, barcode 990123.")};
    request.patient.properties = {{QStringLiteral("aperio.Barcode"), QStringLiteral("990123")},
                                  {QStringLiteral("aperio.Date"), QStringLiteral("04/11/26")}};
    request.pictures = {testing::madePicture(QStringLiteral("Front of S26-104-A1"), {1500, 1200})};
    request.anonymous = true;
    return request;
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void whatNamesThePatientIsListed() {
    QStringList values;
    for (const ReportFact& each : identifyingFacts(report("a.pdf"))) values << each.value;
    for (const char* wanted : {"/clinic/Mustermann/S26-104-A1.svs", "S26-104-A1.svs", "S26-104-A1",
                               "/clinic/Mustermann/S26-104-A1.geneglass", "K-2026-77", "990123", "04/11/26"})
      QVERIFY2(values.contains(QString::fromLatin1(wanted)), wanted);
  }

  void neitherFileHoldsAnyOfIt() {
    for (const char* name : {"a.pdf", "a.html"}) {
      const ReportRequest request = report(name);
      QVERIFY(writeReport(request));
      const QByteArray bytes = unpackedStreams(testing::bytesOf(request.file)).toLower();
      const QString text = testing::pageTexts(request.file).join(QString()).toLower();
      QVERIFY(bytes.contains(std::string(64, 'a').c_str()));  // the slide's hash stays
      for (const ReportFact& each : identifyingFacts(request)) {
        QVERIFY2(!bytes.contains(each.value.toLower().toUtf8()), qPrintable(each.value));
        QVERIFY2(!text.contains(each.value.toLower()), qPrintable(each.value));
      }
      QVERIFY2(!bytes.contains("mustermann"), name);
    }
  }

  void itSaysWhatIsLeftOut() {
    ReportContent content = *makeReport(report("a.pdf"));
    QVERIFY(content.notices.back().text.startsWith(QStringLiteral("Anonymised: file names, paths")));
    QStringList texts;
    eachText(content, [&](QString& text) { texts << text; });
    QVERIFY(texts.contains(QStringLiteral("As in [left out], barcode [left out].")));
  }

  void itsOriginAsksForTheSlide() {
    const ReportRequest request = report("a.pdf");
    QVERIFY(writeReport(request));
    const auto found = readReport(request.file);
    QVERIFY(found);
    QVERIFY(found->slide.empty() && found->caseFile.empty());
    QCOMPARE(found->origin.slideHash, std::string(64, 'a'));
    QVERIFY(found->origin.view == request.origin.view);
  }

  void propertiesThatMayNameAPatientAreKnownByTheirNames() {
    for (const char* name :
         {"aperio.Barcode", "aperio.Date", "aperio.Time", "aperio.Filename", "aperio.User", "tiff.DateTime",
          "tiff.Artist", "dicom.PatientName", "dicom.AccessionNumber", "hamamatsu.Created",
          "mirax.GENERAL.SLIDE_NAME", "leica.barcode", "philips.DICOM_ACQUISITION_DATETIME"})
      QVERIFY2(mayIdentify(name), name);
    for (const char* name : {"openslide.mpp-x", "aperio.MPP", "aperio.AppMag", "openslide.level-count",
                             "aperio.Exposure Time", "tiff.XResolution", "openslide.vendor"})
      QVERIFY2(!mayIdentify(name), name);
  }

  void ofAFileThatCannotBeReadNothingIsKnown() {
    QVERIFY(identifyingProperties("/nowhere/at/all.svs").empty());
  }
};

}  // namespace geneglass::anonymised_report_test

GENEGLASS_WINDOW_TEST(geneglass::anonymised_report_test::AnonymisedReportTest)
#include "anonymised_report_test.moc"
