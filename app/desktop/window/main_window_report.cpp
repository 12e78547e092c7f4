// SPDX-License-Identifier: GPL-3.0-or-later
// How MainWindow saves reports, and opens again what a report was made of.
#include <QAction>
#include <QFileDialog>
#include <QPrintDialog>
#include <QPrinter>
#include <QSettings>
#include <QStatusBar>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/report/printed_report.h"
#include "app/desktop/report/report.h"
#include "app/desktop/report/report_dialog.h"
#include "app/desktop/report/report_opener.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/report_case.h"
#include "app/desktop/window/report_return.h"

namespace geneglass {
namespace {

QString templateKey() {
  return QStringLiteral("reportTemplate");
}

ReportOrigin originOf(SlidePane& pane) {
  const Slide& slide = *pane.session().opened().slide;
  const OverlayScene& scene = pane.session().scene();
  ReportOrigin origin{.slideFile = std::filesystem::absolute(slide.file),
                      .slideHash = slide.hash,
                      .slideSize = slide.size(),
                      .userMpp = {},
                      .caseFile = pane.keeper().file(),
                      .view = pane.keptView().view(),
                      .gene = {},
                      .modelName = {},
                      .modelHash = {},
                      .overlays = overlaySettings(pane.overlays().choice()),
                      .picture = pane.picture()};
  if (slide.mppOrigin == MppOrigin::User && slide.mpp) origin.userMpp = slide.mpp->x;
  if (!scene.prediction) return origin;
  origin.modelName = scene.prediction->modelName;
  origin.modelHash = scene.prediction->modelHash;
  if (scene.gene >= 0) origin.gene = scene.prediction->genes[size_t(scene.gene)].symbol;
  return origin;
}

}  // namespace

void MainWindow::connectReports() {
  connect(m_menu.saveReport, &QAction::triggered, this, [this] {
    ReportDialog* dialog = askForReport();
    connect(dialog, &QDialog::accepted, this, [this, dialog] { askForReportFile(dialog->request()); });
  });
  connect(m_menu.printReport, &QAction::triggered, this, [this] {
    ReportDialog* dialog = askForReport();
    dialog->offerToPrint();
    connect(dialog, &QDialog::accepted, this, [this, dialog] { askForPrinter(dialog->request()); });
  });
  connect(m_reports, &ReportOpener::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
  connect(m_reports, &ReportOpener::found, this, &MainWindow::returnTo);
  connect(m_reports, &ReportOpener::slideWanted, this, &MainWindow::askForSlideOf);
}

ReportRequest MainWindow::reportRequest() {
  const OverlayScene& scene = session().scene();
  std::vector<OverlayEntry> entries;
  for (const OverlayWish& wish : m_overlayChoice.wishes()) entries.push_back(wish.entry);
  ReportRequest request{.file = {},
                        .opened = session().opened(),
                        .prediction = scene.prediction,
                        .gene = scene.gene,
                        .overlays = std::move(entries),
                        .colour = fileColour(session().colours(), m_picture->choice())};
  // One that was cancelled is none.
  if (request.prediction && !request.prediction->waiting.empty()) request.prediction = nullptr;
  request.package = m_workplace.package();
  addCase(request, pane().document());
  request.layout = templateOf(QSettings().value(templateKey()).toString().toStdString());
  request.origin = originOf(pane());
  request.made = QDateTime::currentDateTime();
  return request;
}

/// What is chosen there is kept; the caller says what comes of it.
ReportDialog* MainWindow::askForReport() {
  auto* dialog = new ReportDialog(
      reportRequest(), [&workplace = m_workplace](std::any ended) { workplace.letGo(std::move(ended)); },
      this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, &pane(), [dialog, document = &pane().document()] {
    const ReportRequest request = dialog->request();
    QSettings().setValue(templateKey(), QString::fromStdString(textOf(request.layout)));
    if (const std::string words = textOf(request.words); words != document->entry(kReportEntry))
      document->changeEntry(kReportEntry, words, tr("Write the Report"));
  });
  dialog->open();
  return dialog;
}

void MainWindow::askForPrinter(const ReportRequest& request) {
  const std::shared_ptr<QPrinter> printer = printerFor(request.layout.paper);
  auto* dialog = new QPrintDialog(printer.get(), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOption(QAbstractPrintDialog::PrintPageRange, false);  // how many there are is not known yet
  connect(dialog, qOverload<>(&QDialog::accepted), this,
          [this, request, printer] { printReport(request, printer); });
  dialog->open();
}

void MainWindow::printReport(const ReportRequest& request, std::shared_ptr<QPrinter> printer) {
  const QString name = nameOf(*printer);
  m_saver->print(
      request.opened, viewsOf(request), name, [request, printer = std::move(printer)](const DrawView& draw) {
        ReportRequest ready = request;
        ready.draw = draw;
        return drawReport(ready, [printer, slide = request.opened.slide](const ReportContent& content) {
          return geneglass::printReport(content, *slide, *printer);
        });
      });
}

void MainWindow::askForReportFile(const ReportRequest& request) {
  const QString pdf = tr("PDF document (*.pdf)"), page = tr("Web page, one file (*.html)");
  auto* dialog = saveDialog(tr("Save a report"), pdf + QStringLiteral(";;") + page, QStringLiteral("pdf"));
  if (request.anonymous) dialog->selectFile(QStringLiteral("report.pdf"));
  connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, pdf](const QString& filter) {
    dialog->setDefaultSuffix(filter == pdf ? QStringLiteral("pdf") : QStringLiteral("html"));
  });
  connect(dialog, &QFileDialog::fileSelected, this, [this, request](const QString& file) {
    ReportRequest named = request;
    named.file = file.toStdString();
    saveReport(named);
  });
  dialog->open();
}

void MainWindow::saveReport(const ReportRequest& request) {
  m_saver->save(request.opened, viewsOf(request), QString::fromStdString(request.file.string()),
                [request](const DrawView& draw) {
                  ReportRequest ready = request;
                  ready.draw = draw;
                  return drawReport(ready);
                });
}

void MainWindow::askForSlideOf(const FoundReport& report, const QString& file) {
  m_messages->say(tr("“%1” is anonymised: it does not say where its slide is.").arg(file),
                  tr("Choose the Slide…"), [this, report] {
                    auto* dialog = new QFileDialog(this, tr("The slide the report was made of"));
                    dialog->setAttribute(Qt::WA_DeleteOnClose);
                    dialog->setFileMode(QFileDialog::ExistingFile);
                    connect(dialog, &QFileDialog::fileSelected, this, [this, report](const QString& slide) {
                      m_reports->openWith(report, slide.toStdString());
                    });
                    dialog->open();
                  });
}

void MainWindow::openReport(const std::filesystem::path& file, bool beside) {
  m_reportBeside = beside;
  m_reports->open(file);
}

void MainWindow::returnTo(const FoundReport& report) {
  SlidePane* const place = m_reportBeside ? freePane() : m_active;
  if (!place) return;
  SlidePane& shown = *place;
  if (!report.caseFile.empty()) shown.useCase(report.caseFile);
  auto* waiting = new ReportReturn(shown, report.origin);
  connect(waiting, &ReportReturn::returned, this, [this, &shown](const ReportOrigin& origin) {
    bringBack(origin.overlays, m_overlayChoice);
    shown.picture() = origin.picture;
    if (&shown == m_active) m_picture->choose(origin.picture);
    const auto& package = m_workplace.package();
    if (!origin.modelHash.empty() && package && package->hash != origin.modelHash)
      m_messages->say(
          tr("The report was made with the model “%1”, which is not the one in use: maps and values "
             "may differ from it.")
              .arg(QString::fromStdString(origin.modelName)));
  });
  shown.session().open(report.slide, report.origin.userMpp);
}

}  // namespace geneglass
