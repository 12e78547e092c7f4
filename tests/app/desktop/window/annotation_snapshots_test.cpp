// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileDialog>
#include <QPushButton>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/snapshots/annotation_series_dialog.h"
#include "tests/app/desktop/window/snapshot_window.h"
#include "tests/support/window_test_program.h"

namespace geneglass::annotation_snapshots_test {

/// A snapshot of each annotation, by menu and dialogs, drawn by the real renderer.
class AnnotationSnapshotsTest final : public QObject, testing::SnapshotWindow {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { makeFiles(); }
  void init() { open(); }
  void cleanup() { close(); }
  void withoutAnnotationsThereIsNoneToSave();
  void eachAnnotationIsAFileThatSaysWhichOneItIs();
  void whatIsThereAlreadyIsLeftAlone();
  void aCancelledSeriesKeepsWhatIsWholeAndSaysHowMany();
  void anotherSlideSinceTheDialogIsNotSaved();

 private:
  void annotate();                              ///< three of them
  QString saveAnnotations(const char* folder);  ///< by the menu and both dialogs; what is said at the end
  QStringList filesIn(const char* folder) const;
};

void AnnotationSnapshotsTest::annotate() {
  Annotation front, point, ruler;
  front.shape = rectangleArea({400, 300, 600, 400});
  front.name = "front";
  front.className = ruler.className = "Tumour";
  point.shape = Places{{{2000, 1200}}};
  ruler.shape = Path{{{200, 200}, {2600, 1800}}};
  document().change(document().annotations()->with({front, point, ruler}), QStringLiteral("Draw"));
}

QString AnnotationSnapshotsTest::saveAnnotations(const char* folder) {
  QDir(m_folder.path()).mkdir(QString::fromLatin1(folder));
  return said([this, folder] {
    choose("Save a Snapshot of Each &Annotation…");
    QVERIFY(accepted<AnnotationSeriesDialog>());
    auto* files = m_window->findChild<QFileDialog*>();
    QVERIFY(files);
    files->setDirectory(file(folder));
    files->selectFile(file(folder));
    static_cast<QDialog*>(files)->accept();
  });
}

QStringList AnnotationSnapshotsTest::filesIn(const char* folder) const {
  return QDir(file(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

void AnnotationSnapshotsTest::withoutAnnotationsThereIsNoneToSave() {
  QCOMPARE(said([this] { choose("Save a Snapshot of Each &Annotation…"); }),
           QStringLiteral("There are no annotations on this slide yet, so there is none to save."));
  QVERIFY(!m_window->findChild<AnnotationSeriesDialog*>());
}

void AnnotationSnapshotsTest::eachAnnotationIsAFileThatSaysWhichOneItIs() {
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

void AnnotationSnapshotsTest::whatIsThereAlreadyIsLeftAlone() {
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

void AnnotationSnapshotsTest::aCancelledSeriesKeepsWhatIsWholeAndSaysHowMany() {
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

void AnnotationSnapshotsTest::anotherSlideSinceTheDialogIsNotSaved() {
  annotate();
  QVERIFY(QFile::copy(file("made.tif"), file("other.tif")));
  choose("Save a Snapshot of Each &Annotation…");
  QVERIFY(accepted<AnnotationSeriesDialog>());
  QSignalSpy opened(&m_window->session(), &SlideSession::slideOpened);
  m_window->session().open(file("other.tif").toStdString());
  QVERIFY(opened.wait(kPatience));
  auto* files = m_window->findChild<QFileDialog*>();
  QCOMPARE(said([&] { Q_EMIT files->fileSelected(m_folder.path()); }),
           QStringLiteral("Another slide is open since: nothing was saved."));
  files->reject();
}

}  // namespace geneglass::annotation_snapshots_test

GENEGLASS_WINDOW_TEST(geneglass::annotation_snapshots_test::AnnotationSnapshotsTest)
#include "annotation_snapshots_test.moc"
