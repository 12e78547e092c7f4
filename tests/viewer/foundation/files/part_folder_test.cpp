// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_folder.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass::part_folder_test {

namespace fs = std::filesystem;

class PartFolderTest final : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;

  fs::path in(const char* name) const { return m_folder->path().toStdString() + "/" + name; }
  QString left() const {
    return QDir(m_folder->path())
        .entryList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name)
        .join(u' ');
  }
  static std::string refusalOf(const fs::path& folder) {
    const Result<PartFolder> begun = PartFolder::begin(folder);
    return begun ? std::string() : begun.error().sentence;
  }
  std::string cannotWrite(const char* name, const char* reason) const {
    return "Cannot write '" + in(name).string() + "': " + reason + ".";
  }

 private Q_SLOTS:
  /// Without a cache no notes help: the places alone tell.
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("GENEGLASS_CACHE", "/dev/null/none");
  }
  void cleanup() { qunsetenv("GENEGLASS_CACHE"); }

  void aFolderAppearsOnlyWhenItIsWhole() {
    Result<PartFolder> model = PartFolder::begin(in("above/model/"));
    QVERIFY(model);
    QCOMPARE(model->folder(), in("above/model"));
    const Result<fs::path> partial = model->path();
    QVERIFY(partial && writeText(*partial / "a", "x"));
    QVERIFY(!fs::exists(in("above/model")));
    QVERIFY(model->finish());
    QCOMPARE(testing::bytesOfFile(in("above/model/a")), std::string("x"));
    QCOMPARE(
        QDir(QString::fromStdString(in("above").string())).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{QStringLiteral("model")});
    QCOMPARE(refusalOf(in("above/model")),
             cannotWrite("above/model", "it exists already; remove it or choose another name"));
  }

  void whatIsNotFinishedIsRemoved() {
    {
      Result<PartFolder> model = PartFolder::begin(in("model"));
      QVERIFY(model && model->path() && writeText(*model->path() / "a", "x"));
      QCOMPARE(left(), QStringLiteral("model.1.part model.partial"));
    }
    QCOMPARE(left(), QString());
  }

  void aSecondMakerOfOneFolderIsRefused() {
    Result<PartFolder> model = PartFolder::begin(in("model"));
    QVERIFY(model && model->path() && writeText(*model->path() / "a", "x"));
    QCOMPARE(refusalOf(in("model")), cannotWrite("model", "another call is making it now"));
    QCOMPARE(refusalOf(in("model/")), cannotWrite("model", "another call is making it now"));
    QVERIFY(PartFolder::begin(in("other")));
    QVERIFY(model->finish());
    QVERIFY(fs::exists(in("model/a")));
  }

  void whatAKilledProcessLeftIsMadeAnew() {
    int begun[2];
    QCOMPARE(pipe(begun), 0);
    const pid_t child = fork();
    if (child == 0) {
      Result<PartFolder> model = PartFolder::begin(in("model"));
      if (model && model->path() && writeText(*model->path() / "torn", "x")) (void)!write(begun[1], "x", 1);
      while (true) pause();
    }
    char word = 0;
    QCOMPARE(read(begun[0], &word, 1), ssize_t(1));
    QCOMPARE(refusalOf(in("model")), cannotWrite("model", "another call is making it now"));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(begun[0]);
    close(begun[1]);
    QCOMPARE(left(), QStringLiteral("model.1.part model.partial"));
    Result<PartFolder> model = PartFolder::begin(in("model"));
    QVERIFY(model && model->path() && fs::is_empty(*model->path()) && model->finish());
    QCOMPARE(left(), QStringLiteral("model"));
  }

  void aClaimThatWasTakenAwayIsSaidAtTheEnd() {
    Result<PartFolder> model = PartFolder::begin(in("model"));
    QVERIFY(model && model->path());
    fs::remove(in("model.1.part"));
    Result<PartFolder> other = PartFolder::begin(in("model"));
    QVERIFY(other && other->path() && writeText(*other->path() / "others", "x"));
    {
      PartFolder given = std::move(*model);
      QCOMPARE(given.finish().error().sentence, cannotWrite("model", "another call is making it now"));
    }
    QVERIFY(other->finish() && fs::exists(in("model/others")));
  }

  void aPlaceWhereNothingCanBeMadeIsNamed() {
    QCOMPARE(refusalOf("/dev/null/none/model"), "Cannot write '/dev/null/none/model': Not a directory.");
  }
};

}  // namespace geneglass::part_folder_test

GENEGLASS_TEST(geneglass::part_folder_test::PartFolderTest)
#include "part_folder_test.moc"
