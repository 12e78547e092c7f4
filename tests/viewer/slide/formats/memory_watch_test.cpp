// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/memory_watch.h"

#include <QtTest>
#include <cerrno>
#include <thread>

#include "tests/support/test_program.h"

namespace geneglass::memory_watch_test {

class MemoryWatchTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void complaintsOfMemoryAreHeard_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("refused");
    for (const char* words : {"%s: Out of memory (TIFF structure)", "No space for JPEG state block",
                              "Failed to allocate memory for %s (%ld elements of %ld bytes each)",
                              "malloc(sizeof(TIFFOffsetAndDirNumber)) failed", "Cannot allocate TIFF value"})
      QTest::newRow(words) << QString::fromLatin1(words) << true;
    for (const char* words :
         {"Unknown field with tag %u (0x%x) encountered", "Can not read TIFF directory count",
          "Requested memory size for StripArray of %lu is greater than filesize %lu. Memory not allocated",
          "Memory mapped files not currently supported for this operation."})
      QTest::newRow(words) << QString::fromLatin1(words) << false;
  }
  void complaintsOfMemoryAreHeard() {
    QFETCH(QString, words);
    const MemoryWatch watch;
    MemoryWatch::hear(qPrintable(words));
    QTEST(watch.wasRefused(), "refused");
  }

  /// OpenSlide opens its file again for each read: where that fails libtiff says that it cannot read.
  void anyComplaintCountsWhileErrnoSaysMemory() {
    errno = ENOMEM;
    const MemoryWatch watch;
    MemoryWatch::hear("Can not read TIFF directory");
    QVERIFY2(!watch.wasRefused(), "what was before the watch does not count");
    errno = ENOMEM;
    MemoryWatch::hear("Can not read TIFF directory");
    errno = 0;
    MemoryWatch::hear();
    QVERIFY2(watch.wasRefused(), "a refusal stays one");
  }

  void anotherThreadsComplaintsAreItsOwn() {
    const MemoryWatch watch;
    std::thread([] { MemoryWatch::hear("Out of memory"); }).join();
    QVERIFY(!watch.wasRefused());
  }
};

}  // namespace geneglass::memory_watch_test

GENEGLASS_TEST(geneglass::memory_watch_test::MemoryWatchTest)
#include "memory_watch_test.moc"
