// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QTest>
#include <fstream>
#include <iterator>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::shell_scripts_test {

/// Lines of a script under pipefail that end a pipe before all is read: who still writes into it is ended by
/// a signal, or not, by chance, and the script fails with it.
static QStringList pipesEndedEarly(const QString& script) {
  static const QRegularExpression early(QStringLiteral(
      R"(\|\s*(head\b|grep\s+(-[a-zA-Z]+\s+)*(-[a-zA-Z]*[qm]|--quiet|--max-count)|sed\s+(-\w+\s+)*'?\d*q\b|awk\b.*\bexit\b))"));
  QStringList found;
  if (!script.contains(QStringLiteral("pipefail"))) return found;
  for (const QString& line : script.split(QLatin1Char('\n')))
    if (!line.trimmed().startsWith(QLatin1Char('#')) && line.contains(early)) found.append(line.trimmed());
  return found;
}

class ShellScriptsTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPipeThatIsEndedEarlyIsFound_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("early");
    const auto row = [](const char* line, bool early) {
      QTest::newRow(line) << QString::fromUtf8(line) << early;
    };
    row("sort -rn times | awk '$3 > 0 { print $3 }' | head", true);
    row("ls | head -n 1", true);
    row("ctest | grep -q passed", true);
    row("ctest | grep -E -m 1 passed", true);
    row("sort times | sed 10q", true);
    row("sort times | awk 'NR == 10 { exit }'", true);
    row("sort times | awk 'NR <= 10'", false);
    row("grep -q passed log", false);
    row("ctest | grep -o passed", false);
    row("head -n 1 log", false);
    row("# sort times | head", false);
  }

  void aPipeThatIsEndedEarlyIsFound() {
    QFETCH(QString, line);
    QFETCH(bool, early);
    QCOMPARE(pipesEndedEarly(QStringLiteral("set -euo pipefail\n") + line).size(), early ? 1 : 0);
    QCOMPARE(pipesEndedEarly(QStringLiteral("set -eu\n") + line).size(), 0);
  }

  void noScriptEndsAPipeEarly() {
    int scripts = 0;
    QStringList found;
    for (const char* folder : {".ci", "installer", "resources/workflows", "tests"})
      for (const auto& entry :
           std::filesystem::recursive_directory_iterator(geneglass::testing::sourceFolder() / folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream stream(entry.path());
        std::string first;
        if (!std::getline(stream, first) || !first.starts_with("#!") || first.find("sh") == std::string::npos)
          continue;
        ++scripts;
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        for (const QString& line : pipesEndedEarly(QString::fromStdString(text)))
          found.append(QString::fromStdString(entry.path().filename().string()) + QStringLiteral(": ") +
                       line);
      }
    QVERIFY2(scripts > 10, "the test must run on the project's scripts");
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
  }
};

}  // namespace geneglass::shell_scripts_test

GENEGLASS_TEST(geneglass::shell_scripts_test::ShellScriptsTest)
#include "shell_scripts_test.moc"
