// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/called_program.h"
#include "tests/support/test_files.h"

/// So that a comparison that fails shows both sentences.
template <>
inline char* QTest::toString(const std::string& text) {
  return qstrdup(text.c_str());
}

namespace geneglass::testing {

/// What a command works on and leaves: synthetic slides, a model, a cache of its own. Gone with the test.
class CommandFolder final {
 public:
  std::string path(const std::string& name = {}) const { return m_folder.path().toStdString() + "/" + name; }

  /// Paints NAME/synthetic-1-0001.tif and on, with NAME/cohort.csv.
  void paint(const std::string& name, int slides, int side = 2048) const;
  std::string slide(const std::string& name, int number) const {
    return path(name) + "/synthetic-1-000" + std::to_string(number) + ".tif";
  }

  Words slides(const std::string& name, int count) const;  ///< the first so many

  /// A package of random weights with tiles of so many pixels of 1 um; made once.
  std::string model(int tile = 64) const;

  /// Tables of 8 x 8 spots, 200 level-0 pixels apart, and of their counts of three genes.
  void writeSpots(const std::string& counts, const std::string& places) const;

  /// Writes the text; returns the file.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  QTemporaryDir m_folder;
};

/// The one JSON object that a text is; nothing else may stand beside it.
nlohmann::json jsonOf(const std::string& text);
nlohmann::json jsonOfFile(const std::string& file);

/// The keys of an object, in alphabetical order, between blanks.
std::string keysOf(const nlohmann::json& object);

/// The names of the files in a folder, in alphabetical order, between blanks.
std::string filesIn(const std::string& folder);

}  // namespace geneglass::testing

/// The call is wrong: exit status 2, the usage, nothing on standard output.
#define GENEGLASS_WRONG_CALL(words)                                                             \
  do {                                                                                          \
    const geneglass::testing::Ended wrong = geneglass::testing::call(words);                    \
    QCOMPARE(wrong.status, 2);                                                                  \
    QCOMPARE(wrong.output, std::string());                                                      \
    QVERIFY2(wrong.said.find("Usage: geneglass-cli") != std::string::npos, wrong.said.c_str()); \
  } while (false)

/// It could not: exit status 1, this sentence, nothing on standard output.
#define GENEGLASS_REFUSED(words, sentence)                                     \
  do {                                                                         \
    const geneglass::testing::Ended refused = geneglass::testing::call(words); \
    QCOMPARE(refused.said, std::string(sentence));                             \
    QCOMPARE(refused.status, 1);                                               \
    QCOMPARE(refused.output, std::string());                                   \
  } while (false)
