// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::part_file_test {

class PartFileTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  QStringList left() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); }

 private Q_SLOTS:
  void cleanup() {
    for (const QString& name : left()) QFile::remove(m_folder.filePath(name));
  }

  void itIsThereOnceItIsWhole() {
    PartFile whole(file("a"));
    whole.append("one, ", 5);
    whole.append("three", 5);
    whole.writeAt(0, "ONE", 3);
    char read[3];
    QCOMPARE(whole.readAt(5, read, 3), size_t{3});
    QCOMPARE(std::string(read, 3), std::string("thr"));
    QCOMPARE(left(), QStringList{QStringLiteral("a.1.part")});
    QVERIFY(whole.finish());
    QCOMPARE(testing::bytesOfFile(file("a")), std::string("ONE, three"));
    QCOMPARE(left(), QStringList{QStringLiteral("a")});
  }

  void whatIsNotFinishedIsGoneAndTheOldFileStays() {
    std::ofstream(file("a")) << "older";
    {
      PartFile given(file("a"));
      given.append("new", 3);
      QVERIFY(given.state());
    }
    QCOMPARE(testing::bytesOfFile(file("a")), std::string("older"));
    QCOMPARE(left(), QStringList{QStringLiteral("a")});
  }

  void aFullDiskIsNamedOnceItIsFullAndLeavesNothing() {
    const testing::FullPlace full(4096);
    PartFile much(file("a"));
    const std::string page(4096, 'x');
    much.append(page.data(), page.size());
    QVERIFY(much.state());
    much.append(page.data(), page.size());
    const std::string sentence = "Cannot write '" + file("a").string() + "': File too large.";
    QCOMPARE(much.state().error().sentence, sentence);
    much.writeAt(0, "x", 1);
    QCOMPARE(much.finish().error().sentence, sentence);
    QCOMPARE(left(), QStringList());
  }

  void aFolderThatIsNotThereIsNamed() {
    PartFile nowhere("/nowhere/at/all/a");
    const std::string sentence = "Cannot write '/nowhere/at/all/a': No such file or directory.";
    QCOMPARE(nowhere.state().error().sentence, sentence);
    nowhere.append("x", 1);
    QCOMPARE(nowhere.finish().error().sentence, sentence);
  }

  void aFolderThatGoesWhileItIsWrittenIsNamed() {
    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("gone")));
    const std::filesystem::path lost = file("gone") / "a";
    PartFile given(lost);
    given.append("x", 1);
    QVERIFY(QDir(m_folder.filePath(QStringLiteral("gone"))).removeRecursively());
    QVERIFY(given.state());
    QCOMPARE(given.finish().error().sentence,
             "Cannot write '" + lost.string() + "': No such file or directory.");
    QVERIFY(!std::filesystem::exists(lost.parent_path()));
  }
};

}  // namespace geneglass::part_file_test

GENEGLASS_TEST(geneglass::part_file_test::PartFileTest)
#include "part_file_test.moc"
