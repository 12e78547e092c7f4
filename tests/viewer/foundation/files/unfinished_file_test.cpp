// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/unfinished_file.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/part_file.h"

namespace geneglass::unfinished_file_test {

namespace fs = std::filesystem;

class UnfinishedFileTest final : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;

  fs::path file(const char* name) const { return m_folder->path().toStdString() + "/" + name; }
  int notes() const {
    return static_cast<int>(QDir(m_folder->filePath(QStringLiteral("cache"))).count()) - 2;
  }

  /// Another program that began to write `name`; it has begun when this returns.
  pid_t writing(const char* name) const {
    int begun[2];
    if (pipe(begun) != 0) return -1;
    const pid_t child = fork();
    if (child == 0) {
      PartFile part(file(name));
      part.append("half", 4);
      (void)!write(begun[1], "x", 1);
      while (true) pause();
    }
    char word = 0;
    (void)!read(begun[0], &word, 1);
    close(begun[0]);
    close(begun[1]);
    return child;
  }
  static void end(pid_t program) {
    kill(program, SIGKILL);
    waitpid(program, nullptr, 0);
  }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("GENEGLASS_CACHE", m_folder->filePath(QStringLiteral("cache")).toUtf8());
  }
  void cleanup() { qunsetenv("GENEGLASS_CACHE"); }

  void whatAKilledProgramLeftIsRemoved() {
    const pid_t program = writing("a.png");
    end(program);
    QVERIFY(fs::exists(file("a.png.1.part")));
    QCOMPARE(removeUnfinishedFiles(), 1);
    QVERIFY(!fs::exists(file("a.png.1.part")) && notes() == 0);
    QCOMPARE(removeUnfinishedFiles(), 0);
  }

  void theNextSaveRemovesItToo() {
    end(writing("a.png"));
    PartFile other(file("b.png"));
    QVERIFY(!fs::exists(file("a.png.1.part")));
    QVERIFY(other.finish());
    QCOMPARE(notes(), 0);
  }

  void whatIsBeingWrittenStays() {
    const pid_t program = writing("a.png");
    QCOMPARE(removeUnfinishedFiles(), 0);
    QCOMPARE(testing::bytesOfFile(file("a.png.1.part")), std::string("half"));
    end(program);
    PartFile own(file("b.png"));
    QCOMPARE(removeUnfinishedFiles(), 0);
    QVERIFY(fs::exists(file("b.png.1.part")));
  }

  void whatAnotherProgramPutThereStays() {
    std::ofstream(file("c.pdf.1.part")) << "a browser's";
    end(writing("a.png"));
    std::ofstream(file("other")) << "mine";
    fs::rename(file("other"), file("a.png.1.part"));
    QCOMPARE(removeUnfinishedFiles(), 0);
    QCOMPARE(testing::bytesOfFile(file("a.png.1.part")), std::string("mine"));
    QCOMPARE(testing::bytesOfFile(file("c.pdf.1.part")), std::string("a browser's"));
    QCOMPARE(notes(), 0);
  }

  void aNoteThatIsNoneHarmsNothing() {
    fs::create_directory(file("cache"));
    std::ofstream(file("cache") / "1-1.unfinished") << "no note";
    std::ofstream(file("cache") / "1-2.unfinished") << "";
    std::ofstream(file("cache") / "kept.h5") << "features";
    QCOMPARE(removeUnfinishedFiles(), 0);
    QCOMPARE(notes(), 1);
  }

  void withoutACacheFilesAreWrittenAllTheSame() {
    qputenv("GENEGLASS_CACHE", "/proc/nowhere");
    PartFile part(file("a"));
    part.append("x", 1);
    QVERIFY(part.finish());
    QCOMPARE(testing::bytesOfFile(file("a")), std::string("x"));
  }
};

}  // namespace geneglass::unfinished_file_test

GENEGLASS_TEST(geneglass::unfinished_file_test::UnfinishedFileTest)
#include "unfinished_file_test.moc"
