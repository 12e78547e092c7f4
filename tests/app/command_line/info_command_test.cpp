// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/viewer/slide/formats/made_tiff.h"

namespace geneglass {

/// Calls the built program as a user does.
class InfoCommandTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsNoFileIsRefusedAtOnceWithItsReason_data();
  void whatIsNoFileIsRefusedAtOnceWithItsReason();
  void theFactsOfASlideAreOneObject();

 private:
  struct Ended {
    int status = -1;
    QByteArray wrote;
    QString said;  ///< on standard error
  };
  /// Status -1 where it did not end within a minute.
  static Ended info(const QStringList& words) {
    QProcess program;
    program.start(QStringLiteral(GENEGLASS_PROGRAM), QStringList{QStringLiteral("info")} + words);
    if (!program.waitForFinished(60000)) {
      program.kill();
      program.waitForFinished();
      return {};
    }
    return {program.exitCode(), program.readAllStandardOutput(),
            QString::fromUtf8(program.readAllStandardError())};
  }

  QTemporaryDir m_folder;
};

void InfoCommandTest::whatIsNoFileIsRefusedAtOnceWithItsReason_data() {
  QTest::addColumn<QString>("file");
  QTest::addColumn<QString>("reason");
  const QString pipe = m_folder.filePath(QStringLiteral("pipe.svs"));
  QCOMPARE(mkfifo(qPrintable(pipe), 0600), 0);
  QTest::newRow("pipe") << pipe << QStringLiteral("it is a pipe, not a file");
  QTest::newRow("device") << QStringLiteral("/dev/zero") << QStringLiteral("it is a device, not a file");
  QTest::newRow("folder") << m_folder.path() << QStringLiteral("it is a folder");
  QTest::newRow("nothing") << QStringLiteral("/nowhere/a.svs") << QStringLiteral("there is no such file");
}

void InfoCommandTest::whatIsNoFileIsRefusedAtOnceWithItsReason() {
  QFETCH(QString, file);
  QFETCH(QString, reason);
  const Ended ended = info({file, QStringLiteral("--json")});
  QCOMPARE(ended.said, QStringLiteral("Cannot open '%1': %2.\n").arg(file, reason));
  QCOMPARE(ended.status, 1);
  QCOMPARE(ended.wrote, QByteArray());
}

void InfoCommandTest::theFactsOfASlideAreOneObject() {
  const QString file = m_folder.filePath(QStringLiteral("made.tif"));
  testing::writeTiff(file.toStdString(), {});
  const Ended ended = info({file, QStringLiteral("--json"), QStringLiteral("--mpp"), QStringLiteral("0.5")});
  QVERIFY2(ended.status == 0, qPrintable(ended.said));
  const QJsonObject facts = QJsonDocument::fromJson(ended.wrote).object();
  QStringList keys = facts.keys();
  keys.sort();
  QCOMPARE(keys.join(QLatin1Char(' ')),
           QStringLiteral("associated_images bounds colour_profile colour_profile_refusal damage driver file "
                          "hash height levels mpp_origin mpp_x mpp_y objective_power vendor width"));
  QCOMPARE(facts[QLatin1String("file")].toString(), file);
  QCOMPARE(facts[QLatin1String("driver")].toString(), QStringLiteral("direct-tiff"));
  QCOMPARE(facts[QLatin1String("mpp_x")].toDouble(), 0.5);
  QCOMPARE(facts[QLatin1String("mpp_origin")].toString(), QStringLiteral("user"));
  QCOMPARE(facts[QLatin1String("hash")].toString().size(), 64);
}

}  // namespace geneglass

QTEST_GUILESS_MAIN(geneglass::InfoCommandTest)
#include "info_command_test.moc"
