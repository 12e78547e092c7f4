// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/snapshot_desk.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/genes/top_gene.h"
#include "app/desktop/snapshots/annotation_series_dialog.h"
#include "app/desktop/snapshots/series_dialog.h"
#include "app/desktop/snapshots/snapshot_dialog.h"
#include "app/desktop/snapshots/tray_panel.h"
#include "app/desktop/window/main_window.h"
#include "inference/synthetic/pyramid_writer.h"
#include "inference/synthetic/slide_painter.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/wording/number_text.h"

namespace geneglass::snapshot_desk_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

void choose(const MainWindow& window, const char* text) {
  for (QAction* menu : window.menuBar()->actions())
    for (QAction* action : menu->menu()->actions())
      if (action->text() == QString::fromUtf8(text) && action->isEnabled()) return action->trigger();
  QFAIL(text);
}

template <typename Dialog>
Dialog* accepted(const MainWindow& window) {
  auto* dialog = window.findChild<Dialog*>();
  if (dialog) static_cast<QDialog*>(dialog)->accept();
  return dialog;
}

}  // namespace

/// What a user does with snapshots, by menus, dialogs and the tray, drawn by the real renderer.
class SnapshotDeskTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void theDialogSaysHowLargeItWillBeAndRefusesWhatCannotBe();
  void aLargeJpegIsSavedAsTheDialogSays();
  void aCancelledSnapshotLeavesNoFile();
  void thePictureIsCopied();
  void whatIsTakenStandsInTheTrayAndIsUndone();
  void captionsAreEditedInPlaceAndADragChangesTheOrder();
  void aDoubleClickGoesToTheViewAndTheGene();
  void aSnapshotOfTheTrayIsSaved();
  void aSeriesIsAFileAGeneAndSaysWhatItPassedOver();
  void aSeriesThatCannotBeWrittenStops();
  void withoutAnnotationsThereIsNoneToSave();
  void eachAnnotationIsAFileThatSaysWhichOneItIs();
  void whatIsThereAlreadyIsLeftAlone();
  void aCancelledSeriesKeepsWhatIsWholeAndSaysHowMany();
  void anotherSlideSinceTheDialogIsNotSaved();

 private:
  QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  QString said(const std::function<void()>& act);  ///< what is said or refused after it
  void take();
  void annotate();                              ///< three of them
  QString saveAnnotations(const char* folder);  ///< by the menu and both dialogs; what is said at the end
  QStringList filesIn(const char* folder) const;
  QListWidget& list() { return *m_window->snapshots().panel()->findChild<QListWidget*>(); }
  Case& document() { return m_window->pane().document(); }

  QTemporaryDir m_folder;
  std::unique_ptr<Workplace> m_workplace;
  std::unique_ptr<MainWindow> m_window;
};

void SnapshotDeskTest::initTestCase() {
  QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  QVERIFY(testing::writeRandomPackage(file("model").toStdString(), 64));
  const SlidePainter painter(5, {3072, 2048});
  const auto render = [&](int64_t x, int64_t y, int width, int height) {
    return painter.render(x, y, width, height);
  };
  QVERIFY(writePyramid(file("made.tif").toStdString(), {.size = {3072, 2048}, .mpp = 0.5}, render));
}

void SnapshotDeskTest::init() {
  m_workplace = std::make_unique<Workplace>();
  m_window = std::make_unique<MainWindow>(*m_workplace);
  m_window->show();
  QSignalSpy finished(&m_window->session(), &SlideSession::predictionFinished);
  QSignalSpy opened(&m_window->pane().keeper(), &CaseKeeper::opened);
  m_workplace->useModel(file("model").toStdString());
  m_window->session().open(file("made.tif").toStdString());
  QVERIFY(finished.wait(kPatience));
  QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty(), kPatience);
  SlideSession& session = m_window->session();
  session.chooseGene(topGene(*session.scene().prediction));
  QTRY_VERIFY_WITH_TIMEOUT(session.scene().gene >= 0, kPatience);
}

void SnapshotDeskTest::cleanup() {
  m_window.reset();
  m_workplace.reset();
  QFile::remove(file("made.geneglass"));
}

