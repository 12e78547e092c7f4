// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_reader.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/app/desktop/report/made_report.h"
#include "tests/support/window_test_program.h"

namespace geneglass::report_reader_test {

class ReportReaderTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  ReportRequest report(const char* name) const {
    ReportRequest request = testing::madeReport(file(name));
    request.origin = {.slideFile = file("made <script>.tif"),
                      .slideHash = std::string(64, 'a'),
                      .slideSize = {4200, 3100},
                      .userMpp = 0.1234567890123,
                      .caseFile = file("made.geneglass"),
                      .view = {{1000.0 / 3, 2e-7}, 1.0 / 7, -3.1},
                      .gene = "FSCN1",
                      .modelName = "made",
                      .modelHash = std::string(64, 'b'),
                      .overlays = {{"attention", false, {}, {}},
                                   {"gene_expression", true,
                                    HeatmapStyle{ColourMap::Cividis, HeatmapStyle::Range::Absolute, 0.1,
                                                 1.0 / 3, -1, 0.7, true},
                                    "FSCN1 expression"}},
                      .picture = {.brightness = 0.1, .gamma = 1.3, .stain = StainView::Eosin}};
    return request;
  }

  static std::string read(const std::filesystem::path& path) { return testing::bytesOf(path).toStdString(); }

  std::string refusalOf(const std::string& bytes) const {
    std::ofstream(file("hostile.pdf"), std::ios::binary) << bytes;
    const auto found = readReport(file("hostile.pdf"));
    return found ? "none" : found.error().sentence;
  }

