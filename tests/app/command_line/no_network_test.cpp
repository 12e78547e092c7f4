// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/no_network.h"
#include "tests/support/test_program.h"

namespace geneglass::no_network_test {

using namespace geneglass::testing;

/// Commands under a kernel that ends them at their first socket of a network.
class NoNetworkTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  static int status(const std::string& program, const Words& words) {
    QProcess process;
    process.setChildProcessModifier([] {
      if (!endAtFirstNetwork()) ::_exit(99);
    });
    QStringList list;
    for (const std::string& word : words) list << QString::fromStdString(word);
    process.start(QString::fromStdString(program), list);
    if (!process.waitForFinished(120'000)) return -1;
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 1); }

  void theKernelEndsWhatOpensOne() {
    QCOMPARE(status("/bin/bash", {"-c", "exit 7"}), 7);
    QCOMPARE(status("/bin/bash", {"-c", "exec 3<>/dev/tcp/127.0.0.1/9"}), -2);
  }

  void noCommandReachesANetwork() {
    const std::string slide = m_folder.slide("slides", 1), out = m_folder.path("out");
    for (const Words& words : {Words{"info", slide}, Words{"models"}, Words{"cache"},
                               Words{"predict", slide, "--model", m_folder.model(), "--out", out},
                               Words{"extract", slide, "--model", m_folder.model(), "--out", out}})
      QCOMPARE(status(GENEGLASS_PROGRAM, words), 0);
  }
};

}  // namespace geneglass::no_network_test

GENEGLASS_TEST(geneglass::no_network_test::NoNetworkTest)
#include "no_network_test.moc"