QString SnapshotDeskTest::said(const std::function<void()>& act) {
  QSignalSpy said(&m_window->snapshots(), &SnapshotDesk::said);
  QSignalSpy refused(&m_window->snapshots(), &SnapshotDesk::refused);
  act();
  [&] { QTRY_VERIFY_WITH_TIMEOUT(said.count() + refused.count() > 0, kPatience); }();
  return said.isEmpty() ? refused.value(0).value(0).toString() : said[0][0].toString();
}

void SnapshotDeskTest::take() {
  QCOMPARE(said([this] { choose(*m_window, "&Take Snapshot"); }), QStringLiteral("Taken into the tray."));
}

void SnapshotDeskTest::theDialogSaysHowLargeItWillBeAndRefusesWhatCannotBe() {
  choose(*m_window, "Save &Snapshot…");
  auto* dialog = m_window->findChild<SnapshotDialog*>();
  QVERIFY(dialog);
  auto* sizing = dialog->findChildren<QComboBox*>()[1];
  auto* save = dialog->findChild<QPushButton*>();
  for (QPushButton* button : dialog->findChildren<QPushButton*>())
    if (button->text() == QStringLiteral("Save…")) save = button;
  const Viewport& view = m_window->canvas().viewport();
  QVERIFY2(dialog->estimate().startsWith(countText(int(view.width)) + QStringLiteral(" × ")),
           qPrintable(dialog->estimate()));
  sizing->setCurrentIndex(int(SnapshotSizing::LongSide));
  dialog->findChild<QSpinBox*>()->setValue(30000);
  const Size large = pixelsOf({.sizing = SnapshotSizing::LongSide, .longSide = 30000}, view);
  QVERIFY2(dialog->estimate().startsWith(countText(large.width) + QStringLiteral(" × ")),
           qPrintable(dialog->estimate()));
  QVERIFY(save->isEnabled());
  sizing->setCurrentIndex(int(SnapshotSizing::SlidePixels));
  dialog->findChild<QDoubleSpinBox*>()->setValue(0.1);
  QVERIFY2(dialog->estimate().contains(QStringLiteral("a snapshot has 1 to 30000 pixels a side")),
           qPrintable(dialog->estimate()));
  QVERIFY(!save->isEnabled());
  dialog->reject();
}

void SnapshotDeskTest::aLargeJpegIsSavedAsTheDialogSays() {
  choose(*m_window, "Save &Snapshot…");
  auto* dialog = m_window->findChild<SnapshotDialog*>();
  const QList<QComboBox*> boxes = dialog->findChildren<QComboBox*>();
  boxes[0]->setCurrentIndex(int(PictureFormat::Jpeg));
  boxes[1]->setCurrentIndex(int(SnapshotSizing::LongSide));
  dialog->findChild<QSpinBox*>()->setValue(5000);
  dialog->accept();
  auto* files = m_window->findChild<QFileDialog*>();
  QVERIFY(files);
  QCOMPARE(files->defaultSuffix(), QStringLiteral("jpg"));
  files->selectFile(file("large.jpg"));
  static_cast<QDialog*>(files)->accept();
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("large.jpg")), kPatience);
  const QImage picture(file("large.jpg"));
  const Size large =
      pixelsOf({.sizing = SnapshotSizing::LongSide, .longSide = 5000}, m_window->canvas().viewport());
  QCOMPARE(picture.width(), int(large.width));
  QVERIFY(picture.height() > large.height);  // and the caption
}

void SnapshotDeskTest::aCancelledSnapshotLeavesNoFile() {
  choose(*m_window, "Save &Snapshot…");
  auto* dialog = m_window->findChild<SnapshotDialog*>();
  dialog->findChildren<QComboBox*>()[1]->setCurrentIndex(int(SnapshotSizing::LongSide));
  dialog->findChild<QSpinBox*>()->setValue(12000);
  dialog->accept();
  auto* files = m_window->findChild<QFileDialog*>();
  files->selectFile(file("cancelled.png"));
  static_cast<QDialog*>(files)->accept();
  auto* saver = m_window->findChild<FileSaver*>();
  QSignalSpy cancelled(saver, &FileSaver::cancelled);
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("cancelled.png.1.part")), kPatience);
  saver->findChild<QPushButton*>()->click();
  QCOMPARE(cancelled.count(), 1);
  QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(file("cancelled.png.1.part")), kPatience);
  QVERIFY(!QFile::exists(file("cancelled.png")));
}

