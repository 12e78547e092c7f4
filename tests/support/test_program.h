// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QtCore/QCoreApplication>

// GENEGLASS_TEST(geneglass::tile_cache_test::TileCacheTest), before the file's moc, puts the class among the
// tests of its program under the name of its file: `slide_tests tile_cache_test [options of Qt Test]` runs
// it, with a QCoreApplication.
#define GENEGLASS_TEST(Test) template class geneglass::testing::RegisteredTest<Test, QCoreApplication>;

namespace geneglass::testing {

/// Runs one test by the words of its command line, the test's name the first; gives the process's exit
/// status.
using RunTest = int (*)(int count, char** words);

/// Called before main().
bool registerTest(const QMetaObject& test, RunTest run);

template <typename Test, typename Application>
class RegisteredTest final {
  static int run(int count, char** words) {
    QTest::Internal::callInitMain<Test>();
    Application application(count, words);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi);
    Test test;
    return QTest::qExec(&test, count, words);
  }
  static const bool registered;
};

template <typename Test, typename Application>
const bool RegisteredTest<Test, Application>::registered = registerTest(Test::staticMetaObject, &run);

}  // namespace geneglass::testing
