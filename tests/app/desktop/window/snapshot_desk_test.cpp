// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/snapshot_desk.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/snapshots/series_dialog.h"
#include "app/desktop/snapshots/snapshot_dialog.h"
#include "app/desktop/snapshots/tray_panel.h"
#include "tests/app/desktop/window/snapshot_window.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/wording/number_text.h"

namespace geneglass::snapshot_desk_test {

/// What a user does with snapshots, by menus, dialogs and the tray, drawn by the real renderer.
class SnapshotDeskTest final : public QObject, testing::SnapshotWindow {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { makeFiles(); }
  void init() { open(); }
  void cleanup() { close(); }
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

 private:
  void take();
  QListWidget& list() { return *m_window->snapshots().panel()->findChild<QListWidget*>(); }
};

void SnapshotDeskTest::take() {
  QCOMPARE(said([this] { choose("&Take Snapshot"); }), QStringLiteral("Taken into the tray."));
}

void SnapshotDeskTest::theDialogSaysHowLargeItWillBeAndRefusesWhatCannotBe() {
  choose("Save &Snapshot…");
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
  choose("Save &Snapshot…");
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
  choose("Save &Snapshot…");
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
  const QString sentence = said([this] { choose("&Copy Picture"); });
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
    choose("Save a Snapshot of &Each Gene…");
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
    choose("Save a Snapshot of &Each Gene…");
    accepted<SeriesDialog>();
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

}  // namespace geneglass::snapshot_desk_test

GENEGLASS_WINDOW_TEST(geneglass::snapshot_desk_test::SnapshotDeskTest)
#include "snapshot_desk_test.moc"
