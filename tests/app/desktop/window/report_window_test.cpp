// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "app/desktop/report/report.h"
#include "app/desktop/report/report_dialog.h"
#include "app/desktop/report/report_reader.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/app/desktop/case/made_case.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass::report_window_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

QAction* actionOf(MainWindow& window, const QString& text) {
  for (QAction* menu : window.menuBar()->actions())
    for (QAction* action : menu->menu()->actions())
      if (action->text() == text) return action;
  return nullptr;
}

/// A window of one size whose case has been looked for once `open` was done.
struct Shown {
  explicit Shown(Workplace& workplace) : window(workplace) {
    window.resize(1200, 800);
    window.show();
  }
  bool openSlide(const QString& slide) {
    QSignalSpy opened(&window.pane().keeper(), &CaseKeeper::opened);
    window.session().open(slide.toStdString());
    return opened.wait(kPatience);
  }
  /// The canvas once all tiles are there.
  QImage picture() {
    [this] {
      QTRY_VERIFY_WITH_TIMEOUT(window.session().loader() && window.session().loader()->pending() == 0,
                               kPatience);
    }();
    QTest::qWait(50);  // for what was asked for by the last picture
    [this] { QTRY_VERIFY_WITH_TIMEOUT(window.session().loader()->pending() == 0, kPatience); }();
    return window.canvas().grabPicture();
  }
  QString saidAfter(const std::function<void()>& act) {
    window.messages().dismiss();
    window.statusBar()->clearMessage();
    act();
    const auto said = [this] {
      return window.messages().isVisible() ? window.messages().sentence()
                                           : window.statusBar()->currentMessage();
    };
    [&] { QTRY_VERIFY_WITH_TIMEOUT(!said().isEmpty(), kPatience); }();
    return said();
  }
  QString saveAs(const QString& file, bool anonymous = false) {
    return saidAfter([&] {
      ReportRequest request = window.reportRequest();
      request.file = file.toStdString();
      request.anonymous = anonymous;
      window.saveReport(request);
    });
  }
  MainWindow window;
};

}  // namespace

/// Reports as the window saves them and opens them again.
class ReportWindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aReportOpensTheSameViewToThePixel();
  void aReportBesideOpensBesideTheOthers();
  void anAnonymisedReportAsksForItsSlide();
  void aSlideThatIsNotTheReportsIsRefused();
  void anotherPdfIsRefusedInASentence();
  void whatIsWrittenInTheDialogIsAStepOfTheCase();
  void theDialogListsWhatNamesThePatient();
  void aReportThatCannotBeWrittenLosesNothing();
  void theReportIsPrintedBehindTheWindow();

 private:
  QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  QString slide(const char* name, Size size = {2000, 1500}) {
    if (!testing::writeTissueSlide(path(name).toStdString(), size)) return {};
    return path(name);
  }
  QTemporaryDir m_folder;
};

void ReportWindowTest::initTestCase() {
  QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  qputenv("GENEGLASS_CASES", path("own").toUtf8());
}

