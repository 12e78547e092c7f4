// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/desktop/report/made_report.h"
#include "tests/support/window_test_program.h"

namespace geneglass::report_facts_test {
namespace {

QString withoutSpaces(QString text) {
  static const QRegularExpression space(QStringLiteral("\\s+"));
  return text.remove(space);
}

/// What a page shows, without its elements and spaces.
QString textOfHtml(const QByteArray& html) {
  static const QRegularExpression element(QStringLiteral("<(script|style).*?</\\1>|<[^>]*>"),
                                          QRegularExpression::DotMatchesEverythingOption);
  QString text = QString::fromUtf8(html).remove(element);
  for (const auto& [code, letter] : {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}})
    text.replace(QString::fromLatin1(code), QString::fromLatin1(letter));
  return withoutSpaces(text);
}

/// In the order in which it was drawn; empty where pdftotext is not installed.
QString textOfPdf(const std::filesystem::path& file) {
  const QString program = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
  if (program.isEmpty()) return {};
  QProcess process;
  process.start(program,
                {QStringLiteral("-raw"), QString::fromStdString(file.string()), QStringLiteral("-")});
  process.waitForFinished();
  return withoutSpaces(QString::fromUtf8(process.readAllStandardOutput()));
}

QStringList textsOf(ReportContent content) {
  QStringList texts;
  eachText(content, [&texts](QString& text) { texts << text; });
  return texts;
}

}  // namespace

