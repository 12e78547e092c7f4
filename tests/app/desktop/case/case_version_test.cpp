// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <random>

#include "app/desktop/case/case_place.h"
#include "app/desktop/case/case_rows.h"
#include "tests/app/desktop/case/case_digest.h"
#include "tests/app/desktop/case/made_case.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::case_version_test {

namespace fs = std::filesystem;

class CaseVersionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void anOlderFileIsBroughtUpAndKeptAsItWas();
  void whatIsWrittenToItAfterwardsHasSums();
  void anOlderFileThatCanOnlyBeReadIsReadAsItIs();
  void withoutACopyTheOlderFileStaysAsItIs();
  void anEarlierCopyIsNotOverwritten();
  void aChangedRowIsSaid_data();
  void aChangedRowIsSaid();
  void noChangedByteIsShown();

 private:
  fs::path path(const char* name = "made.geneglass") const {
    return fs::path(m_folder->path().toStdString()) / name;
  }
  QString sentenceOf(const char* form) const {
    return QString::fromUtf8(form)
        .replace(QStringLiteral("%1"), QString::fromStdString(path().string()))
        .replace(QStringLiteral("%2"), QString::fromStdString(path("made.version-1.geneglass").string()));
  }
  void run(const char* statements, const fs::path& file) const {
    auto database = Database::open(file, Database::Access::Write);
    const auto done = database->run(statements);
    QVERIFY2(done, done ? "" : done.error().sentence.c_str());
  }
  /// As the first version wrote it.
  void makeOld() const {
    for (const char* table : {"fact", "entry", "base", "step", "change"})
      run(("ALTER TABLE " + std::string(table) + " DROP COLUMN sum").c_str(), path());
    run("PRAGMA user_version = 1", path());
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  std::string m_digest;  ///< of the case that was written
};

std::string digestOf(const CaseContent& content) {
  Case document;
  document.take(content, annotationsAt(content));
  std::string all = testing::digestOf(document);
  for (; document.canUndo(); document.undo())
    all += document.undoText().toStdString() + testing::digestOf(document);
  const SlideIdentity& slide = content.slide;
  return all + slide.name + slide.hash + std::to_string(slide.size.width) + 'x' +
         std::to_string(slide.size.height);
}

void CaseVersionTest::init() {
  m_folder = std::make_unique<QTemporaryDir>();
  Case document;
  document.begin(testing::madeSlide());
  for (const char* id : {"a", "bb", "ccc"}) testing::draw(document, id);
  document.setBookmarks({{"here", {{7, 8}, 9, 0}}}, QStringLiteral("Add Bookmark"));
  document.undo();
  QVERIFY(CaseFile::create(path(), document.content()));
  m_digest = digestOf(document.content());
}

void CaseVersionTest::anOlderFileIsBroughtUpAndKeptAsItWas() {
  makeOld();
  {
    const auto opened = CaseFile::open(path());
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    QVERIFY(opened->file && digestOf(opened->content) == m_digest);
    QCOMPARE(QString::fromStdString(opened->remark),
             sentenceOf("The case '%1' was brought from version 1 to 2; as it was it is kept in '%2'."));
  }
  QCOMPARE(*Database::open(path(), Database::Access::Read)->number("PRAGMA user_version"), 2);
  auto kept = Database::open(path("made.version-1.geneglass"), Database::Access::Read);
  QCOMPARE(*kept->number("PRAGMA user_version"), 1);
  QCOMPARE(*kept->number("PRAGMA application_id"), kCaseMark);
  QCOMPARE(*kept->number("SELECT count(*) FROM pragma_table_info('base') WHERE name = 'sum'"), 0);
  const auto again = CaseFile::open(path());
  QVERIFY(again && again->remark.empty() && digestOf(again->content) == m_digest);
  QVERIFY(!fs::exists(path("made.version-1-2.geneglass")));
}

void CaseVersionTest::whatIsWrittenToItAfterwardsHasSums() {
  makeOld();
  {
    auto opened = CaseFile::open(path());
    Case document;
    document.take(opened->content, annotationsAt(opened->content));
    CaseChanges changes;
    connect(&document, &Case::changed, this, [&](const CaseChanges& made) { changes = made; });
    testing::draw(document, "dddd");
    QVERIFY(opened->file->write(changes));
    m_digest = digestOf(document.content());
  }
  const auto opened = CaseFile::open(path());
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(digestOf(opened->content), m_digest);
}

