// SPDX-License-Identifier: GPL-3.0-or-later
// Kills an annotating session at random moments: GENEGLASS_KILLS times, 10 without it. A hundred take longer
// than Qt Test waits: QTEST_FUNCTION_TIMEOUT=1500000.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "app/desktop/case/case_file.h"
#include "tests/app/desktop/case/case_digest.h"
#include "tests/support/test_program.h"

namespace geneglass::case_kill_test {

struct State {
  long long number = 0;
  long long milliseconds = 0;
  int64_t head = 0;
  std::string digest;
};

/// What a session printed, and when it was killed.
struct Killed {
  std::map<long long, State> states;
  std::map<int64_t, std::string> digests;  ///< by the number of the step that is the head
  long long milliseconds = 0;
};

class CaseKillTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nothingOlderThanTwoSecondsIsLostAndAllCanBeUndone();

 private:
  void check(const std::filesystem::path& file, const Killed& killed, bool folds);
  long long m_worst = 0;  ///< milliseconds of work that was lost
  size_t m_undone = 0;
  int m_hot = 0;  ///< files whose last write was unfinished
};

Killed runAndKill(const std::filesystem::path& file, unsigned seed, int milliseconds, size_t kept) {
  QProcess session;
  session.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  session.start(QStringLiteral(GENEGLASS_PROGRAM),
                {QString::fromStdString(file.string()), QString::number(seed), QString::number(kept)});
  const bool stopped = session.waitForFinished(milliseconds);
  Killed killed;
  killed.milliseconds = testing::millisecondsNow();
  session.kill();
  if (!stopped) session.waitForFinished(60000);
  if (stopped) killed.milliseconds = -1;
  std::istringstream lines(session.readAllStandardOutput().toStdString());
  State state;
  killed.digests[0] = testing::digestOf(Case());
  while (lines >> state.number >> state.milliseconds >> state.head >> state.digest) {
    killed.states[state.number] = state;
    killed.digests[state.head] = state.digest;
  }
  return killed;
}

void CaseKillTest::nothingOlderThanTwoSecondsIsLostAndAllCanBeUndone() {
  const int kills = std::max(1, qEnvironmentVariableIntValue("GENEGLASS_KILLS"));
  const int runs = qEnvironmentVariableIsSet("GENEGLASS_KILLS") ? kills : 10;
  std::mt19937 random(14);
  for (int run = 0; run < runs; ++run) {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("made.geneglass")).toStdString();
    const bool folds = run % 2 == 1;
    const int milliseconds = std::uniform_int_distribution<int>(300, 6000)(random);
    const Killed killed = runAndKill(file, unsigned(run), milliseconds, folds ? 20 : 100000);
    QVERIFY2(killed.milliseconds > 0, "the session ended by itself");
    const std::filesystem::path journal = file.string() + "-journal";
    std::ifstream opened(journal);
    m_hot += opened.get() > 0;  // the first byte of one that is done with is 0
    check(file, killed, folds);
    if (QTest::currentTestFailed()) return;
  }
  qInfo(
      "%d kills: at most %lld ms of work lost, %zu steps undone to the beginning, %d unfinished writes taken "
      "back",
      runs, m_worst, m_undone, m_hot);
}

void CaseKillTest::check(const std::filesystem::path& file, const Killed& killed, bool folds) {
  const auto newest = killed.states.empty() ? State() : killed.states.rbegin()->second;
  const bool isThere = std::filesystem::exists(file) && std::filesystem::file_size(file) > 0;
  Case document;
  if (isThere || std::filesystem::exists(file.string() + "-journal")) {
    if (auto opened = CaseFile::open(file))
      document.take(opened->content, annotationsAt(opened->content));
    else
      QVERIFY2(!isThere || std::filesystem::file_size(file) == 0, opened.error().sentence.c_str());
  }
  const long long state = std::atoll(document.entry("state").c_str());
  for (const auto& [number, missed] : killed.states)
    if (number > state) {
      m_worst = std::max(m_worst, killed.milliseconds - missed.milliseconds);
      break;
    }
  QVERIFY2(m_worst < 2000, qPrintable(QString::number(m_worst)));
  const auto isState = [&](long long number) {
    const auto known = killed.states.find(number);
    return known != killed.states.end() && known->second.head == document.content().head &&
           known->second.digest == testing::digestOf(document);
  };
  // The step of the next state may be there without its number; that of the last may not have been printed.
  QVERIFY(state == 0 || state >= newest.number || isState(state) || isState(state + 1));
  const std::string there = testing::digestOf(document);
  int undone = 0;
  while (document.canUndo()) {
    document.undo();
    ++undone;
    if (const auto known = killed.digests.find(document.content().head); known != killed.digests.end())
      QCOMPARE(testing::digestOf(document), known->second);
  }
  m_undone += size_t(undone);
  if (!folds) QCOMPARE(document.content().head, int64_t(0));
  if (!folds) QVERIFY(document.annotations()->all().empty());
  for (; undone > 0; --undone) document.redo();
  QCOMPARE(testing::digestOf(document), there);
}

}  // namespace geneglass::case_kill_test

GENEGLASS_TEST(geneglass::case_kill_test::CaseKillTest)
#include "case_kill_test.moc"