void SnapshotDeskTest::thePictureIsCopied() {
  const Viewport view = m_window->canvas().viewport();
  const QString sentence = said([this] { choose(*m_window, "&Copy Picture"); });
  QCOMPARE(sentence, QStringLiteral("Copied a picture of %1 × %2 pixels.").arg(view.width).arg(view.height));
  const QImage picture = QGuiApplication::clipboard()->image();
  QCOMPARE(picture.size(), QSize(int(view.width), int(view.height)));
}

void SnapshotDeskTest::whatIsTakenStandsInTheTrayAndIsUndone() {
  const Viewport view = m_window->canvas().viewport();
  take();
  QCOMPARE(list().count(), 1);
  const TraySnapshot snapshot = traySnapshots(document()).at(0);
  QVERIFY(snapshot.view.centre == view.centre && snapshot.view.rotation == view.rotation);
  QCOMPARE(snapshot.slide, m_window->session().opened().slide->hash);
  QVERIFY(!snapshot.model.empty());
  QCOMPARE(QDateTime::fromString(QString::fromStdString(snapshot.taken), Qt::ISODate).isValid(), true);
  const QImage picture = QImage::fromData(trayPicture(document(), snapshot.id));
  QCOMPARE(picture.size(), QSize(int(snapshot.size.width), int(snapshot.size.height)));
  QVERIFY(std::max(picture.width(), picture.height()) <= kTraySide);
  document().undo();
  QCOMPARE(list().count(), 0);
  document().redo();
  QCOMPARE(list().count(), 1);
}

void SnapshotDeskTest::captionsAreEditedInPlaceAndADragChangesTheOrder() {
  take();
  take();
  const std::string first = traySnapshots(document())[0].id;
  list().item(0)->setText(QStringLiteral("Invasive front"));
  QCOMPARE(traySnapshots(document())[0].caption, std::string("Invasive front"));
  QCOMPARE(document().undoText(), QStringLiteral("Edit Caption"));
  QAbstractItemModel* rows = list().model();
  QVERIFY(rows->moveRow({}, 0, {}, 2));  // as a drop does
  QTRY_COMPARE(document().undoText(), QStringLiteral("Move Snapshot"));
  QCOMPARE(traySnapshots(document())[1].id, first);
  QCOMPARE(list().item(1)->text(), QStringLiteral("Invasive front"));
  document().undo();
  QCOMPARE(list().item(0)->text(), QStringLiteral("Invasive front"));
  list().setCurrentRow(0);
  for (QPushButton* button : m_window->snapshots().panel()->findChildren<QPushButton*>())
    if (button->text() == QStringLiteral("Re&move")) button->click();
  QCOMPARE(list().count(), 1);
  QVERIFY(traySnapshots(document())[0].id != first);
}

void SnapshotDeskTest::aDoubleClickGoesToTheViewAndTheGene() {
  Viewport there = m_window->canvas().viewport();
  there.centre = {700, 900};
  there.downsample = 1.5;
  there.rotation = 0.25;
  m_window->canvas().setViewport(there);
  there = m_window->canvas().viewport();
  const int gene = m_window->session().scene().gene;
  QVERIFY(gene >= 0);
  take();
  Viewport away = there;
  away.centre = {2000, 400};
  away.downsample = 3;
  away.rotation = 0;
  m_window->canvas().setViewport(away);
  m_window->session().chooseGene(-1);
  Q_EMIT list().itemDoubleClicked(list().item(0));
  const auto at = [&](const Viewport& view) {
    return std::hypot(view.centre.x - there.centre.x, view.centre.y - there.centre.y) < 0.01 &&
           std::abs(view.downsample - there.downsample) < 1e-3 && std::abs(view.rotation - 0.25) < 1e-9;
  };
  QTRY_VERIFY_WITH_TIMEOUT(at(m_window->canvas().viewport()), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(m_window->session().scene().gene, gene, kPatience);
}

void SnapshotDeskTest::aSnapshotOfTheTrayIsSaved() {
  take();
  list().setCurrentRow(0);
  for (QPushButton* button : m_window->snapshots().panel()->findChildren<QPushButton*>())
    if (button->text() == QStringLiteral("Sa&ve As…")) button->click();
  auto* files = m_window->findChild<QFileDialog*>();
  QVERIFY(files);
  files->selectFile(file("tray.jpg"));
  static_cast<QDialog*>(files)->accept();
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file("tray.jpg")), kPatience);
  QFile saved(file("tray.jpg"));
  QVERIFY(saved.open(QIODevice::ReadOnly));
  QCOMPARE(saved.readAll(), trayPicture(document(), traySnapshots(document())[0].id));
}

