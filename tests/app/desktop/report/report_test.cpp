// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>

#include "inference/prediction/withheld.h"
#include "tests/app/desktop/report/made_report.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::report_test {

/// A report as a PDF: its pages and what they say, and how writing it fails.
class ReportTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_overlays;
  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  ReportRequest report(const char* name, Prediction prediction = testing::madePrediction()) const {
    return testing::madeReport(file(name), std::move(prediction), m_overlays);
  }

  int filesLeft() const { return int(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size()); }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() {
    m_overlays = loadOverlays(overlayFolder());
    QVERIFY(!m_overlays.empty());
  }

  void cleanup() {
    for (const QString& left : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden))
      QFile::remove(m_folder.filePath(left));
  }

  void aReportHasItsPagesFactsAndTable() {
    ReportRequest request = report("a.pdf");
    request.gene = 0;
    const auto done = writeReport(request);
    QVERIFY2(done, done ? "" : done.error().sentence.c_str());
    const QByteArray pdf = testing::bytesOf(file("a.pdf"));
    QVERIFY(pdf.startsWith("%PDF"));
    QCOMPARE(testing::pagesOf(pdf), 3);
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    QCOMPARE(pages.size(), 3);
    for (int page = 0; page < 3; ++page) {
      QVERIFY(pages[page].contains(QStringLiteral("For research use only. Not for diagnosis.")));
      QVERIFY(pages[page].contains(QStringLiteral("Page %1 of 3").arg(page + 1)));
    }
    for (const char* wanted :
         {"made.tif", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "4200 x 3100 pixels (2.10 x 1.55 mm)",
          "made by hand for tests, not by learning", "5, of which 4 are well predicted"})
      QVERIFY2(pages[0].contains(QString::fromLatin1(wanted)), wanted);
    for (const char* wanted : {"FSCN1: predicted 6.31 log2 expression", "Hotspots of FSCN1", "0.24", "0.16"})
      QVERIFY2(pages[1].contains(QString::fromLatin1(wanted)), wanted);
    static const QRegularExpression well(
        QStringLiteral("FSCN1 +6.31 +84 +0.71 \\[0.53, 0.89\\] +2, together 0.40 mm²"));
    static const QRegularExpression poor(
        QStringLiteral("TP53 +6.02 +50 +0.03 \\[-0.15, 0.21\\] +not well predicted"));
    QVERIFY2(pages[2].contains(well), qUtf8Printable(pages[2]));
    QVERIFY2(pages[2].contains(poor), qUtf8Printable(pages[2]));
  }

  void ofTissueUnlikeTheTrainingTissueAReportSaysSoBeforeAnyNumber() {
    Prediction prediction = testing::madePrediction();
    prediction.domain = judgeDomain(std::vector<float>(prediction.grid.count(), 9), {});
    QVERIFY(writeReport(report("a.pdf", withhold(prediction))));
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    const auto place = [&](const char* text) { return pages[0].indexOf(QString::fromLatin1(text)); };
    QVERIFY(place("This tissue is unlike what the model learnt from (100 % of tiles outside)") >= 0);
    QVERIFY(place("This tissue is unlike") < place("Content hash"));
    QVERIFY2(pages[1].contains(QStringLiteral("percentile withheld")), qUtf8Printable(pages[1]));
    QVERIFY(pages[1].contains(QStringLiteral("Withheld on this slide.")));
    static const QRegularExpression row(QStringLiteral("FSCN1 +6.31 +– +0.71 \\[0.53, 0.89\\] +withheld"));
    QVERIFY2(pages[2].contains(row), qUtf8Printable(pages[2]));
  }

  void ofFewTilesAReportSaysSoBeforeAnyNumber() {
    ReportRequest request = report("a.pdf");
    auto few = std::make_shared<Prediction>(*request.prediction);
    few->grid.cells.resize(7);
    request.prediction = few;
    request.layout.parts.clear();
    const auto content = makeReport(request);
    QVERIFY(content);
    const auto& notices = content->notices;
    QVERIFY(std::ranges::any_of(notices, [](const auto& notice) {
      return notice.text.startsWith(QStringLiteral("Only 7 tiles of tissue: "));
    }));
  }

  void aLongTableGoesOnWithItsHeadOnTheNextPage() {
    QVERIFY(writeReport(report("a.pdf", testing::manyGenes(150))));
    QCOMPARE(testing::pagesOf(testing::bytesOf(file("a.pdf"))), 5);
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    const QString table = pages.mid(2).join(QString());
    for (int gene = 5; gene < 150; ++gene)
      QVERIFY2(table.contains(QRegularExpression(QStringLiteral("\\bGENE%1\\b").arg(gene))),
               qPrintable(QString::number(gene)));
    for (int page = 2; page < 5; ++page) {
      QCOMPARE(pages[page].count(QStringLiteral("Percentile  ")), 1);
      QVERIFY(pages[page].contains(QStringLiteral("Page %1 of 5").arg(page + 1)));
    }
  }

  void aModelThatPredictsNothingWellGetsAReportWithoutMap() {
    Prediction prediction = testing::madePrediction();
    for (GenePrediction& gene : prediction.genes) gene.wellPredicted = false, gene.hotspots = 0;
    QVERIFY(writeReport(report("a.pdf", prediction)));
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    QVERIFY(
        pages[1].contains(QStringLiteral("No gene is well predicted by this model, so there is no map.")));
    QVERIFY(!pages[1].contains(QStringLiteral("Hotspots of")));
    QCOMPARE(pages[2].count(QStringLiteral("not well predicted")),
             1 + 5);  // the line above the table, and each gene
  }

  void aPoorlyPredictedGeneAskedForByNameGetsItsReasonInstead() {
    ReportRequest request = report("a.pdf");
    request.gene = 4;
    QVERIFY(writeReport(request));
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    QVERIFY(pages[1].contains(QStringLiteral("TP53 cannot be predicted by this model (held-out r 0.03")));
  }

  void withoutAPredictionItTellsOfTheSlideAlone() {
    ReportRequest request = report("a.pdf");
    request.prediction = nullptr;
    QVERIFY(writeReport(request));
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    QCOMPARE(pages.size(), 1);
    for (const char* wanted : {"Slide report", "made.tif", "There is no prediction of this slide", "Overview",
                               "For research use only. Not for diagnosis."})
      QVERIFY2(pages[0].contains(QString::fromLatin1(wanted)), wanted);
    QVERIFY(!pages[0].contains(QStringLiteral("Gene map")) && !pages[0].contains(QStringLiteral("Model")));
  }

  void theViewsThatWillBeDrawnAreKnownBeforehand() {
    std::vector<Viewport> drawn;
    ReportRequest request = report("a.pdf");
    request.draw = [&drawn](const OpenedSlide& opened, const Viewport& view,
                            const std::vector<OverlayLayer>& layers, const DisplayColour& colour) {
      drawn.push_back(view);
      return testing::drawMade(opened, view, layers, colour);
    };
    QVERIFY(writeReport(request));
    QCOMPARE(drawn.size(), size_t{2});
    QVERIFY(drawn == viewsOf(request));
    std::ranges::reverse(request.layout.parts);
    drawn.clear();
    QVERIFY(writeReport(request));
    QCOMPARE(drawn.size(), size_t{2});
    QVERIFY(drawn == viewsOf(request));
  }

  void picturesThatAreNotAsScannedSaySo() {
    ReportRequest request = report("a.pdf");
    request.colour.stain = StainView::Haematoxylin;
    request.colour.brightness = 0.1;
    QVERIFY(writeReport(request));
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    QVERIFY(
        pages[0].contains(QStringLiteral("haematoxylin only (standard stain vectors), brightness +10 %")));
  }

  void whatCannotBeWrittenIsRefusedAndLeavesNothing() {
    for (const char* name : {"a.pdf", "a.html"}) {
      ReportRequest request = report(name);
      request.file = std::filesystem::path("/nowhere/at/all") / name;
      const Result<void> done = writeReport(request);
      QVERIFY(!done);
      QCOMPARE(done.error().sentence,
               "Cannot write '" + request.file.string() + "': No such file or directory.");
    }
    QCOMPARE(filesLeft(), 0);
  }

  void theSlideItselfIsNeverWrittenOver() {
    std::ofstream(file("slide.tif")) << "pixels";
    auto slide = std::make_shared<Slide>(testing::madeSlide());
    slide->file = file("slide.tif");
    ReportRequest request = report("slide.tif");
    request.opened.slide = slide;
    QCOMPARE(writeReport(request).error().sentence,
             "Cannot write '" + file("slide.tif").string() + "': it is the slide itself.");
    QCOMPARE(testing::bytesOf(file("slide.tif")), QByteArray("pixels"));
  }

  void whenDrawingFailsItsSentenceIsGivenAndTheOldFileStays() {
    std::ofstream(file("a.pdf")) << "older";
    ReportRequest request = report("a.pdf");
    request.draw = [](auto&&...) -> Result<QImage> { return fail("There is no OpenGL 3.3 here."); };
    QCOMPARE(writeReport(request).error().sentence, std::string("There is no OpenGL 3.3 here."));
    QCOMPARE(testing::bytesOf(file("a.pdf")), QByteArray("older"));
  }

  void ofAnUnfinishedPredictionThereIsNoReport() {
    Prediction prediction = testing::madePrediction();
    prediction.waiting = {{0, 0}, {9, 0}};
    QCOMPARE(writeReport(report("a.pdf", prediction)).error().sentence,
             std::string("The prediction is still running: a report is of the whole slide."));
    QCOMPARE(filesLeft(), 0);
  }

  void aFullDiskIsNamedAndLeavesTheOldFile() {
    for (const char* name : {"a.pdf", "a.html"}) {
      std::ofstream(file(name)) << "older";
      Result<void> done;
      {
        const testing::FullPlace full(4096);
        done = writeReport(report(name));
      }
      QVERIFY(!done);
      QCOMPARE(done.error().sentence, "Cannot write '" + file(name).string() + "': File too large.");
      QCOMPARE(testing::bytesOfFile(file(name)), std::string("older"));
    }
    QCOMPARE(filesLeft(), 2);
  }

  void aTableThatFitsOnAPageIsNeverBroken() {
    ReportRequest request = report("a.pdf");
    std::vector<Annotation> drawn;
    for (int i = 0; i < 30; ++i)
      drawn.push_back({{}, Places{{{double(i), 1}}}, "Mitosis", "Cell " + std::to_string(i), {}, {}, false});
    request.annotations = std::make_shared<AnnotationSet>(std::vector<AnnotationClass>{}, drawn);
    for (const ReportPaper paper : {ReportPaper::A4, ReportPaper::Letter})
      for (const int lines : {0, 5, 10, 15, 20, 25, 30}) {
        request.layout.paper = paper;
        request.words.findings = QStringLiteral("a line\n").repeated(lines) + u'.';
        QVERIFY(writeReport(request));
        const QStringList pages = testing::pageTexts(file("a.pdf"));
        if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
        const auto page = [&](const char* text) {
          for (int i = 0; i < pages.size(); ++i)
            if (pages[i].contains(QRegularExpression(QString::fromLatin1(text)))) return i;
          return -1;
        };
        QVERIFY(page("Cell 0\\b") >= 0);
        QCOMPARE(page("Cell 0\\b"), page("Cell 29\\b"));
        QCOMPARE(page("Name and notes"), page("Cell 29\\b"));
      }
  }

  void findingsLongerThanAPageGoOnOnTheNext() {
    ReportRequest request = report("a.pdf");
    for (int i = 0; i < 200; ++i)
      request.words.findings += QStringLiteral("Line %1 of what was found.\n").arg(i);
    QVERIFY(writeReport(request));
    const QStringList pages = testing::pageTexts(file("a.pdf"));
    if (pages.isEmpty()) QSKIP("no pdftotext (poppler-utils)");
    const QString all = pages.join(QString());
    for (int i = 0; i < 200; ++i)
      QVERIFY2(all.contains(QStringLiteral("Line %1 of what was found.").arg(i)),
               qPrintable(QString::number(i)));
    QVERIFY(pages.size() > 5);
  }

  void paperIsAsTheTemplateSays() {
    ReportRequest request = report("a.pdf");
    QVERIFY(writeReport(request));
    QVERIFY(testing::bytesOf(file("a.pdf")).contains("/MediaBox [0 0 595"));
    request.layout.paper = ReportPaper::Letter;
    QVERIFY(writeReport(request));
    QVERIFY(testing::bytesOf(file("a.pdf")).contains("/MediaBox [0 0 612"));
  }
};

}  // namespace geneglass::report_test

GENEGLASS_WINDOW_TEST(geneglass::report_test::ReportTest)
#include "report_test.moc"
