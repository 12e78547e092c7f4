// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QFileDialog>
#include <QImage>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/report/report_dialog.h"
#include "app/desktop/snapshots/snapshot_dialog.h"
#include "app/desktop/training/training_menu.h"
#include "app/desktop/window/desks/snapshot_desk.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "inference/synthetic/pyramid_writer.h"
#include "inference/synthetic/slide_painter.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::saving_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

QAction* fileAction(const MainWindow& window, const char* text) {
  for (QAction* menu : window.menuBar()->actions())
    for (QAction* action : menu->menu()->actions())
      if (action->text() == QString::fromUtf8(text)) return action;
  return nullptr;
}

/// Of a green that no stain and no colour map has.
int greenPixels(const QImage& picture) {
  int found = 0;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) {
      const QRgb pixel = picture.pixel(x, y);
      found += qGreen(pixel) > 220 && qRed(pixel) < 60 && qBlue(pixel) < 60;
    }
  return found;
}

}  // namespace

/// Saves what the window shows the way a user does: by the menu and its dialog, drawn by the real renderer.
class SavingTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aReportIsSavedThroughTheMenu();
  void aSnapshotIsSavedThroughTheMenu();
  void aSnapshotWhileThePredictionRunsSaysSo();
  void aModelThatIsRefusedWhereThereWasNoneIsSaid();

 private:
  QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  /// Chooses the file in the dialog of the action and waits for what the window says then.
  static QString saveBy(MainWindow& window, const char* text, const QString& file);
  static QString saidAfter(MainWindow& window, const std::function<void()>& act);

  QTemporaryDir m_folder;
};

void SavingTest::initTestCase() {
  QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  QVERIFY(testing::writeRandomPackage(file("coarse").toStdString(), 64));
  QVERIFY(testing::writeRandomPackage(file("slow").toStdString(), 16, 256));
  for (const auto& [name, size] : {std::pair("made.tif", Size{3072, 2048}), {"large.tif", {8192, 6144}}}) {
    const SlidePainter painter(5, size);
    const auto render = [&](int64_t x, int64_t y, int width, int height) {
      return painter.render(x, y, width, height);
    };
    const auto written = writePyramid(file(name).toStdString(), {.size = size}, render);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
  }
}

QString SavingTest::saidAfter(MainWindow& window, const std::function<void()>& act) {
  window.messages().dismiss();
  window.statusBar()->clearMessage();
  act();
  const auto said = [&] {
    return window.messages().isVisible() ? window.messages().sentence()
                                         : window.statusBar()->currentMessage();
  };
  [&] { QTRY_VERIFY_WITH_TIMEOUT(!said().isEmpty(), kPatience); }();
  return said();
}

QString SavingTest::saveBy(MainWindow& window, const char* text, const QString& file) {
  return saidAfter(window, [&] {
    QAction* action = fileAction(window, text);
    QVERIFY(action && action->isEnabled());
    action->trigger();
    if (auto* words = window.findChild<ReportDialog*>()) words->accept();
    if (auto* options = window.findChild<SnapshotDialog*>()) options->accept();
    auto* dialog = window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    dialog->selectFile(file);
    static_cast<QDialog*>(dialog)->accept();
  });
}

void SavingTest::aReportIsSavedThroughTheMenu() {
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy finished(&session, &SlideSession::predictionFinished);
  workplace.useModel(file("coarse").toStdString());
  session.open(file("made.tif").toStdString());
  QVERIFY(finished.wait(kPatience));
  const QString report = file("report.pdf");
  QCOMPARE(saveBy(window, "Save &Report…", report), QStringLiteral("Saved %1").arg(report));
  QFile pdf(report);
  QVERIFY(pdf.open(QIODevice::ReadOnly));
  const QByteArray bytes = pdf.readAll();
  QVERIFY(bytes.startsWith("%PDF"));
  QVERIFY2(bytes.count("/Subtype /Image") >= 2, "overview and map");
}

void SavingTest::aSnapshotIsSavedThroughTheMenu() {
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy finished(&session, &SlideSession::predictionFinished);
  workplace.useModel(file("coarse").toStdString());
  session.open(file("made.tif").toStdString());
  QVERIFY(finished.wait(kPatience));
  const QString snapshot = file("whole.png");
  QCOMPARE(saveBy(window, "Save &Snapshot…", snapshot), QStringLiteral("Saved %1").arg(snapshot));
  const QImage picture(snapshot);
  QVERIFY(picture.width() > 300);
  QCOMPARE(picture.text(QStringLiteral("Provisional")), QString());
  QCOMPARE(picture.text(QStringLiteral("Slide")), QStringLiteral("made.tif"));
  QCOMPARE(greenPixels(picture), 0);

  const Rect bounds = session.opened().slide->bounds;
  Annotation drawn;
  drawn.shape = rectangleArea({bounds.width / 4, bounds.height / 4, bounds.width / 2, bounds.height / 2});
  drawn.colour = 0xff00ff00;
  Case& document = window.pane().document();
  document.change(document.annotations()->with({drawn}), QStringLiteral("Draw"));
  const QString annotated = file("annotated.png");
  QCOMPARE(saveBy(window, "Save &Snapshot…", annotated), QStringLiteral("Saved %1").arg(annotated));
  const int lines = greenPixels(QImage(annotated));
  QVERIFY2(lines > picture.width() / 4, qPrintable(QString::number(lines)));
}

void SavingTest::aSnapshotWhileThePredictionRunsSaysSo() {
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  const QString snapshot = file("early.png");
  size_t done = 0, waiting = 0;
  const auto saveOnce = [&] {
    if (done > 0) return;
    done = session.scene().prediction->grid.count();
    waiting = session.scene().prediction->waiting.size();
    window.snapshots().save(snapshot);
  };
  connect(&session, &SlideSession::predictionSharpened, &window, saveOnce);
  workplace.useModel(file("slow").toStdString());
  workplace.predictFiner(true);  // so that it takes many times the 0.4 s after which something is known
  session.open(file("large.tif").toStdString());
  const QSignalSpy finished(&session, &SlideSession::predictionFinished);
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(snapshot) || (done == 0 && finished.size() > 0), kPatience);
  QVERIFY2(waiting > 0, "the prediction was over before anything was known of it");
  QCOMPARE(QImage(snapshot).text(QStringLiteral("Provisional")),
           QStringLiteral("%1 of %2 tiles computed").arg(done).arg(done + waiting));
}

void SavingTest::aModelThatIsRefusedWhereThereWasNoneIsSaid() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  auto* models = window.findChild<TrainingMenu*>();
  QVERIFY(models);
  const auto choose = [&](const char* folder) {
    return saidAfter(window, [&] { Q_EMIT models->modelWanted(folder); });
  };
  QCOMPARE(choose("/nowhere/model"),
           QStringLiteral(
               "Cannot use the model package '/nowhere/model': there is no readable manifest.json in it."));
  QCOMPARE(choose(file("coarse").toUtf8().constData()), QStringLiteral("Slides are predicted with “made”."));
}

}  // namespace geneglass::saving_test

GENEGLASS_WINDOW_TEST(geneglass::saving_test::SavingTest)
#include "saving_test.moc"