void SnapshotDeskTest::aSeriesIsAFileAGeneAndSaysWhatItPassedOver() {
  const auto& genes = m_window->session().scene().prediction->genes;
  QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("series")));
  QStringList expected;
  int passedOver = 0;
  for (const GenePrediction& gene : genes)
    if (gene.wellPredicted)
      expected << QStringLiteral("made-%1.png").arg(QString::fromStdString(gene.symbol));
    else
      ++passedOver;
  QVERIFY(!expected.isEmpty());
  const QString sentence = said([this] {
    choose(*m_window, "Save a Snapshot of &Each Gene…");
    auto* dialog = m_window->findChild<SeriesDialog*>();
    QVERIFY(dialog);
    dialog->findChild<QListWidget*>()->selectAll();
    dialog->accept();
    auto* files = m_window->findChild<QFileDialog*>();
    QVERIFY(files);
    files->setDirectory(file("series"));
    files->selectFile(file("series"));
    static_cast<QDialog*>(files)->accept();
  });
  QVERIFY2(sentence.startsWith(QStringLiteral("Saved %1 snapshot").arg(expected.size())),
           qPrintable(sentence));
  QCOMPARE(sentence.count(QStringLiteral("cannot be predicted by this model.")), passedOver);
  expected.sort();
  QCOMPARE(QDir(file("series")).entryList(QDir::Files, QDir::Name), expected);
  for (const QString& name : expected)
    QCOMPARE(QStringLiteral("made-%1.png").arg(QImage(file("series/") + name).text(QStringLiteral("Gene"))),
             name);
}

void SnapshotDeskTest::aSeriesThatCannotBeWrittenStops() {
  QSignalSpy refused(m_window->findChild<FileSaver*>(), &FileSaver::refused);
  QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("gone")));
  const QString sentence = said([this] {
    choose(*m_window, "Save a Snapshot of &Each Gene…");
    accepted<SeriesDialog>(*m_window);
    auto* files = m_window->findChild<QFileDialog*>();
    QVERIFY(files);
    QVERIFY(QDir(m_folder.path()).rmdir(QStringLiteral("gone")));
    Q_EMIT files->fileSelected(file("gone"));
    files->reject();
  });
  QCOMPARE(sentence, QStringLiteral("Saved 0 of 1 snapshots."));
  QCOMPARE(refused.count(), 1);
  QVERIFY2(refused[0][0].toString().endsWith(QStringLiteral("No such file or directory.")),
           qPrintable(refused[0][0].toString()));
}

void SnapshotDeskTest::annotate() {
  Annotation front, point, ruler;
  front.shape = rectangleArea({400, 300, 600, 400});
  front.name = "front";
  front.className = ruler.className = "Tumour";
  point.shape = Places{{{2000, 1200}}};
  ruler.shape = Path{{{200, 200}, {2600, 1800}}};
  document().change(document().annotations()->with({front, point, ruler}), QStringLiteral("Draw"));
}

QString SnapshotDeskTest::saveAnnotations(const char* folder) {
  QDir(m_folder.path()).mkdir(QString::fromLatin1(folder));
  return said([this, folder] {
    choose(*m_window, "Save a Snapshot of Each &Annotation…");
    QVERIFY(accepted<AnnotationSeriesDialog>(*m_window));
    auto* files = m_window->findChild<QFileDialog*>();
    QVERIFY(files);
    files->setDirectory(file(folder));
    files->selectFile(file(folder));
    static_cast<QDialog*>(files)->accept();
  });
}

