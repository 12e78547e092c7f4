// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faulty_call.h"
#include "tests/support/test_program.h"

namespace geneglass::refused_memory_test {

using namespace geneglass::testing;

/// Memory is refused at one place of a command after another: at some of them, evenly spread; sweep.py goes
/// over all.
class RefusedMemoryTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  static constexpr int kPlaces = 16;

  Words predict() const {
    return {"predict", m_folder.slide("slides", 1), "--model",   m_folder.model(64),
            "--out",   m_folder.path("out"),        "--threads", "1"};
  }
  std::string predictionFile() const { return m_folder.path("out/synthetic-1-0001.prediction.json"); }

  Ended callWith(const Words& words, const std::string& schedule) const {
    startAnew(m_folder);
    return callProgram(GENEGLASS_PROGRAM, words, faulty(m_folder, {{"FAULTS_MEMORY", schedule}}));
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 1, 1536); }

  void aCommandEndsRightOrInASentence_data() {
    QTest::addColumn<QString>("count");
    QTest::newRow("one allocation") << "1";
    QTest::newRow("all from one on") << "0";
  }

  void aCommandEndsRightOrInASentence() {
    QFETCH(QString, count);
    QCOMPARE(callWith(predict(), "1024:0:1").status, 0);
    const uint64_t places = faultCounts(m_folder)[0];
    QVERIFY(places > kPlaces);
    const nlohmann::json whole = jsonOfFile(predictionFile());
    int refused = 0;
    for (uint64_t i = 0; i < kPlaces; ++i) {
      const std::string place = std::to_string(1 + i * (places - 2) / (kPlaces - 1));
      const Ended ended = callWith(predict(), "1024:" + place + ":" + count.toStdString());
      if (ended.status == 0) {
        QVERIFY2(saysTheSame(whole, jsonOfFile(predictionFile())), place.c_str());
      } else {
        QVERIFY2(ended.status == 1, (place + ": status " + std::to_string(ended.status)).c_str());
        QVERIFY2(isSentence(ended.said), (place + ": " + ended.said).c_str());
        ++refused;
      }
    }
    QVERIFY(refused > 0);
  }

  /// OpenSlide and libtiff go on with fewer levels, or without a pixel size.
  void aSlideIsOpenedWholeOrRefused() {
    const auto info = [&](uint64_t place) {
      startAnew(m_folder);
      return callProgram(GENEGLASS_PROGRAM, {"info", m_folder.slide("slides", 1)},
                         faulty(m_folder, {{"FAULTS_MEMORY", "1024:" + std::to_string(place) + ":1"}}));
    };
    const Ended whole = info(0);
    QCOMPARE(whole.status, 0);
    const uint64_t places = faultCounts(m_folder)[0];
    QVERIFY(places > 60);
    int refused = 0;
    for (uint64_t place = 1; place <= places; place += 2) {
      const Ended ended = info(place);
      const std::string at = std::to_string(place) + ": " + ended.said;
      if (ended.status == 0)
        QVERIFY2(ended.output == whole.output, at.c_str());
      else
        QVERIFY2(ended.status == 1 && isSentence(ended.said), at.c_str());
      refused += ended.status;
    }
    QVERIFY(refused > 0);
  }

  /// Under a limit of addresses, from what libraries need at least to what suffices.
  void aNarrowLimitOfAddressesIsASentence() {
    for (const int mib : {500, 700, 800, 1000, 1500}) {
      startAnew(m_folder);
      std::string words;
      for (const std::string& word : predict()) words += " '" + word + "'";
      const Ended ended = callProgram(
          "/bin/sh",
          {"-c", "ulimit -v " + std::to_string(mib * 1024) + "; exec \"$0\"" + words, GENEGLASS_PROGRAM},
          {{"GENEGLASS_CACHE", m_folder.path("cache")}});
      if (ended.status != 0)
        QVERIFY2(ended.status == 1 && isSentence(ended.said),
                 (std::to_string(mib) + " MiB, status " + std::to_string(ended.status) + ": " + ended.said)
                     .c_str());
    }
  }
};

}  // namespace geneglass::refused_memory_test

GENEGLASS_TEST(geneglass::refused_memory_test::RefusedMemoryTest)
#include "refused_memory_test.moc"
