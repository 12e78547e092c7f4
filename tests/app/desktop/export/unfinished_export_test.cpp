// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "app/desktop/export/snapshot_export.h"
#include "tests/app/desktop/export/made_drawing.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::unfinished_export_test {

/// What is saved before the prediction is whole, and where the disk is full.
class UnfinishedExportTest final : public QObject {
  Q_OBJECT

  OpenedSlide m_opened{std::make_shared<Slide>(testing::madeSlide()), nullptr};
  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  SnapshotRequest snapshot(const char* name, Prediction prediction = testing::madePrediction()) const {
    return {file(name),
            m_opened,
            *snapshotView(*m_opened.slide, {}, {800, 600}),
            {},
            std::make_shared<Prediction>(std::move(prediction)),
            0,
            testing::drawMade,
            {}};
  }

  static Prediction early() {
    Prediction prediction = testing::madePrediction();
    prediction.waiting = {{0, 0}, {9, 0}};
    return prediction;
  }

  QImage pictureOf(const SnapshotRequest& request) const {
    const auto done = exportSnapshot(request);
    return done ? QImage(QString::fromStdString(request.file.string())) : QImage();
  }

  int filesLeft() const { return int(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size()); }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void cleanup() {
    for (const QString& left : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden))
      QFile::remove(m_folder.filePath(left));
  }

  void aSnapshotOfAnUnfinishedPredictionSaysSoInPictureCaptionAndText() {
    const QImage whole = pictureOf(snapshot("whole.png")),
                 provisional = pictureOf(snapshot("a.png", early()));
    QCOMPARE(whole.text(QStringLiteral("Provisional")), QString());
    QCOMPARE(provisional.text(QStringLiteral("Provisional")), QStringLiteral("66 of 68 tiles computed"));
    QVERIFY2(provisional.height() > whole.height(), "a line more in the caption");
    QVERIFY2(provisional.copy(0, 0, 300, 60) != whole.copy(0, 0, 300, 60), "a plate in the picture");
    QCOMPARE(provisional.copy(400, 60, 400, 540), whole.copy(400, 60, 400, 540));
  }

  void aFullDiskIsNamedAndLeavesTheOldFile() {
    std::ofstream(file("a.png")) << "older";
    Result<std::string> picture;
    {
      const testing::FullPlace full(4096);
      picture = exportSnapshot(snapshot("a.png"));
    }
    QVERIFY(!picture);
    QCOMPARE(picture.error().sentence, "Cannot write '" + file("a.png").string() + "': File too large.");
    QCOMPARE(testing::bytesOfFile(file("a.png")), std::string("older"));
    QCOMPARE(filesLeft(), 1);
  }
};

}  // namespace geneglass::unfinished_export_test

GENEGLASS_WINDOW_TEST(geneglass::unfinished_export_test::UnfinishedExportTest)
#include "unfinished_export_test.moc"