QStringList SnapshotDeskTest::filesIn(const char* folder) const {
  return QDir(file(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

void SnapshotDeskTest::withoutAnnotationsThereIsNoneToSave() {
  QCOMPARE(said([this] { choose(*m_window, "Save a Snapshot of Each &Annotation…"); }),
           QStringLiteral("There are no annotations on this slide yet, so there is none to save."));
  QVERIFY(!m_window->findChild<AnnotationSeriesDialog*>());
}

void SnapshotDeskTest::eachAnnotationIsAFileThatSaysWhichOneItIs() {
  annotate();
  QCOMPARE(saveAnnotations("each"), QStringLiteral("Saved 3 snapshot(s)."));
  QCOMPARE(filesIn("each"),
           (QStringList{QStringLiteral("made-1-front.png"), QStringLiteral("made-2-Point.png"),
                        QStringLiteral("made-3-Ruler.png")}));
  const Viewport view = m_window->canvas().viewport();
  const QImage front(file("each/made-1-front.png")), point(file("each/made-2-Point.png"));
  QCOMPARE(front.width(), int(view.width));
  QCOMPARE(front.text(QStringLiteral("Subject")), QStringLiteral("Annotation 1 of 3: front (Tumour)."));
  QCOMPARE(point.text(QStringLiteral("Subject")), QStringLiteral("Annotation 2 of 3: Point."));
  const double finer = std::max({1.0, 900 / view.width, 700 / view.height});
  QCOMPARE(front.text(QStringLiteral("Region")), QStringLiteral("%1,%2,%3,%4")
                                                     .arg(700 - view.width * finer / 2, 0, 'f', 0)
                                                     .arg(500 - view.height * finer / 2, 0, 'f', 0)
                                                     .arg(view.width * finer, 0, 'f', 0)
                                                     .arg(view.height * finer, 0, 'f', 0));
  QCOMPARE(front.text(QStringLiteral("Gene")), point.text(QStringLiteral("Gene")));
  QVERIFY(!front.text(QStringLiteral("Gene")).isEmpty());
}

void SnapshotDeskTest::whatIsThereAlreadyIsLeftAlone() {
  annotate();
  QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("taken")));
  QFile there(file("taken/made-2-Point.png"));
  QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
  there.close();
  QCOMPARE(saveAnnotations("taken"),
           QStringLiteral("Nothing was saved into '%1': 1 of 3 files are there already, 'made-2-Point.png' "
                          "first. Choose another folder or other names.")
               .arg(file("taken")));
  QCOMPARE(filesIn("taken"), QStringList{QStringLiteral("made-2-Point.png")});
  QVERIFY(there.open(QIODevice::ReadOnly));
  QCOMPARE(there.readAll(), QByteArray("mine"));
}

void SnapshotDeskTest::aCancelledSeriesKeepsWhatIsWholeAndSaysHowMany() {
  annotate();
  auto* saver = m_window->findChild<FileSaver*>();
  connect(
      saver, &FileSaver::saved, saver, [saver] { saver->findChild<QPushButton*>()->click(); },
      Qt::QueuedConnection);
  QCOMPARE(saveAnnotations("cancelled"), QStringLiteral("Saved 1 of 3 snapshots."));
  const QStringList whole{QStringLiteral("made-1-front.png")};
  QTRY_COMPARE_WITH_TIMEOUT(filesIn("cancelled"), whole, kPatience);
  QVERIFY(!QImage(file("cancelled/made-1-front.png")).isNull());
}

void SnapshotDeskTest::anotherSlideSinceTheDialogIsNotSaved() {
  annotate();
  QVERIFY(QFile::copy(file("made.tif"), file("other.tif")));
  choose(*m_window, "Save a Snapshot of Each &Annotation…");
  QVERIFY(accepted<AnnotationSeriesDialog>(*m_window));
  QSignalSpy opened(&m_window->session(), &SlideSession::slideOpened);
  m_window->session().open(file("other.tif").toStdString());
  QVERIFY(opened.wait(kPatience));
  auto* files = m_window->findChild<QFileDialog*>();
  QCOMPARE(said([&] { Q_EMIT files->fileSelected(m_folder.path()); }),
           QStringLiteral("Another slide is open since: nothing was saved."));
  files->reject();
}

}  // namespace geneglass::snapshot_desk_test

GENEGLASS_WINDOW_TEST(geneglass::snapshot_desk_test::SnapshotDeskTest)
#include "snapshot_desk_test.moc"
