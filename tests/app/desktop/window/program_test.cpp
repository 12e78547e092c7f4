// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_files.h"

namespace geneglass {

/// Calls the built program as a user does.
class ProgramTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wrongCallsEndWithStatus2AndTheUsage_data();
  void wrongCallsEndWithStatus2AndTheUsage();
  void refusedFilesEndWithStatus1AndASentence_data();
  void refusedFilesEndWithStatus1AndASentence();
  void aPipeIsNotWaitedOn_data() { refusedFilesEndWithStatus1AndASentence_data(); }
  void aPipeIsNotWaitedOn();
  void aMissingModelEndsWithStatus1AndNamesIt();
  void withoutAScreenItEndsWithStatus1AndASentence();
  void aSnapshotOfTheSlideIsDrawn();
  void aRegionOutsideTheSlideIsRefused();

 private:
  struct Ended {
    int status = -1;
    QString said;  ///< on standard error
  };
  static Ended call(const QStringList& words,
                    const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment()) {
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(GENEGLASS_PROGRAM), words);
    if (!program.waitForFinished(60000)) return {};
    return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -2,
            QString::fromUtf8(program.readAllStandardError())};
  }
};

void ProgramTest::wrongCallsEndWithStatus2AndTheUsage_data() {
  QTest::addColumn<QStringList>("words");
  const auto row = [](const char* name, const char* words) {
    QTest::newRow(name) << QString::fromLatin1(words).split(QLatin1Char(' '));
  };
  row("unknown option", "--nonsense");
  row("two slides", "a.svs b.svs");
  row("snapshot without slide", "--snapshot out.png");
  row("report without slide", "--report out.pdf");
  row("region without snapshot", "a.svs --region 0,0,10,10");
  row("size without snapshot", "a.svs --size 100x100");
  row("region of three numbers", "a.svs --snapshot o.png --region 1,2,3");
  row("region with words", "a.svs --snapshot o.png --region a,b,c,d");
  row("empty region", "a.svs --snapshot o.png --region 0,0,0,10");
  row("size with trailing text", "a.svs --snapshot o.png --size 100x100x3");
  row("size too small", "a.svs --snapshot o.png --size 1x1");
  row("size too large", "a.svs --snapshot o.png --size 99999x99999");
  row("snapshot and report", "a.svs --snapshot o.png --report o.pdf");
  row("option without value", "a.svs --gene");
  row("pixels of no size", "a.svs --mpp 0");
  row("pixel size in words", "a.svs --mpp small");
}

void ProgramTest::wrongCallsEndWithStatus2AndTheUsage() {
  QFETCH(QStringList, words);
  const Ended ended = call(words);
  QCOMPARE(ended.status, 2);
  QVERIFY2(ended.said.contains(QStringLiteral("Usage: geneglass")), qPrintable(ended.said));
}

void ProgramTest::refusedFilesEndWithStatus1AndASentence_data() {
  QTest::addColumn<QStringList>("more");
  QTest::newRow("window") << QStringList();
  QTest::newRow("snapshot") << QStringList{QStringLiteral("--snapshot"), QStringLiteral("never.png")};
  QTest::newRow("report") << QStringList{QStringLiteral("--report"), QStringLiteral("never.pdf")};
}

void ProgramTest::refusedFilesEndWithStatus1AndASentence() {
  QFETCH(QStringList, more);
  const Ended ended = call(QStringList{QStringLiteral("/nowhere/absent.svs")} + more);
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.contains(QStringLiteral("/nowhere/absent.svs")), qPrintable(ended.said));
  QCOMPARE(ended.said.trimmed().count(QLatin1Char('\n')), 0);
  QVERIFY(!QFile::exists(QStringLiteral("never.png")) && !QFile::exists(QStringLiteral("never.pdf")));
}

void ProgramTest::aPipeIsNotWaitedOn() {
  QFETCH(QStringList, more);
  const QTemporaryDir folder;
  const QString pipe = folder.filePath(QStringLiteral("pipe.svs"));
  QCOMPARE(mkfifo(qPrintable(pipe), 0600), 0);
  const Ended ended = call(QStringList{pipe} + more);
  QCOMPARE(ended.said, QStringLiteral("Cannot open '%1': it is a pipe, not a file.\n").arg(pipe));
  QCOMPARE(ended.status, 1);
}

void ProgramTest::aMissingModelEndsWithStatus1AndNamesIt() {
  const Ended ended = call({QStringLiteral("--model"), QStringLiteral("/nowhere/model")});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.contains(QStringLiteral("/nowhere/model")), qPrintable(ended.said));
}

void ProgramTest::withoutAScreenItEndsWithStatus1AndASentence() {
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.remove(QStringLiteral("DISPLAY"));
  environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
  const Ended ended = call({}, environment);
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.contains(QStringLiteral("Geneglass cannot open a window")), qPrintable(ended.said));
}

void ProgramTest::aSnapshotOfTheSlideIsDrawn() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("snapshot.png"));
  const Ended ended = call({QString::fromStdString(slide.string()), QStringLiteral("--snapshot"), file,
                            QStringLiteral("--size"), QStringLiteral("800x600")});
  QVERIFY2(ended.status == 0, qPrintable(ended.said));
  const QImage picture(file);
  QCOMPARE(picture.width(), 800);
  QVERIFY(picture.height() >= 600);
}

void ProgramTest::aRegionOutsideTheSlideIsRefused() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  const QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("snapshot.png"));
  const Ended ended = call({QString::fromStdString(slide.string()), QStringLiteral("--snapshot"), file,
                            QStringLiteral("--region"), QStringLiteral("90000,90000,100,100")});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.contains(QStringLiteral("CMU-1-Small-Region.svs")), qPrintable(ended.said));
  QVERIFY(!QFile::exists(file));
}

}  // namespace geneglass

QTEST_GUILESS_MAIN(geneglass::ProgramTest)
#include "program_test.moc"
