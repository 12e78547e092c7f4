// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_place.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <deque>
#include <fstream>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/files/part_file.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass::part_place_test {

namespace fs = std::filesystem;

class PartPlaceTest final : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> m_folder;

  fs::path file(const char* name) const { return m_folder->path().toStdString() + "/" + name; }
  QString left() const {
    return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name).join(u' ');
  }

  /// Another process that writes `name` until it is killed.
  pid_t writing(const char* name) const {
    int begun[2];
    if (pipe(begun) != 0) return -1;
    const pid_t child = fork();
    if (child == 0) {
      const PartPlace place(file(name));
      (void)!write(begun[1], "x", 1);
      while (true) pause();
    }
    char word = 0;
    (void)!read(begun[0], &word, 1);
    close(begun[0]);
    close(begun[1]);
    return child;
  }
  static void end(pid_t process) {
    kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
  }

 private Q_SLOTS:
  /// Without a cache no notes help: the places alone tell.
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("GENEGLASS_CACHE", "/dev/null/none");
  }
  void cleanup() { qunsetenv("GENEGLASS_CACHE"); }

  void twoWritersOfOneFileHaveAPlaceEach() {
    PartFile one(file("a")), other(file("a"));
    for (int i = 0; i < 1000; ++i) {
      one.append("one ", 4);
      other.append("2 ", 2);
    }
    QCOMPARE(left(), QStringLiteral("a.1.part a.2.part"));
    QVERIFY(other.finish());
    QCOMPARE(testing::bytesOfFile(file("a")).size(), size_t(2000));
    QVERIFY(one.finish());
    QCOMPARE(testing::bytesOfFile(file("a")).size(), size_t(4000));
    QCOMPARE(left(), QStringLiteral("a"));
  }

  void longTextsAndHdf5AreWrittenSideBySideToo() {
    QVERIFY(writeText(file("a"), [&](std::ostream& to) {
      to << "one";
      QVERIFY(writeText(file("a"), [&](std::ostream& between) { between << "another"; }));
      QCOMPARE(testing::bytesOfFile(file("a")), std::string("another"));
    }));
    QCOMPARE(testing::bytesOfFile(file("a")), std::string("one"));
    PartPlace held(file("a.h5"));
    QVERIFY(writeHdf5(file("a.h5"), [](H5::H5File& made) { writeAttribute(made, "mpp", 0.5); }));
    QVERIFY(readHdf5(file("a.h5"), [](H5::H5File& made) -> Result<void> {
      return readAttribute(made, "mpp", 0.0) == 0.5 ? Result<void>() : fail("mpp");
    }));
    QVERIFY(fs::exists(held.path()));
  }

  void whatKilledWritersLeftGoesWithTheNextOfTheFile() {
    const pid_t first = writing("a"), second = writing("a"), third = writing("a"), another = writing("b");
    QCOMPARE(left(), QStringLiteral("a.1.part a.2.part a.3.part b.1.part"));
    end(second);
    end(third);
    end(another);
    {
      const PartPlace place(file("a"));
      QCOMPARE(place.reason(), 0);
      QCOMPARE(place.path(), file("a.2.part"));
      QCOMPARE(left(), QStringLiteral("a.1.part a.2.part b.1.part"));
    }
    end(first);
    QVERIFY(writeText(file("a"), "whole"));
    QCOMPARE(left(), QStringLiteral("a b.1.part"));
  }

  void moreWritersThanPlacesAreRefused() {
    std::deque<PartPlace> places;
    for (int i = 0; i < PartPlace::kMost; ++i) QCOMPARE(places.emplace_back(file("a")).reason(), 0);
    QCOMPARE(writeText(file("a"), "x").error().sentence,
             "Cannot write '" + file("a").string() + "': Device or resource busy.");
    places.pop_back();
    QVERIFY(writeText(file("a"), "x"));
  }

  void whatIsNoFileStays() {
    fs::create_directory(file("a.1.part"));
    fs::create_symlink(file("elsewhere"), file("a.2.part"));
    std::ofstream(file("elsewhere")) << "mine";
    QVERIFY(writeText(file("a"), "x"));
    QVERIFY(fs::is_directory(file("a.1.part")) && fs::is_symlink(file("a.2.part")));
    QCOMPARE(testing::bytesOfFile(file("elsewhere")), std::string("mine"));
  }

  void aPlaceThatIsTakenAwayIsNamed() {
    PartPlace place(file("a"));
    fs::remove(place.path());
    QCOMPARE(place.becomeFile(), ENOENT);
    QCOMPARE(left(), QString());
  }

  /// Their files come and go at random; none is ever seen that is not whole.
  void manyProcessesWriteOneFile() {
    std::vector<pid_t> children;
    for (char letter = 'a'; letter < 'e'; ++letter) {
      const pid_t child = fork();
      if (child == 0) {
        const std::string text(100'000, letter);
        for (int i = 0; i < 100; ++i)
          if (!writeText(file("shared"), text)) _exit(1);
        _exit(0);
      }
      children.push_back(child);
    }
    for (int i = 0; i < 400; ++i) {
      const std::string seen = fs::exists(file("shared")) ? testing::bytesOfFile(file("shared")) : "";
      if (!seen.empty()) QVERIFY(seen == std::string(100'000, seen.front()));
    }
    for (const pid_t child : children) {
      int status = -1;
      waitpid(child, &status, 0);
      QCOMPARE(status, 0);
    }
    QCOMPARE(left(), QStringLiteral("shared"));
  }
};

}  // namespace geneglass::part_place_test

GENEGLASS_TEST(geneglass::part_place_test::PartPlaceTest)
#include "part_place_test.moc"
