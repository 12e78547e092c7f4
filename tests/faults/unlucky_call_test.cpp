// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <array>
#include <memory>

#include "tests/faults/faulty_call.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::unlucky_call_test {

using namespace geneglass::testing;

/// Decoders that crash, a clock that jumps, two programs at once.
class UnluckyCallTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words predict(const std::string& out, int slides = 1) const {
    return Words{"predict"} + m_folder.slides("slides", slides) +
           Words{"--model", m_folder.model(16), "--out", m_folder.path(out), "--threads", "1"};
  }

  /// And nothing else lies there.
  void checkWhole() const {
    QCOMPARE(filesIn(m_folder.path("out")),
             std::string("synthetic-1-0001.maps.h5 synthetic-1-0001.prediction.json"));
    QVERIFY(!jsonOfFile(m_folder.path("out/synthetic-1-0001.prediction.json")).is_discarded());
    const Result<void> read =
        readHdf5(m_folder.path("out/synthetic-1-0001.maps.h5"), [](H5::H5File& file) -> Result<void> {
          return file.getNumObjs() > 0 ? Result<void>() : fail("empty");
        });
    QVERIFY2(read, read ? "" : read.error().sentence.c_str());
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 2, 1536); }

  void aDecoderThatCrashesIsASentence_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("says");
    QTest::newRow("abort") << "abort"
                           << "crashed (Aborted)";
    QTest::newRow("segv") << "segv"
                          << "crashed (Segmentation fault)";
  }

  void aDecoderThatCrashesIsASentence() {
    QFETCH(QString, what);
    QFETCH(QString, says);
    for (const char* function : {"TIFFClientOpen", "jpeg_read_header", "jpeg_start_decompress"}) {
      startAnew(m_folder);
      const Ended ended =
          callProgram(GENEGLASS_PROGRAM, predict("out"),
                      faulty(m_folder, {{"FAULTS_DECODER", function + (':' + what.toStdString())}}));
      QCOMPARE(ended.status, 1);
      QCOMPARE(ended.said, "Cannot open '" + m_folder.slide("slides", 1) + "': what reads it " +
                               says.toStdString() + "; the file is damaged, or not what it says it is.");
    }
  }

  /// As HDF5 does where it gets no memory for a number of its own.
  void aLibraryThatEndsTheProgramIsASentence() {
    startAnew(m_folder);
    const Ended ended = callProgram(GENEGLASS_PROGRAM, predict("out"),
                                    faulty(m_folder, {{"FAULTS_DECODER", "H5Fcreate:exit"}}));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said,
             std::string("Geneglass had to end: a library gave up. Where memory is short, that is why."));
  }

  void aClockThatJumpsChangesNothing_data() {
    QTest::addColumn<QString>("jump");
    QTest::newRow("a day back") << "-86400";
    QTest::newRow("a year on") << "31536000";
    QTest::newRow("before 1970") << "-2000000000";
  }

  void aClockThatJumpsChangesNothing() {
    QFETCH(QString, jump);
    startAnew(m_folder);
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, predict("out"), faulty(m_folder, {})).status, 0);
    const nlohmann::json whole = jsonOfFile(m_folder.path("out/synthetic-1-0001.prediction.json"));
    for (const char* reading : {"1", "5", "40"}) {
      startAnew(m_folder);
      const Ended ended =
          callProgram(GENEGLASS_PROGRAM, predict("out"),
                      faulty(m_folder, {{"FAULTS_CLOCK", jump.toStdString() + ":" + reading}}));
      QVERIFY2(ended.status == 0, ended.said.c_str());
      const nlohmann::json made = jsonOfFile(m_folder.path("out/synthetic-1-0001.prediction.json"));
      QVERIFY(saysTheSame(whole, made));
      for (const auto& [part, seconds] : made["seconds"].items())
        QVERIFY2(seconds >= 0 && seconds < 1000, part.c_str());
    }
  }

  void twoCallsWithOneCacheGiveWhatOneGives() {
    startAnew(m_folder);
    const Variables kept{{"GENEGLASS_CACHE", m_folder.path("cache")}};
    std::array<std::unique_ptr<CalledProgram>, 3> calls;
    for (size_t i = 0; i < calls.size(); ++i)
      calls[i] = std::make_unique<CalledProgram>(GENEGLASS_PROGRAM, predict("out" + std::to_string(i)), kept);
    for (const auto& called : calls) QCOMPARE(called->ended().status, 0);
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, predict("out"), {{"GENEGLASS_CACHE", "/dev/null/none"}}).status,
             0);
    const nlohmann::json alone = jsonOfFile(m_folder.path("out/synthetic-1-0001.prediction.json"));
    for (const char* out : {"out0", "out1", "out2"})
      QVERIFY(saysTheSame(alone, jsonOfFile(m_folder.path(out) + "/synthetic-1-0001.prediction.json")));
    const Ended after = callProgram(GENEGLASS_PROGRAM, predict("out"), kept);
    QCOMPARE(after.status, 0);
    QVERIFY(saysTheSame(alone, jsonOfFile(m_folder.path("out/synthetic-1-0001.prediction.json"))));
  }

  void aSecondCallIntoOneFolderIsRefusedWhileTheFirstIsAtIt() {
    startAnew(m_folder);
    const Variables kept{{"GENEGLASS_CACHE", m_folder.path("cache")}};
    CalledProgram first(GENEGLASS_PROGRAM, predict("out") + Words{"--progress", "jsonl"}, kept);
    QVERIFY(first.hasSaid(R"("state":"begun")"));
    first.hold();
    const Ended second = callProgram(GENEGLASS_PROGRAM, predict("out") + Words{"--stride", "8"}, kept);
    QCOMPARE(second.status, 1);
    const QRegularExpression sentence(
        QStringLiteral(
            "^'%1' is being worked on by process %2 on .+ since 20.+Z, into the same folder: wait for "
            "it, or where it is gone remove '%3'\\.$")
            .arg(QRegularExpression::escape(QString::fromStdString(m_folder.slide("slides", 1))))
            .arg(first.process())
            .arg(QRegularExpression::escape(
                QString::fromStdString(m_folder.path("out/synthetic-1-0001.predict.claim")))));
    QVERIFY2(sentence.match(QString::fromStdString(second.said)).hasMatch(), second.said.c_str());
    first.goOn();
    QCOMPARE(first.ended().status, 0);
    checkWhole();
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, predict("out"), kept).status, 0);
    checkWhole();
  }

  /// Whichever came first, or both: each of six times.
  void twoCallsIntoOneFolderLeaveWholeFiles() {
    for (int round = 0; round < 6; ++round) {
      startAnew(m_folder);
      std::array<std::unique_ptr<CalledProgram>, 2> calls;
      for (auto& called : calls)
        called = std::make_unique<CalledProgram>(GENEGLASS_PROGRAM, predict("out"),
                                                 Variables{{"GENEGLASS_CACHE", m_folder.path("cache")}});
      int fine = 0;
      for (const auto& called : calls) {
        const Ended ended = called->ended();
        fine += ended.status == 0;
        QVERIFY2(ended.status == 0 ||
                     (ended.status == 1 && ended.said.find("is being worked on by ") != std::string::npos),
                 ended.said.c_str());
      }
      QVERIFY(fine > 0);
      checkWhole();
    }
  }

  void whatAKilledCallLeftIsGoneAfterTheNext() {
    startAnew(m_folder);
    const Variables kept{{"GENEGLASS_CACHE", m_folder.path("cache")}};
    {
      CalledProgram killed(GENEGLASS_PROGRAM, predict("out") + Words{"--progress", "jsonl"}, kept);
      QVERIFY(killed.hasSaid(R"("state":"begun")"));
    }
    for (const char* name :
         {"maps.h5.1.part", "maps.h5.3.part", "prediction.json.2.part", "prediction.json.hotspots.1.part"})
      m_folder.write(std::string("out/synthetic-1-0001.") + name, "half");
    QVERIFY(std::filesystem::exists(m_folder.path("out/synthetic-1-0001.predict.claim")));
    QCOMPARE(callProgram(GENEGLASS_PROGRAM, predict("out"), kept).status, 0);
    checkWhole();
  }
};

}  // namespace geneglass::unlucky_call_test

GENEGLASS_TEST(geneglass::unlucky_call_test::UnluckyCallTest)
#include "unlucky_call_test.moc"
