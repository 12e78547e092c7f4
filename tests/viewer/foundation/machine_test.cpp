// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/machine.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/support/test_program.h"
#include "viewer/foundation/parallel.h"

namespace geneglass::machine_test {

namespace fs = std::filesystem;

class MachineTest : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;

  void put(const char* file, const char* text) const {
    const fs::path path = root() / file;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  fs::path root() const { return m_folder->path().toStdString(); }

 private Q_SLOTS:
  void init() { m_folder = std::make_unique<QTemporaryDir>(); }

  void aJobHasTheLeastOfWhatItsGroupsGrant() {
    put("cpu.max", "max 100000\n");
    put("slurm/cpu.max", "800000 100000\n");
    put("slurm/job7/cpu.max", "250000 100000\n");
    put("slurm/memory.max", "8589934592\n");
    put("slurm/job7/memory.max", "max\n");
    const JobLimits limits = controlGroupLimits(root(), "0::/slurm/job7\n");
    QCOMPARE(limits.processors, std::optional(3));  // two and a half
    QCOMPARE(limits.memoryBytes, std::optional(uint64_t{8} << 30));
  }

  void groupsOfTheFirstVersionAreRead() {
    put("cpu/docker/cpu.cfs_quota_us", "150000");
    put("cpu/docker/cpu.cfs_period_us", "100000");
    put("memory/docker/memory.limit_in_bytes", "1073741824");
    const JobLimits limits =
        controlGroupLimits(root(), "5:cpu,cpuacct:/docker\n4:memory:/docker\n1:name=systemd:/docker\n");
    QCOMPARE(limits.processors, std::optional(2));
    QCOMPARE(limits.memoryBytes, std::optional(uint64_t{1} << 30));
  }

  void aLimitOfTheContainerIsSeenWhereItsPathIsNot() {
    put("memory.max", "2147483648");
    QCOMPARE(controlGroupLimits(root(), "0::/not/here\n").memoryBytes, std::optional(uint64_t{2} << 30));
  }

  void whatSaysNothingLimitsNothing_data() {
    QTest::addColumn<QByteArray>("processors");
    QTest::addColumn<QByteArray>("group");
    QTest::newRow("nothing there") << QByteArray() << QByteArray("0::/\n");
    QTest::newRow("no limit") << QByteArray("max 100000\n") << QByteArray("0::/\n");
    QTest::newRow("unlimited as -1") << QByteArray("-1 100000\n") << QByteArray("0::/\n");
    QTest::newRow("no period") << QByteArray("100000\n") << QByteArray("0::/\n");
    QTest::newRow("a period of 0") << QByteArray("100000 0\n") << QByteArray("0::/\n");
    QTest::newRow("letters") << QByteArray("many few\n") << QByteArray("0::/\n");
    QTest::newRow("another controller's group") << QByteArray("100000 100000\n") << QByteArray("7:pids:/\n");
    QTest::newRow("a line without groups") << QByteArray("100000 100000\n") << QByteArray("nonsense\n");
    QTest::newRow("no groups") << QByteArray("100000 100000\n") << QByteArray();
  }
  void whatSaysNothingLimitsNothing() {
    QFETCH(QByteArray, processors);
    QFETCH(QByteArray, group);
    if (!processors.isEmpty()) put("cpu.max", processors.constData());
    const JobLimits limits = controlGroupLimits(root(), group.toStdString());
    QVERIFY(!limits.processors && !limits.memoryBytes);
  }

  void aSlurmTaskHasItsProcessors() {
    QCOMPARE(slurmProcessors("3"), std::optional(3));
    for (const char* none : {static_cast<const char*>(nullptr), "", "0", "-2", "all"})
      QVERIFY(!slurmProcessors(none));
  }

  void threadsAreThoseOfTheMachineWhereNoneAreAskedFor() {
    QCOMPARE(threadCount(0), thisMachine().processors);
    QCOMPARE(threadCount(7), 7);
    QVERIFY(thisMachine().processors >= 1);
  }
};

}  // namespace geneglass::machine_test

GENEGLASS_TEST(geneglass::machine_test::MachineTest)
#include "machine_test.moc"
