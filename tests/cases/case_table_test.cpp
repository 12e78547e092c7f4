// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <set>

#include "tests/cases/case_readers.h"
#include "tests/cases/damage.h"
#include "tests/support/called_program.h"
#include "tests/support/sanitized.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::case_table_test {

using namespace geneglass::testing;

/// A row of a table: see tests/cases/README.md.
struct CaseRow {
  std::string name, input, damage, reader, says;

  /// The sentence of several, one a version of a library, that was said; else the first of them.
  [[nodiscard]] std::string expected(const std::string& said) const {
    constexpr std::string_view kOr = " | ";
    for (size_t at = 0; at <= says.size();) {
      const size_t end = std::min(says.find(kOr, at), says.size());
      if (says.substr(at, end - at) == said) return said;
      at = end + kOr.size();
    }
    return says.substr(0, says.find(kOr));
  }
};

std::vector<CaseRow> rowsOf(const std::filesystem::path& table) {
  std::vector<CaseRow> rows;
  std::ifstream stream(table);
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::vector<std::string> cells;
    for (size_t at = 0; at <= line.size();) {
      const size_t end = std::min(line.find('\t', at), line.size());
      cells.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    if (cells.size() != 5) throw std::runtime_error(table.string() + ": not five columns: " + line);
    rows.push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
  }
  return rows;
}

class CaseTableTest final : public QObject {
  Q_OBJECT

  static constexpr double kMostSeconds = 2;
  static constexpr int64_t kMostMebibytes = 300;

  std::vector<CaseRow> m_rows;
  double m_slowest = 0;
  int64_t m_largest = 0;

  /// A row's sentence, with the places in this machine's folders by words.
  static std::string withoutPlaces(std::string said, const std::filesystem::path& file) {
    for (const auto& [place, word] :
         {std::pair(file.string(), "FILE"), {file.parent_path().string(), "FOLDER"}})
      for (size_t at = said.find(place); at != std::string::npos; at = said.find(place, at))
        said.replace(at, place.size(), word);
    return said;
  }

  /// The words of a command, of which FILE and FOLDER are the damaged file and its folder.
  static std::string calling(const std::string& command, const std::filesystem::path& file) {
    Words words = wordsOf(command);
    for (std::string& word : words) {
      if (word == "FILE") word = file.string();
      if (word == "FOLDER") word = file.parent_path().string();
      if (word.starts_with('@')) word = dataFile(word.substr(1)).string();
    }
    const Ended ended = call(words, {{"GENEGLASS_CACHE", "/dev/null/none"}});
    return (ended.status == 1 ? "" : "status " + std::to_string(ended.status) + ": ") + ended.said;
  }

  static CaseOutcome outcomeOf(const CaseRow& row, const std::filesystem::path& file) {
    damage(file, row.damage);
    constexpr std::string_view kProgram = "cli ";
    if (row.reader.starts_with(kProgram)) return {calling(row.reader.substr(kProgram.size()), file), 0, 0};
    const auto reader = caseReaders().find(row.reader);
    if (reader == caseReaders().end()) throw std::runtime_error("there is no reader '" + row.reader + "'");
    return runCase(reader->second, file);
  }

 private Q_SLOTS:
  void initTestCase() {
    std::set<std::filesystem::path> tables;
    for (const auto& entry : std::filesystem::directory_iterator(sourceFolder() / "tests/cases"))
      if (entry.path().extension() == ".tsv") tables.insert(entry.path());
    for (const std::filesystem::path& table : tables)
      for (CaseRow& row : rowsOf(table)) m_rows.push_back(std::move(row));
  }

  void eachRowSaysWhatIsWrittenInIt_data() {
    QTest::addColumn<int>("index");
    std::set<std::string> names;
    for (size_t i = 0; i < m_rows.size(); ++i) {
      QVERIFY2(names.insert(m_rows[i].name).second, m_rows[i].name.c_str());
      QTest::newRow(m_rows[i].name.c_str()) << int(i);
    }
  }
  void eachRowSaysWhatIsWrittenInIt() {
    QFETCH(int, index);
    const CaseRow& row = m_rows[size_t(index)];
    const QTemporaryDir folder;
    const std::filesystem::path file = putInput(row.input, folder.path().toStdString());
    if (file.empty()) QSKIP("the real data are not there");
    CaseOutcome outcome;
    try {
      outcome = outcomeOf(row, file);
    } catch (const std::exception& error) {
      QFAIL(error.what());
    }
    const std::string said = withoutPlaces(outcome.said, file);
    if (const char* actual = std::getenv("GENEGLASS_CASES_ACTUAL"))
      std::ofstream(actual, std::ios::app)
          << row.name << '\t' << said << '\t' << outcome.seconds << '\t' << outcome.mebibytes << '\n';
    QCOMPARE(QString::fromStdString(said), QString::fromStdString(row.expected(said)));
    if (kSanitized) return;
    QVERIFY2(outcome.seconds <= kMostSeconds, qPrintable(QString::number(outcome.seconds)));
    QVERIFY2(outcome.mebibytes <= kMostMebibytes, qPrintable(QString::number(outcome.mebibytes)));
    m_slowest = std::max(m_slowest, outcome.seconds);
    m_largest = std::max(m_largest, outcome.mebibytes);
  }

  void thereAreManyCasesAndNoneIsSlow() {
    QVERIFY(m_rows.size() >= 400);
    if (kSanitized) QSKIP("a sanitizer's time and memory are not the readers'");
    qInfo("%zu cases, at most %.2f s and %lld MiB", m_rows.size(), m_slowest,
          static_cast<long long>(m_largest));
  }
};

}  // namespace geneglass::case_table_test

GENEGLASS_TEST(geneglass::case_table_test::CaseTableTest)
#include "case_table_test.moc"
