// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program.h"

#include <cstdio>
#include <map>
#include <string>

namespace geneglass::testing {
namespace {

std::map<std::string, RunTest>& registeredTests() {
  static std::map<std::string, RunTest> tests;
  return tests;
}

/// geneglass::TileCacheTest -> tile_cache_test.
std::string fileNameOf(const std::string& className) {
  std::string name;
  for (const char letter : className.substr(className.rfind(':') + 1)) {
    const bool capital = letter >= 'A' && letter <= 'Z';
    if (capital && !name.empty()) name += '_';
    name += capital ? char(letter - 'A' + 'a') : letter;
  }
  return name;
}

}  // namespace

bool registerTest(const QMetaObject& test, RunTest run) {
  return registeredTests().emplace(fileNameOf(test.className()), run).second;
}

}  // namespace geneglass::testing

int main(int count, char** words) {
  const auto& tests = geneglass::testing::registeredTests();
  const auto test = tests.find(count > 1 ? words[1] : "");
  if (test != tests.end()) return test->second(count - 1, words + 1);
  std::fprintf(stderr, "usage: %s TEST [options of Qt Test]; its tests:\n", words[0]);
  for (const auto& [name, run] : tests) std::fprintf(stderr, "  %s\n", name.c_str());
  return 2;
}
