// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/printed_report.h"

#include <QPageLayout>
#include <QPrinter>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "inference/prediction/withheld.h"
#include "tests/app/desktop/report/made_report.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::printed_report_test {
namespace {

const ReportRow* rowOf(const ReportContent& content, const QString& gene) {
  for (const ReportSection& section : content.sections)
    for (const ReportBlock& block : section.blocks)
      if (const auto* table = std::get_if<ReportTable>(&block); table && table->columns.size() == 6)
        for (const ReportRow& row : table->rows)
          if (row.cells.front() == gene) return &row;
  return nullptr;
}

}  // namespace

/// A report on a printer, here one that writes PDF files, and what is drawn in its table.
class PrintedReportTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_overlays;
  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  ReportRequest report(const char* name, Prediction prediction = testing::madePrediction()) const {
    return testing::madeReport(file(name), std::move(prediction), m_overlays);
  }

  static Result<void> print(const ReportRequest& request, QPrinter& printer) {
    const auto take = [&](const ReportContent& content) {
      return printReport(content, *request.opened.slide, printer);
    };
    return drawReport(request, take).and_then([](const WriteDrawn& write) { return write(); });
  }

  std::shared_ptr<QPrinter> printerInto(const char* name, ReportPaper paper = ReportPaper::A4) const {
    auto printer = printerFor(paper);
    printer->setOutputFormat(QPrinter::PdfFormat);
    printer->setOutputFileName(QString::fromStdString(file(name).string()));
    return printer;
  }

 private Q_SLOTS:
  void initTestCase() { m_overlays = loadOverlays(overlayFolder()); }

  void printedPagesSayWhatTheSavedOnesSay() {
    const ReportRequest request = report("saved.pdf", testing::manyGenes(150));
    QVERIFY(writeReport(request));
    const auto printer = printerInto("printed.pdf");
    const auto done = print(request, *printer);
    QVERIFY2(done, done ? "" : done.error().sentence.c_str());
    const QByteArray pdf = testing::bytesOf(file("printed.pdf"));
    QCOMPARE(testing::pagesOf(pdf), testing::pagesOf(testing::bytesOf(file("saved.pdf"))));
    QVERIFY(pdf.contains("/MediaBox [0 0 595"));
    QCOMPARE(testing::pageTexts(file("printed.pdf")), testing::pageTexts(file("saved.pdf")));
  }

  void pagesAreLaidOutOnThePaperThatThePrinterHas() {
    const ReportRequest request = report("saved.pdf");
    const auto letter = printerInto("letter.pdf", ReportPaper::Letter);
    QVERIFY(print(request, *letter));
    QVERIFY(testing::bytesOf(file("letter.pdf")).contains("/MediaBox [0 0 612"));
    const auto wide = printerInto("wide.pdf");
    wide->setPageOrientation(QPageLayout::Landscape);
    QVERIFY(print(request, *wide));
    QVERIFY(testing::bytesOf(file("wide.pdf")).contains("/MediaBox [0 0 842"));
    QVERIFY(testing::pagesOf(testing::bytesOf(file("wide.pdf"))) > 3);
  }

  void aPrinterThatTakesNothingIsNamed() {
    const auto printer = printerInto("no/folder/a.pdf");
    const auto done = print(report("saved.pdf"), *printer);
    QVERIFY(!done);
    QCOMPARE(done.error().sentence,
             "Cannot print on '" + file("no/folder/a.pdf").string() + "': it took no page.");
  }

  void theSlideItselfIsNeverPrintedOver() {
    ReportRequest request = report("saved.pdf");
    Slide slide = *request.opened.slide;
    slide.file = file("slide.pdf");
    std::ofstream(slide.file) << "a slide";
    request.opened.slide = std::make_shared<Slide>(slide);
    const auto printer = printerInto("slide.pdf");
    const auto done = print(request, *printer);
    QVERIFY(!done);
    QCOMPARE(done.error().sentence, "Cannot write '" + slide.file.string() + "': it is the slide itself.");
    QCOMPARE(testing::bytesOfFile(slide.file), std::string("a slide"));
  }

  void aGeneHasABarAtItsPercentileAndOneThatIsNotPredictedWellHasNone() {
    const auto content = makeReport(report("a.pdf"));
    QVERIFY(content);
    const ReportRow* well = rowOf(*content, QStringLiteral("FSCN1"));
    const ReportRow* poor = rowOf(*content, QStringLiteral("TP53"));
    QVERIFY(well && poor);
    QVERIFY(well->place && std::abs(100 * *well->place - well->cells[2].toDouble()) <= 0.5);
    QVERIFY(!poor->place);
    Prediction unlike = testing::madePrediction();
    unlike.domain = judgeDomain(std::vector<float>(unlike.grid.count(), 9), {});
    const auto withheld = makeReport(report("a.pdf", withhold(unlike)));
    QVERIFY(withheld);
    QVERIFY(!rowOf(*withheld, QStringLiteral("FSCN1"))->place);
  }

  void aWebPageHasABarForEachGeneThatIsPredictedWell() {
    Prediction without = testing::madePrediction();
    QVERIFY(writeReport(report("bars.html")));
    QCOMPARE(testing::bytesOf(file("bars.html")).count("<svg class=\"scale\""), 4);
    for (GenePrediction& gene : without.genes) gene.wellPredicted = false, gene.hotspots = 0;
    QVERIFY(writeReport(report("none.html", without)));
    QCOMPARE(testing::bytesOf(file("none.html")).count("<svg class=\"scale\""), 0);
  }
};

}  // namespace geneglass::printed_report_test

GENEGLASS_WINDOW_TEST(geneglass::printed_report_test::PrintedReportTest)
#include "printed_report_test.moc"
