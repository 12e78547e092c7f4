// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <numeric>

#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass::full_place_test {

/// Writing where the disk takes no more.
class FullPlaceTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  int files() const { return int(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size()); }
  static QString sentenceOf(const Result<void>& outcome) {
    return outcome ? QStringLiteral("done") : QString::fromStdString(outcome.error().sentence);
  }
  QString tooLarge(const char* name) const {
    return QStringLiteral("Cannot write '%1': File too large.")
        .arg(QString::fromStdString(path(name).string()));
  }
  static void writeNumbers(H5::H5File& file) {
    std::vector<float> numbers(20000);
    std::iota(numbers.begin(), numbers.end(), 0.f);
    writeFloats(file, "numbers", {100, 200}, numbers);
    writeStrings(file, "names", {"one", "two"});
    writeAttribute(file, "mpp", 0.5);
  }

 private Q_SLOTS:
  void cleanup() {
    for (const QString& left : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden))
      QFile::remove(m_folder.filePath(left));
  }

  void aTextIsRefusedWithTheReasonAndLeavesNothing() {
    QString said;
    {
      const testing::FullPlace full(4096);
      said = sentenceOf(writeText(path("a.json"), std::string(4097, 'x')));
    }
    QCOMPARE(said, tooLarge("a.json"));
    QCOMPARE(files(), 0);
  }

  void whatWasThereBeforeStays() {
    QVERIFY(writeText(path("a.json"), "older"));
    {
      const testing::FullPlace full(4096);
      QVERIFY(!writeText(path("a.json"), std::string(5000, 'x')));
    }
    QCOMPARE(testing::bytesOfFile(path("a.json")), std::string("older"));
    QCOMPARE(files(), 1);
  }

  void aFolderThatIsNotThereIsNamedByTheSystem() {
    QCOMPARE(sentenceOf(writeText("/nowhere/a.json", "x")),
             QStringLiteral("Cannot write '/nowhere/a.json': No such file or directory."));
    QCOMPARE(sentenceOf(writeHdf5("/nowhere/a.h5", writeNumbers)),
             QStringLiteral("Cannot write '/nowhere/a.h5': No such file or directory."));
  }

  void hdf5IsRefusedWithTheReasonAndLeavesNothing() {
    for (const rlim_t bytes : {0, 100, 2000, 40000, 80000}) {
      QString said;
      {
        const testing::FullPlace full(bytes);
        said = sentenceOf(writeHdf5(path("a.h5"), writeNumbers));
      }
      QCOMPARE(said, tooLarge("a.h5"));
      QCOMPARE(files(), 0);
    }
  }

  void afterARefusalHdf5WritesAndReadsAsBefore() {
    {
      const testing::FullPlace full(2000);
      QVERIFY(!writeHdf5(path("a.h5"), writeNumbers));
    }
    QCOMPARE(sentenceOf(writeHdf5(path("a.h5"), writeNumbers)), QStringLiteral("done"));
    const auto read = readHdf5(path("a.h5"), [](H5::H5File& file) -> Result<void> {
      const std::vector<float> numbers = readFloats(file.openDataSet("numbers"));
      if (numbers.size() != 20000 || numbers[12345] != 12345) return fail("other numbers");
      if (readStrings(file.openDataSet("names")) != std::vector<std::string>{"one", "two"})
        return fail("other names");
      return readAttribute(file, "mpp", 0.0) == 0.5 ? Result<void>() : fail("another attribute");
    });
    QCOMPARE(sentenceOf(read), QStringLiteral("done"));
    QCOMPARE(files(), 1);
  }

  void theSameContentIsTheSameBytesAsHdf5sOwnDriverWrites() {
    QVERIFY(writeHdf5(path("a.h5"), writeNumbers));
    {
      const Hdf5Access access;
      H5::H5File file(path("own.h5").string(), H5F_ACC_TRUNC);
      writeNumbers(file);
    }
    QVERIFY(testing::bytesOfFile(path("a.h5")) == testing::bytesOfFile(path("own.h5")));
  }

  void whatTheContentThrowsIsThrownAndLeavesNothing() {
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, (void)writeHdf5(path("a.h5"), [](H5::H5File&) {
                               throw std::runtime_error("no content");
                             }));
    QCOMPARE(files(), 0);
  }
};

}  // namespace geneglass::full_place_test

GENEGLASS_TEST(geneglass::full_place_test::FullPlaceTest)
#include "full_place_test.moc"
