// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/checked_source.h"

#include <QTemporaryDir>
#include <QtTest>
#include <climits>
#include <fstream>
#include <new>

#include "tests/support/test_program.h"
#include "viewer/slide/read_refusal.h"

namespace geneglass::checked_source_test {

/// Says of every tile what it is told to; `times`: of the first reads only.
class SayingSource final : public TileSource {
 public:
  explicit SayingSource(std::string reason, bool inPart = false, int times = INT_MAX)
      : m_reason(std::move(reason)), m_inPart(inPart), m_times(times) {}
  Result<TilePtr> read(TileKey key) const override {
    if (m_reason.empty() || m_times == 0) return std::make_shared<const Tile>(Tile{key, Image(4, 4)});
    --m_times;
    if (m_inPart) return std::make_shared<const Tile>(Tile{key, Image(4, 4), true, m_reason});
    return fail(m_reason);
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail(m_reason); }

 private:
  const std::string m_reason;
  const bool m_inPart;
  mutable int m_times;
};

/// Decodes all of a picture at once, behind its readers.
class PreparedSource final : public TileSource {
 public:
  Result<TilePtr> read(TileKey) const override { return fail("Insufficient memory (case 4)"); }
  std::shared_ptr<Preparation> preparation() const override { return m_preparation; }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

 private:
  const std::shared_ptr<Preparation> m_preparation = std::make_shared<Preparation>();
};

bool thereIsRoom(size_t) {
  return true;
}

bool thereIsNoRoom(size_t) {
  return false;
}

class CheckedSourceTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path m_file;

  CheckedSource source(const std::string& reason = {}, bool inPart = false,
                       bool (*hasRoomFor)(size_t) = thereIsNoRoom, int times = INT_MAX) const {
    return {std::make_shared<const SayingSource>(reason, inPart, times), m_file, stampOf(m_file), hasRoomFor};
  }

 private Q_SLOTS:
  void init() {
    m_file = m_folder.path().toStdString() + "/slide.tif";
    std::ofstream(m_file) << "a slide";
  }

  void wantOfMemoryIsNoDamage_data() {
    QTest::addColumn<QString>("reason");
    for (const char* reason :
         {"Cannot read tile 3: Insufficient memory (case 4).", "opj: Not enough memory to decode.",
          "Cannot read 'a.tif': Cannot allocate memory.", "TIFFReadTile: Out of memory.",
          "JPEGSetupDecode: No space for state block.",
          "its JPEG 2000 is damaged: there is too little memory"})
      QTest::newRow(reason) << reason;
  }

  void wantOfMemoryIsNoDamage() {
    QFETCH(QString, reason);
    for (const bool inPart : {false, true}) {
      const CheckedSource checked = source(reason.toStdString(), inPart);
      QVERIFY_THROWS_EXCEPTION(std::bad_alloc, (void)checked.read({}));
      QVERIFY_THROWS_EXCEPTION(std::bad_alloc, (void)checked.look({}));
    }
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, (void)source(reason.toStdString()).readAssociatedImage("label"));
  }

  /// A damaged file may ask for any number of bytes, and libraries say of both the same.
  void whatAsksForMuchWhereThereIsRoomIsDamage() {
    const std::string said = "TIFFReadTile: Failed to allocate memory for a tile";
    const std::string claim = "What lies there in '" + m_file.string() +
                              "' is damaged: it asks for more memory than any tile needs.";
    QCOMPARE(source(said, false, thereIsRoom).read({}).error().sentence, claim);
    QCOMPARE(source(said, false, thereIsRoom).look({}).error().sentence, claim);
    QCOMPARE(source(said, false, thereIsRoom).readAssociatedImage("label").error().sentence, claim);
    const TilePtr tile = source(said, true, thereIsRoom).read({}).value();
    QVERIFY(tile->damaged);
    QCOMPARE(tile->damage, claim);
    QCOMPARE(tile->image.width, 4);
    QCOMPARE(int(refusalIn(claim, m_file)), int(ReadRefusal::File));
  }

  void aPictureThatIsDecodedWholeMayNeedAnyMemory() {
    const CheckedSource checked(std::make_shared<const PreparedSource>(), m_file, stampOf(m_file),
                                thereIsRoom);
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, (void)checked.read({}));
  }

  void aTileThatWasShortOfMemoryForAMomentIsWhole() {
    QVERIFY(!source("opj: Not enough memory to decode.", true, thereIsRoom, 1).read({}).value()->damaged);
  }

  void whoseFaultARefusedReadIs_data() {
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("fault");
    const auto row = [](const char* says, ReadRefusal fault) { QTest::newRow(says) << says << int(fault); };
    row("Cannot read tile 3 of '%1': Input/output error.", ReadRefusal::System);
    row("Cannot read tile 3 of '%1': Stale file handle.", ReadRefusal::System);
    row("Cannot read tile 3 of '%1': Connection timed out.", ReadRefusal::System);
    row("Cannot read tile 3 of '%1': Too many open files.", ReadRefusal::System);
    row("Cannot read tile 3 of '%1': the file became shorter.", ReadRefusal::System);
    row("Cannot read tile 3 of '%1': Cannot allocate memory.", ReadRefusal::Memory);
    row("Cannot read tile 3 of '%1': its JPEG is damaged.", ReadRefusal::File);
    row("Cannot read tile 3 of '%1': its bytes lie beyond the end of the file.", ReadRefusal::File);
    row("", ReadRefusal::File);
  }

  /// Whatever the file is called.
  void whoseFaultARefusedReadIs() {
    QFETCH(QString, says);
    QFETCH(int, fault);
    for (const char* file : {"/tmp/a.tif", "/tmp/Input/output error/out of memory.tif"})
      QCOMPARE(int(refusalIn(
                   QString(says).replace(QStringLiteral("%1"), QString::fromUtf8(file)).toStdString(), file)),
               fault);
  }

  void damageStaysDamage() {
    QCOMPARE(source("its JPEG is damaged").read({}).error().sentence, std::string("its JPEG is damaged"));
    QVERIFY(source("its JPEG is damaged", true).read({}).value()->damaged);
  }

  void whatIsReadOfAnotherFileIsNotBelieved() {
    const CheckedSource checked = source();
    QVERIFY(checked.read({}).has_value());
    std::ofstream(m_file) << "another slide";
    QCOMPARE(checked.read({}).error().sentence,
             "'" + m_file.string() + "' has changed since it was opened: open it again.");
    QVERIFY(!checked.look({}));
  }

  void whatIsReadOfAFileThatIsGoneIsWhatWasOpened() {
    const CheckedSource sound = source(), failing = source("its JPEG is damaged");
    std::filesystem::remove(m_file);
    QVERIFY(sound.read({}).has_value());
    QCOMPARE(failing.read({}).error().sentence,
             "'" + m_file.string() + "' cannot be reached any more: it was there when it was opened.");
  }
};

}  // namespace geneglass::checked_source_test

GENEGLASS_TEST(geneglass::checked_source_test::CheckedSourceTest)
#include "checked_source_test.moc"