void ReportWindowTest::aReportOpensTheSameViewToThePixel() {
  const QString file = slide("pixel.tif");
  QImage looked;
  for (const char* name : {"pixel.pdf", "pixel.html"}) {
    {
      Workplace workplace;
      Shown first(workplace);
      QVERIFY(first.openSlide(file));
      SlidePane& pane = first.window.pane();
      pane.document().change(pane.document().annotations()->with(
                                 {{"a", rectangleArea({700, 500, 300, 400}), "Tumour", {}, {}, {}, false}}),
                             QStringLiteral("Draw"));
      pane.keptView().show({{901.25, 633.5}, 0.7, 0.4});
      looked = first.picture();
      QCOMPARE(first.saveAs(path(name)), QStringLiteral("Saved %1").arg(path(name)));
      pane.keptView().show({{300, 200}, 3, 0});  // what the case remembers is another view
    }
    Workplace workplace;
    Shown second(workplace);
    QSignalSpy opened(&second.window.pane().keeper(), &CaseKeeper::opened);
    second.window.openHere(path(name).toStdString());
    QVERIFY(opened.wait(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(second.window.pane().keptView().view() == (CaseView{{901.25, 633.5}, 0.7, 0.4}),
                             kPatience);
    QVERIFY(second.window.pane().document().annotations()->find("a"));
    QCOMPARE(second.picture(), looked);
  }
}

void ReportWindowTest::aReportBesideOpensBesideTheOthers() {
  const QString file = slide("reported.tif"), other = slide("other.tif");
  {
    Workplace workplace;
    Shown first(workplace);
    QVERIFY(first.openSlide(file));
    first.window.pane().keptView().show({{901.25, 633.5}, 0.7, 0.4});
    QCOMPARE(first.saveAs(path("beside.html")), QStringLiteral("Saved %1").arg(path("beside.html")));
  }
  Workplace workplace;
  Shown second(workplace);
  QVERIFY(second.openSlide(other));
  second.window.openBeside(path("beside.html").toStdString());
  QTRY_COMPARE_WITH_TIMEOUT(second.window.panes().size(), size_t{2}, kPatience);
  SlidePane& beside = *second.window.panes()[1];
  QTRY_COMPARE_WITH_TIMEOUT(beside.title(), QStringLiteral("reported.tif"), kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(beside.keptView().view() == (CaseView{{901.25, 633.5}, 0.7, 0.4}), kPatience);
  QCOMPARE(second.window.panes()[0]->title(), QStringLiteral("other.tif"));
}

void ReportWindowTest::anAnonymisedReportAsksForItsSlide() {
  const QString file = slide("secret.tif");
  Workplace workplace;
  Shown shown(workplace);
  QVERIFY(shown.openSlide(file));
  shown.saveAs(path("anonymous.pdf"), true);
  QCOMPARE(shown.saidAfter([&] { shown.window.openHere(path("anonymous.pdf").toStdString()); }),
           QStringLiteral("“anonymous.pdf” is anonymised: it does not say where its slide is."));
}

void ReportWindowTest::aSlideThatIsNotTheReportsIsRefused() {
  const QString file = slide("one.tif");
  {
    Workplace workplace;
    Shown shown(workplace);
    QVERIFY(shown.openSlide(file));
    shown.saveAs(path("one.pdf"));
  }
  QVERIFY(!slide("one.tif", {1800, 1500}).isEmpty());  // another slide of its name
  Workplace workplace;
  Shown shown(workplace);
  QCOMPARE(shown.saidAfter([&] { shown.window.openHere(path("one.pdf").toStdString()); }),
           QStringLiteral("'%1' is not the slide this report was made of.").arg(file));
  QVERIFY(!shown.window.session().opened().slide);
}

void ReportWindowTest::anotherPdfIsRefusedInASentence() {
  std::ofstream(path("other.pdf").toStdString()) << "%PDF-1.4\n%%EOF";
  Workplace workplace;
  Shown shown(workplace);
  QCOMPARE(shown.saidAfter([&] { shown.window.openHere(path("other.pdf").toStdString()); }),
           QStringLiteral("'%1' does not say which slide it is of: it is no report of Geneglass, or another "
                          "program wrote it anew.")
               .arg(path("other.pdf")));
}

void ReportWindowTest::whatIsWrittenInTheDialogIsAStepOfTheCase() {
  Workplace workplace;
  Shown shown(workplace);
  QVERIFY(shown.openSlide(slide("words.tif")));
  actionOf(shown.window, QStringLiteral("Save &Report…"))->trigger();
  auto* dialog = shown.window.findChild<ReportDialog*>();
  QVERIFY(dialog);
  dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("Two nests."));
  dialog->accept();
  Case& document = shown.window.pane().document();
  QCOMPARE(caseWordsOf(document.entry(kReportEntry)).findings, QStringLiteral("Two nests."));
  QCOMPARE(document.undoText(), QStringLiteral("Write the Report"));
  document.undo();
  QCOMPARE(document.entry(kReportEntry), std::string());
}

void ReportWindowTest::theDialogListsWhatNamesThePatient() {
  Workplace workplace;
  Shown shown(workplace);
  QVERIFY(shown.openSlide(slide("S26-104.tif")));
  ReportDialog dialog(shown.window.reportRequest(), [](const std::any&) {});
  QSignalSpy read(&dialog, &ReportDialog::patientRead);
  const auto boxes = dialog.findChildren<QCheckBox*>();
  QCOMPARE(boxes.size(), 2);
  QVERIFY2(!boxes[0]->isChecked() && !boxes[1]->isChecked(), "the patient is in it only when asked");
  boxes[1]->setChecked(true);
  QVERIFY2(!boxes[0]->isEnabled(), "both are never wanted");
  QVERIFY(dialog.isReady() || read.wait(kPatience));
  QVERIFY(dialog.isReady() && dialog.request().anonymous && !dialog.request().showsPatient);
}

void ReportWindowTest::aReportThatCannotBeWrittenLosesNothing() {
  Workplace workplace;
  Shown shown(workplace);
  QVERIFY(shown.openSlide(slide("full.tif")));
  QVERIFY(QDir().mkpath(path("closed")) && QDir().mkpath(path("gone")));
  for (const char* name : {"full.pdf", "closed/a.pdf"}) std::ofstream(path(name).toStdString()) << "older";
  {
    const testing::FullPlace full(4096);
    QCOMPARE(shown.saveAs(path("full.pdf")),
             QStringLiteral("Cannot write '%1': File too large.").arg(path("full.pdf")));
  }
  {
    const testing::ReadOnlyFolder closed(m_folder.path().toStdString(), path("closed").toStdString());
    QCOMPARE(shown.saveAs(path("closed/a.pdf")),
             QStringLiteral("Cannot write '%1': Permission denied.").arg(path("closed/a.pdf")));
  }
  for (const char* name : {"full.pdf", "closed/a.pdf"})
    QCOMPARE(testing::bytesOfFile(path(name).toStdString()), std::string("older"));
  // The folder goes while the report is being saved.
  QCOMPARE(shown.saidAfter([&] {
    ReportRequest request = shown.window.reportRequest();
    request.file = path("gone/a.pdf").toStdString();
    shown.window.saveReport(request);
    QVERIFY(QDir(path("gone")).removeRecursively());
  }),
           QStringLiteral("Cannot write '%1': No such file or directory.").arg(path("gone/a.pdf")));
  QCOMPARE(shown.saveAs(path("after.pdf")), QStringLiteral("Saved %1").arg(path("after.pdf")));
}

void ReportWindowTest::theReportIsPrintedBehindTheWindow() {
  Workplace workplace;
  Shown shown(workplace);
  QAction* print = actionOf(shown.window, QStringLiteral("&Print Report…"));
  QVERIFY(print && print->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_P) && !print->isEnabled());
  QVERIFY(shown.openSlide(slide("printed.tif")));
  QVERIFY(print->isEnabled());
  print->trigger();
  auto* dialog = shown.window.findChild<ReportDialog*>();
  QVERIFY(dialog);
  QCOMPARE(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save)->text(),
           QStringLiteral("Print…"));
  dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("Two nests."));
  dialog->accept();
  auto* system = shown.window.findChild<QPrintDialog*>();
  QVERIFY(system && system->isVisible());
  system->reject();
  const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
  printer->setOutputFormat(QPrinter::PdfFormat);
  printer->setOutputFileName(path("printed.pdf"));
  QCOMPARE(shown.saidAfter([&] { shown.window.printReport(shown.window.reportRequest(), printer); }),
           QStringLiteral("The report was sent to %1").arg(path("printed.pdf")));
  QVERIFY(testing::bytesOfFile(path("printed.pdf").toStdString()).starts_with("%PDF"));
}

}  // namespace geneglass::report_window_test

GENEGLASS_WINDOW_TEST(geneglass::report_window_test::ReportWindowTest)
#include "report_window_test.moc"
