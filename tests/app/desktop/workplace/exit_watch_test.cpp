// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/exit_watch.h"

#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include "tests/support/test_program.h"

namespace geneglass::exit_watch_test {

/// The exit status of a process that does this.
template <typename Job>
int statusOf(Job job) {
  const pid_t child = fork();
  if (child == 0) _exit(job());
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class ExitWatchTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProcessWhoseEndNeverComesEndsAllTheSame() {
    QCOMPARE(statusOf([] {
               const ExitWatch watch(7, std::chrono::milliseconds(20));
               while (true) pause();  // a destructor that joins a read which never answers
               return 0;
             }),
             7);
  }

  void oneThatEndsInTimeEndsAsItWould() {
    QCOMPARE(statusOf([] {
               { const ExitWatch watch(7, std::chrono::minutes(10)); }
               return 3;
             }),
             3);
  }
};

}  // namespace geneglass::exit_watch_test

GENEGLASS_TEST(geneglass::exit_watch_test::ExitWatchTest)
#include "exit_watch_test.moc"