void CaseVersionTest::anOlderFileThatCanOnlyBeReadIsReadAsItIs() {
  makeOld();
  const auto folder = path("share");
  fs::create_directory(folder);
  fs::copy_file(path(), folder / "made.geneglass");
  fs::permissions(folder / "made.geneglass", fs::perms(0644));
  const std::string before = testing::bytesOfFile(folder / "made.geneglass");
  const testing::ReadOnlyFolder readOnly(m_folder->path().toStdString(), folder);
  const auto opened = CaseFile::open(folder / "made.geneglass");
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(!opened->file && digestOf(opened->content) == m_digest);
  QCOMPARE(testing::bytesOfFile(folder / "made.geneglass"), before);
}

/// Something lies where the copy would grow; the case is shown, and what is changed is kept elsewhere.
void CaseVersionTest::withoutACopyTheOlderFileStaysAsItIs() {
  makeOld();
  const std::string before = testing::bytesOfFile(path());
  fs::create_directories(path("made.version-1.geneglass.part") / "full");
  FoundCase found = findCase({path(), path("own.geneglass")}, testing::madeSlide());
  QVERIFY(!found.file && found.content && digestOf(*found.content) == m_digest);
  QVERIFY2(QString::fromStdString(found.remark)
               .startsWith(
                   sentenceOf("The case '%1' is of version 1 and can only be read, since no copy of it could "
                              "be kept: ")),
           found.remark.c_str());
  QVERIFY(QString::fromStdString(found.remark)
              .endsWith(QStringLiteral("What you change is kept in '%1'.")
                            .arg(QString::fromStdString(path("own.geneglass").string()))));
  QCOMPARE(testing::bytesOfFile(path()), before);
}

void CaseVersionTest::anEarlierCopyIsNotOverwritten() {
  makeOld();
  std::ofstream(path("made.version-1.geneglass")) << "mine";
  const auto opened = CaseFile::open(path());
  QVERIFY(opened && opened->file);
  QVERIFY(fs::exists(path("made.version-1-2.geneglass")));
  QCOMPARE(testing::bytesOfFile(path("made.version-1.geneglass")), std::string("mine"));
}

void CaseVersionTest::aChangedRowIsSaid_data() {
  QTest::addColumn<QByteArray>("statement");
  QTest::addColumn<QByteArray>("reason");
  QTest::newRow("annotation")
      << QByteArray("UPDATE change SET annotation = replace(annotation, '2', '3') WHERE step = 1")
      << QByteArray("1 of the rows of its table 'change' is not as it was written");
  QTest::newRow("step") << QByteArray("UPDATE step SET what = 'Draw Something' WHERE number < 3")
                        << QByteArray("2 of the rows of its table 'step' are not as they were written");
  QTest::newRow("slide") << QByteArray("UPDATE fact SET value = value + 1 WHERE key = 'slide.width'")
                         << QByteArray("1 of the rows of its table 'fact' is not as it was written");
  QTest::newRow("sum") << QByteArray("UPDATE fact SET sum = NULL WHERE key = 'head'")
                       << QByteArray("1 of the rows of its table 'fact' is not as it was written");
}

void CaseVersionTest::aChangedRowIsSaid() {
  QFETCH(QByteArray, statement);
  QFETCH(QByteArray, reason);
  run(statement.constData(), path());
  const std::string before = testing::bytesOfFile(path());
  const auto opened = CaseFile::open(path());
  QVERIFY(!opened);
  QCOMPARE(QString::fromStdString(opened.error().sentence),
           sentenceOf("Cannot open the case '%1': it is damaged and was left as it is (%2).")
               .replace(QString::fromStdString(path("made.version-1.geneglass").string()),
                        QString::fromUtf8(reason)));
  QCOMPARE(testing::bytesOfFile(path()), before);
}

/// Of 2,000 files in each of which one byte is another, none is shown as what it is not.
void CaseVersionTest::noChangedByteIsShown() {
  const std::string whole = testing::bytesOfFile(path());
  std::mt19937 random(5);
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = whole;
    const size_t place = random() % bytes.size();
    bytes[place] = static_cast<char>(bytes[place] ^ static_cast<char>(1 + random() % 255));
    const fs::path file = path("changed.geneglass");
    std::ofstream(file, std::ios::binary) << bytes;
    const auto opened = CaseFile::open(file);
    refused += !opened;
    if (opened) QVERIFY2(digestOf(opened->content) == m_digest, std::to_string(place).c_str());
  }
  QVERIFY2(refused > 50, std::to_string(refused).c_str());
}

}  // namespace geneglass::case_version_test

GENEGLASS_TEST(geneglass::case_version_test::CaseVersionTest)
#include "case_version_test.moc"