  std::string noReport(const char* name = "hostile.pdf") const {
    return "'" + file(name).string() +
           "' does not say which slide it is of: it is no report of Geneglass, or another program wrote it "
           "anew.";
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void aReportHoldsItsOriginToTheLastDigit() {
    std::ofstream(file("made <script>.tif")) << "slide";
    std::ofstream(file("made.geneglass")) << "case";
    for (const char* name : {"a.pdf", "a.html"}) {
      QVERIFY(writeReport(report(name)));
      const auto found = readReport(file(name));
      QVERIFY2(found, found ? "" : found.error().sentence.c_str());
      QVERIFY(found->origin == report(name).origin);
      QCOMPARE(found->slide, file("made <script>.tif"));
      QCOMPARE(found->caseFile, file("made.geneglass"));
    }
  }

  void theSlideIsFoundBesideTheReportToo() {
    std::ofstream(file("beside.tif")) << "slide";
    ReportRequest request = report("a.pdf");
    request.origin.slideFile = "/nowhere/beside.tif";
    request.origin.caseFile = "/nowhere/else.geneglass";
    QVERIFY(writeReport(request));
    const auto found = readReport(file("a.pdf"));
    QVERIFY(found);
    QCOMPARE(found->slide, file("beside.tif"));
    QVERIFY2(found->caseFile.empty(), "the slide's usual one then");
    request.origin.slideFile = "/nowhere/gone.tif";
    QVERIFY(writeReport(request));
    QCOMPARE(readReport(file("a.pdf")).error().sentence,
             std::string(
                 "The slide of the report 'a.pdf' is neither at '/nowhere/gone.tif' nor beside the report."));
  }

  void whatIsNoFileIsSaid() {
    QCOMPARE(readReport(file("none.pdf")).error().sentence,
             "Cannot open '" + file("none.pdf").string() + "': No such file or directory.");
    QCOMPARE(readReport(m_folder.path().toStdString()).error().sentence,
             "Cannot open '" + m_folder.path().toStdString() + "': it is no file.");
  }

  void whatIsTooLargeIsSaidUnread() {
    std::ofstream(file("large.pdf")) << "%PDF-1.4";
    std::filesystem::resize_file(file("large.pdf"), uintmax_t{600} << 20);
    QCOMPARE(readReport(file("large.pdf")).error().sentence,
             "'" + file("large.pdf").string() + "' is too large to be a report of Geneglass.");
  }

  void otherFilesAreRefusedInASentence() {
    for (const char* bytes :
         {"", "%PDF-1.4", "%PDF-1.4\n%%EOF", "<html></html>", "%PDF-1.4\n/F (geneglass-report.json)",
          "%PDF-1.4\n/F (geneglass-report.json)\n/EF <</F 5 0 R>>",
          "%PDF-1.4\n/F (geneglass-report.json)\n/EF <</F 99999999999999 0 R>>",
          "%PDF-1.4\n/F (geneglass-report.json)\n/EF <</F 5 0 R>>\n5 0 obj\n<<>>\nstream\n{\nendstream",
          "%PDF-1.4\n/F (geneglass-report.json)\n/EF <</F 5 0 R>>\n5 0 obj\n<</FlateDecode>>\nstream\nx",
          "<script type=\"application/json\" id=\"geneglass-report\">{",
          "<script type=\"application/json\" id=\"geneglass-report\">[]</script>",
          "<script type=\"application/json\" id=\"geneglass-report\">{\"geneglassReport\":2}</script>"})
      QCOMPARE(refusalOf(bytes), noReport());
  }

  void aReportCutAnywhereBeforeItsOriginEndsIsRefused() {
    QVERIFY(writeReport(report("a.pdf")));
    const std::string whole = read(file("a.pdf"));
    const size_t name = whole.find("/EF <</F ");
    QVERIFY(name != std::string::npos);
    for (size_t length = 0; length < name; length += 997)
      QCOMPARE(refusalOf(whole.substr(0, length)), noReport());
  }

  /// Qt 6.8 writes it so, 6.4 as it is.
  void theNameOfTheOriginMayBeInUtf16() {
    QVERIFY(writeReport(report("a.pdf")));
    const std::string whole = read(file("a.pdf")), name = "geneglass-report.json";
    std::string wide = "\xfe\xff";
    for (const char letter : name) wide.append(1, '\0').append(1, letter);
    std::string plainPdf = whole, widePdf = whole;
    const size_t plain = whole.find("/F (" + name + ")"), other = whole.find("/F (" + wide + ")");
    QVERIFY((plain == std::string::npos) != (other == std::string::npos));
    if (plain == std::string::npos)
      plainPdf.replace(other + 4, wide.size(), name);
    else
      widePdf.replace(plain + 4, name.size(), wide);
    QVERIFY(originTextIn(plainPdf));
    QCOMPARE(originTextIn(widePdf), originTextIn(plainPdf));
  }

  void noDamagedByteDoesMoreThanRefuse() {
    QVERIFY(writeReport(report("a.pdf")));
    std::string bytes = read(file("a.pdf"));
    const size_t name = bytes.find("/EF <</F ");
    QVERIFY(name != std::string::npos);
    int refused = 0;
    for (size_t place = name - 600; place < name + 100; ++place) {
      std::string damaged = bytes;
      damaged[place] = static_cast<char>(damaged[place] ^ 0x15);
      const auto text = originTextIn(damaged);
      refused += !text || !originOf(*text);
    }
    QVERIFY2(refused > 100, qPrintable(QString::number(refused)));
  }

  void whatUnpacksWithoutEndIsRefused() {
    const QByteArray packed = qCompress(QByteArray(64 << 20, ' '), 9).mid(4);
    QCOMPARE(refusalOf("%PDF-1.4\n/F (geneglass-report.json)\n/EF <</F 5 0 R>>\n5 0 obj\n<</Filter "
                       "/FlateDecode>>\nstream\n" +
                       packed.toStdString()),
             noReport());
  }

  void namesOfReports() {
    for (const char* name : {"a.pdf", "B.PDF", "c.html", "d.htm"}) QVERIFY(hasReportName(name));
    for (const char* name : {"a.tif", "pdf", "a.pdf.svs", ""}) QVERIFY(!hasReportName(name));
  }
};

}  // namespace geneglass::report_reader_test

GENEGLASS_WINDOW_TEST(geneglass::report_reader_test::ReportReaderTest)
#include "report_reader_test.moc"