/// What a report says, and that both writers say all of it.
class ReportFactsTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_overlays;
  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// Of everything there may be.
  ReportRequest full(const char* name) const {
    ReportRequest request = testing::madeReport(file(name), testing::madePrediction(), m_overlays);
    request.annotations = std::make_shared<AnnotationSet>(
        std::vector<AnnotationClass>{},
        std::vector<Annotation>{
            {{}, rectangleArea({100, 100, 1000, 500}), "Tumour", "Nest <A> & B", "edge", {}, false},
            {{}, Path{{{0, 0}, {3000, 0}}}, {}, "Depth", {}, {}, false},
            {{}, Places{{{1, 1}, {2, 2}, {3, 3}}}, "Mitosis", {}, {}, {}, false}});
    request.pictures = {testing::madePicture(QStringLiteral("The front"), {1500, 1200}),
                        testing::madePicture({}, {3000, 2000})};
    request.pictures[0].gene = "FSCN1";
    request.pictures[0].modelHash = request.prediction->modelHash;
    request.pictures[1].gene = "EPCAM";
    request.pictures[1].modelHash = "another";
    request.words = {QStringLiteral("S-26/104"), QStringLiteral("Two nests.\nOne more.")};
    request.layout.institution = QStringLiteral("Institute of Pathology");
    request.origin.slideFile = "/slides/made.tif";
    request.origin.slideHash = std::string(64, 'a');
    request.origin.caseFile = "/slides/made.geneglass";
    request.origin.overlays = {{"gene_expression", true, HeatmapStyle{}, {}}};
    request.made = QDateTime(QDate(2026, 11, 29), QTime(1, 2));
    return request;
  }

  static bool says(const ReportContent& content, const QString& wanted) {
    return !textsOf(content).filter(wanted).isEmpty();
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() { m_overlays = loadOverlays(overlayFolder()); }

  void bothWritersSayEveryFact() {
    for (const char* name : {"a.pdf", "a.html"}) QVERIFY(writeReport(full(name)));
    const QString pdf = textOfPdf(file("a.pdf")), html = textOfHtml(testing::bytesOf(file("a.html")));
    const QStringList texts = textsOf(*makeReport(full("a.pdf")));
    QVERIFY(texts.size() > 100);
    for (const QString& text : texts) QVERIFY2(html.contains(withoutSpaces(text)), qPrintable(text));
    if (pdf.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    for (const QString& text : texts.mid(1))  // the first is the window's title
      QVERIFY2(pdf.contains(withoutSpaces(text)), qPrintable(text));
  }

  void measurementsAreThoseOfTheShapes() {
    const ReportContent content = *makeReport(full("a.pdf"));
    for (const char* wanted : {"Area 0.125 mm²", "Length 1.50 mm", "Count 3", "Nest <A> & B: edge"})
      QVERIFY2(says(content, QString::fromUtf8(wanted)), wanted);
  }

  void overlaysAreNamedWithWhatTheUserChangedOfThem() {
    ReportRequest request = full("a.pdf");
    HeatmapStyle pale;
    pale.opacity = 0.3;
    request.origin.overlays = {{"gene_expression", true, pale, {}},
                               {"tile_classes", true, {}, {}, {}, {{"opacity", 40}}},
                               {"tissue", true, {}, {}, {}, {{"gone", 1}}},
                               {"attention", false, {}, {}}};
    const QString wanted =
        QStringLiteral("Gene expression (30 % opaque), Classes of tiles (Opacity 40 %), Tissue");
    QVERIFY2(
        textsOf(*makeReport(request)).contains(wanted),
        qPrintable(textsOf(*makeReport(request)).filter(QStringLiteral("Gene expression (")).join(u'|')));
    request.origin.overlays = {{"tile_classes", true, {}, {}, {}, {{"opacity", 55}}}};
    QVERIFY(textsOf(*makeReport(request)).contains(QStringLiteral("Classes of tiles")));
  }

  void ofManyAnnotationsTheTotalsAndTheFirstFiftyAreTold() {
    ReportRequest request = full("a.pdf");
    std::vector<Annotation> drawn;
    for (int i = 0; i < 1000; ++i)
      drawn.push_back({{}, rectangleArea({0, 0, 200, 100}), "Nest", "N" + std::to_string(i), {}, {}, false});
    request.annotations = std::make_shared<AnnotationSet>(std::vector<AnnotationClass>{}, drawn);
    const ReportContent content = *makeReport(request);
    const QStringList texts = textsOf(content);
    QVERIFY(texts.contains(QStringLiteral("N49")) && !texts.contains(QStringLiteral("N50")));
    QVERIFY(says(content, QStringLiteral("The first 50 are listed; 950 more are in the totals alone.")));
    const qsizetype row = texts.indexOf(QStringLiteral("Nest"));
    QCOMPARE(texts.mid(row, 3),
             (QStringList{QStringLiteral("Nest"), QStringLiteral("1000"), QStringLiteral("5.000 mm²")}));
  }

  void noGeneIsNamedWithoutItsReliability() {
    const ReportContent content = *makeReport(full("a.pdf"));
    QVERIFY(says(content, QStringLiteral("Picture 1: The front\nFSCN1: predicted 6.31 log2 expression")));
    QVERIFY(says(content, QStringLiteral("held-out r 0.71, 95 % interval 0.53 to 0.89")));
    QVERIFY(says(content, QStringLiteral("EPCAM as another model predicted it than the one of this report")));
  }

  void theShortTableHasTheBestPredictedAndWhatIsShown() {
    ReportRequest request = full("a.pdf");
    auto prediction = testing::manyGenes(60);
    for (size_t gene = 5; gene < 60; ++gene) prediction.genes[gene].heldOutR = 0.9 - 0.001 * double(gene);
    request.prediction = std::make_shared<Prediction>(prediction);
    request.layout.allGenes = false;
    const QStringList texts = textsOf(*makeReport(request));
    QVERIFY(texts.contains(QStringLiteral("GENE5")) && texts.contains(QStringLiteral("GENE24")));
    QVERIFY(!texts.contains(QStringLiteral("GENE25")));
    QVERIFY2(texts.contains(QStringLiteral("FSCN1")), "a picture shows it");
  }

  void partsComeInTheirOrderAndThoseSwitchedOffDoNot() {
    ReportRequest request = full("a.pdf");
    std::ranges::reverse(request.layout.parts);
    request.layout.parts[0].on = false;
    const ReportContent content = *makeReport(request);
    QStringList titles;
    for (const ReportSection& section : content.sections) titles << section.title;
    QVERIFY(!titles.contains(titleOf(ReportPart::Making)));
    QCOMPARE(titles.last(), titleOf(ReportPart::Findings));
    QVERIFY(titles.indexOf(titleOf(ReportPart::Genes)) < titles.indexOf(titleOf(ReportPart::Slide)));
  }

  void thePatientIsShownOnlyWhenAsked() {
    ReportRequest request = full("a.pdf");
    request.patient.properties = {{QStringLiteral("aperio.Barcode"), QStringLiteral("S26-104-A1")}};
    QVERIFY(!says(*makeReport(request), QStringLiteral("S26-104-A1")));
    request.showsPatient = true;
    QVERIFY(says(*makeReport(request), QStringLiteral("S26-104-A1")));
  }

  void thePageRunsNothingAndFetchesNothing() {
    QVERIFY(writeReport(full("a.html")));
    const QByteArray html = testing::bytesOf(file("a.html"));
    QCOMPARE(html.count("<script"), 1);
    QVERIFY(html.contains("<script type=\"application/json\" id=\"geneglass-report\">{"));
    for (const char* reach : {"http:", "https:", "url(", "@import", "<link", "<iframe"})
      QVERIFY2(!html.contains(reach), reach);
    QVERIFY(html.contains("default-src 'none'"));
    QCOMPARE(html.count("src=\"data:image/jpeg;base64,"), 4);
  }
};

}  // namespace geneglass::report_facts_test

GENEGLASS_WINDOW_TEST(geneglass::report_facts_test::ReportFactsTest)
#include "report_facts_test.moc"
