// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/called_program.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::streams_test {

using namespace geneglass::testing;

/// Commands whose standard streams are closed or full, whose limits are narrow, and whose numbers are absurd.
class StreamsTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// By a shell, with what it does to the streams.
  Ended callBy(const std::string& words, const std::string& streams, const std::string& before = "") const {
    return callProgram("/bin/sh", {"-c", before + "exec \"$0\" " + words + " " + streams, GENEGLASS_PROGRAM});
  }
  std::string model() const { return (sourceFolder() / "resources/models/demonstration").string(); }

 private Q_SLOTS:
  void whereNobodyListensTheStatusSpeaks_data() {
    QTest::addColumn<QString>("streams");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("status");
    for (const char* streams : {"2>&-", "2>/dev/full", "2>&- <&-"}) {
      QTest::addRow("refused %s", streams) << streams << "info /nowhere/none.svs" << 1;
      QTest::addRow("usage %s", streams) << streams << "info --nothing" << 2;
      QTest::addRow("models %s", streams) << streams << "models" << 0;
    }
  }

  void whereNobodyListensTheStatusSpeaks() {
    QFETCH(QString, streams);
    QFETCH(QString, words);
    QFETCH(int, status);
    QCOMPARE(callBy(words.toStdString(), streams.toStdString()).status, status);
  }

  void outputThatIsLostIsNoSuccess() {
    for (const char* words : {"models", "--help", "--version", "cache --json"}) {
      const Ended full = callBy(words, ">/dev/full");
      QCOMPARE(full.status, 1);
      QVERIFY2(full.said.starts_with("Cannot write standard output: "), full.said.c_str());
      QCOMPARE(callBy(words, ">&-").status, 1);
    }
  }

  void aReaderThatHasGoneIsNoCrash() {
    const Ended ended =
        callProgram("/bin/bash", {"-c", "\"$0\" models | true; exit ${PIPESTATUS[0]}", GENEGLASS_PROGRAM});
    QVERIFY2(ended.status == 0 || ended.status == 1, ended.said.c_str());
  }

  void aNarrowLimitOfFilesIsASentence() {
    const Ended ended =
        callBy("synth --slides 1 --seed 1 --size 512x512 '" + path("synth") + "'", "", "ulimit -f 8; ");
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.ends_with("File too large."), ended.said.c_str());
  }

  void whatIsNoNumberOfThisWorldIsACallThatIsWrong_data() {
    QTest::addColumn<QString>("words");
    const std::string model = this->model();
    for (const char* mpp : {"0", "-1", "0.0001", "1e-9", "1e9", "nan", "inf", "-inf", "1e999", "x"})
      for (const char* command : {"info x.svs", "extract x.svs --out o --model m", "predict x.svs --out o"})
        QTest::addRow("%s --mpp %s", command, mpp)
            << QStringLiteral("%1 --mpp %2").arg(QLatin1String(command), QLatin1String(mpp));
    for (const char* stride : {"0", "-1", "1e-9", "nan", "inf", "1e300"})
      QTest::addRow("--stride %s", stride)
          << QStringLiteral("predict x.svs --out o --stride %1").arg(QLatin1String(stride));
    for (const char* threads : {"-1", "99999999999999999999", "nan", "1.5"})
      QTest::addRow("--threads %s", threads)
          << QStringLiteral("predict x.svs --out o --threads %1").arg(QLatin1String(threads));
    for (const char* size : {"0x0", "-1x-1", "-1x512", "512x0", "1e9x1e9", "nanxnan"})
      QTest::addRow("--size %s", size)
          << QStringLiteral("synth --slides 1 --seed 1 --size %1 o").arg(QLatin1String(size));
    for (const char* word : {"--slides 99999999999 --seed 1", "--slides -1 --seed 1",
                             "--slides 1 --seed 1 --normal nan", "--slides 1 --seed 1 --stain-shift inf"})
      QTest::addRow("synth %s", word) << QStringLiteral("synth o %1").arg(QLatin1String(word));
  }

  void whatIsNoNumberOfThisWorldIsACallThatIsWrong() {
    QFETCH(QString, words);
    const Ended ended = callBy(words.toStdString(), "");
    QCOMPARE(ended.status, 2);
    QVERIFY(!ended.said.empty());
  }

  void whatDoesNotHearThatItShallStopIsEnded() {
    const std::string pipe = path("pipe");
    const Ended ended =
        callProgram("/bin/bash", {"-c",
                                  "mkfifo '" + pipe + "'; \"$0\" subtype '" + pipe + "' --templates '" +
                                      pipe + "' & sleep 1; kill -TERM $!; wait $!",
                                  GENEGLASS_PROGRAM});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said,
             std::string("The command was stopped in the midst of its work; what was finished is kept."));
  }
};

}  // namespace geneglass::streams_test

GENEGLASS_TEST(geneglass::streams_test::StreamsTest)
#include "streams_test.moc"
