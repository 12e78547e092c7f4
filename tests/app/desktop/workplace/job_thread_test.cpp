// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/job_thread.h"

#include <QtTest>
#include <future>
#include <new>
#include <stdexcept>
#include <system_error>

#include "tests/support/test_program.h"

namespace geneglass::job_thread_test {

class JobThreadTest final : public QObject {
  Q_OBJECT

  /// What is told of a job that throws so, by a thread that goes on with the next job.
  template <typename Thrown>
  static QString toldOf(const Thrown& thrown) {
    std::promise<std::string> told, after;
    JobThread thread;
    thread.add([&thrown] { throw thrown; }, [&told](const std::string& reason) { told.set_value(reason); });
    thread.add([&after] { after.set_value("went on"); }, {});
    const std::string reason = told.get_future().get();
    return after.get_future().get() == "went on" ? QString::fromStdString(reason) : QString();
  }

 private Q_SLOTS:
  void whatAJobThrowsIsToldAndTheNextJobRuns() {
    QCOMPARE(toldOf(std::bad_alloc()), QStringLiteral("there is not enough memory"));
    QCOMPARE(toldOf(std::runtime_error("the share is gone")), QStringLiteral("the share is gone"));
    QCOMPARE(toldOf(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again))),
             QStringLiteral("Resource temporarily unavailable"));
    QCOMPARE(toldOf(42), QStringLiteral("the reason is unknown"));
  }

  void aJobThatThrowsWithNobodyToTellEndsNothing() {
    std::promise<void> after;
    JobThread thread;
    thread.add([] { throw std::bad_alloc(); }, {});
    thread.add([&after] { after.set_value(); }, {});
    QCOMPARE(after.get_future().wait_for(std::chrono::minutes(1)), std::future_status::ready);
  }

  void anErrorThatCannotBeToldEndsNothing() {
    std::promise<void> after;
    JobThread thread;
    thread.add([] { throw std::bad_alloc(); }, [](const std::string&) { throw std::bad_alloc(); });
    thread.add([&after] { after.set_value(); }, {});
    QCOMPARE(after.get_future().wait_for(std::chrono::minutes(1)), std::future_status::ready);
  }
};

}  // namespace geneglass::job_thread_test

GENEGLASS_TEST(geneglass::job_thread_test::JobThreadTest)
#include "job_thread_test.moc"
