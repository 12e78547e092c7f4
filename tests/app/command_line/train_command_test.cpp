// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::train_command_test {

using namespace geneglass::testing;

/// `geneglass-cli train`, called as a user calls it.
class TrainCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;
  std::string m_cohort;

  Words train(const std::string& out, const Words& more = {}) const {
    return Words{"train",     m_cohort,
                 "--recipe",  "geneglass",
                 "--folds",   "3",
                 "--encoder", m_folder.model(),
                 "--out",     m_folder.path(out),
                 "--bags",    m_folder.path("bags"),
                 "--threads", "1"} +
           more;
  }

 private Q_SLOTS:
  void initTestCase() {
    m_folder.paint("slides", 6);
    // Of the whole panel two genes, so that it is soon done.
    std::ifstream all(m_folder.path("slides/cohort.csv"));
    std::string table;
    for (std::string line; std::getline(all, line);) {
      size_t end = 0;
      for (int comma = 0; comma < 5; ++comma) end = line.find(',', end) + 1;
      table += line.substr(0, end - 1) + "\n";
    }
    m_cohort = m_folder.write("slides/two.csv", table);
  }

  void itLeavesAPackageItsCurveAndTheBags() {
    const Ended ended = call(train("model"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QCOMPARE(ended.said, std::string());
    QVERIFY2(ended.output.find("\n" + m_folder.path("model") + " written, ") != std::string::npos,
             ended.output.c_str());
    QCOMPARE(filesIn(m_folder.path("model")),
             std::string("domain.h5 encoder.h5 folds.csv folds.h5 head.h5 manifest.json out-of-fold.json"));
    QVERIFY(std::filesystem::exists(m_folder.path("model.curve.csv")));
    QVERIFY(!std::filesystem::exists(m_folder.path("model.training")));
    QVERIFY(!filesIn(m_folder.path("bags")).empty());
    const Ended predicted = call({"predict", m_folder.slide("slides", 1), "--model", m_folder.path("model"),
                                  "--out", m_folder.path("out"), "--json"});
    QVERIFY2(predicted.status == 0, predicted.said.c_str());
  }

  void aPackageThatIsThereIsNotOverwritten() {
    std::filesystem::create_directories(m_folder.path("there"));
    const Ended ended = call(train("there"));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, std::string());
    QVERIFY2(ended.said.find("'" + m_folder.path("there") + "'") != std::string::npos, ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("there")), std::string());
  }

  void interruptedItLeavesNoPackageAndGoesOnToTheSameBytes() {
    CalledProgram running(GENEGLASS_PROGRAM, train("stopped"), {{"GENEGLASS_PROGRESS_LINES", "1"}});
    QVERIFY(running.hasSaid("fold 1 of 3"));
    running.interrupt();
    const Ended ended = running.ended();
    QCOMPARE(ended.status, 1);
    QVERIFY(!std::filesystem::exists(m_folder.path("stopped")));
    QCOMPARE(call(train("stopped")).status, 0);
    QVERIFY(bytesOfFile(m_folder.path("stopped/head.h5")) == bytesOfFile(m_folder.path("model/head.h5")));
  }

  void aCohortThatIsNoneIsRefused() {
    GENEGLASS_REFUSED(
        (Words{"train", "/nowhere.csv", "--recipe", "geneglass", "--out", m_folder.path("none")}),
        "Cannot open the cohort '/nowhere.csv'.");
    QVERIFY(!std::filesystem::exists(m_folder.path("none")));
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"train c.csv --out d", "train c.csv --recipe nonsense --out d",
                              "train c.csv --recipe geneglass --out d --folds 2",
                              "train c.csv --recipe geneglass --out d --add-to a --encoder b"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::train_command_test

GENEGLASS_TEST(geneglass::train_command_test::TrainCommandTest)
#include "train_command_test.moc"
