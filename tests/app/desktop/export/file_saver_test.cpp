// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/file_saver.h"

#include <QFile>
#include <QImage>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <mutex>
#include <new>
#include <semaphore>
#include <set>
#include <thread>

#include "app/desktop/export/snapshot_export.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/foundation/parallel.h"

namespace geneglass::file_saver_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate
constexpr uint32_t kPurple = opaque(150, 60, 170);

/// A painted slide that notes which threads read it, and may hold them up.
class WatchedSource final : public TileSource {
 public:
  explicit WatchedSource(std::shared_ptr<const Slide> slide)
      : m_painted(std::move(slide), [](TileKey) { return kPurple; }) {}

  Result<TilePtr> read(TileKey key) const override {
    {
      const std::lock_guard lock(m_mutex);
      m_threads.insert(std::this_thread::get_id());
    }
    ++reads;
    if (isOutOfMemory) throw std::bad_alloc();
    if (held) m_release.acquire();
    return m_painted.read(key);
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  bool wasReadBy(std::thread::id thread) const {
    const std::lock_guard lock(m_mutex);
    return m_threads.contains(thread);
  }
  void release() const { m_release.release(1000); }

  mutable std::atomic<int> reads = 0;
  std::atomic<bool> held = false;
  std::atomic<bool> isOutOfMemory = false;

 private:
  testing::ColouredSource m_painted;
  mutable std::mutex m_mutex;
  mutable std::set<std::thread::id> m_threads;
  mutable std::counting_semaphore<> m_release{0};
};

struct Watched {
  std::shared_ptr<const Slide> slide = std::make_shared<const Slide>(testing::pyramid({4000, 3000}, 2, 4));
  std::shared_ptr<WatchedSource> source = std::make_shared<WatchedSource>(slide);

  SnapshotRequest snapshot(const QString& file) const {
    SnapshotRequest request;
    request.file = file.toStdString();
    request.opened = {slide, source};
    request.view = *snapshotView(*slide, Rect{1000, 1000, 1600, 1200}, {800, 600});
    return request;
  }
};

}  // namespace

class FileSaverTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noTileIsReadOnTheGuiThread();
  void cancellingWritesNothingAndReturnsWhileTilesAreBeingRead();
  void aNewerFileReplacesTheOneThatIsBeingSaved();
  void whatCannotBeWrittenIsSaid();
  void theFileIsWrittenByAnotherThreadThanTheOneThatDraws();
  void withoutMemoryForTheTilesItIsSaid();
  void whatIsThrownWhileWritingIsSaid();

 private:
  QTemporaryDir m_folder;
};

void FileSaverTest::noTileIsReadOnTheGuiThread() {
  const Watched watched;
  FileSaver saver;
  QSignalSpy saved(&saver, &FileSaver::saved);
  QSignalSpy refused(&saver, &FileSaver::refused);
  const QString file = m_folder.filePath(QStringLiteral("a.png"));
  const SnapshotRequest request = watched.snapshot(file);
  saver.save(request);
  QVERIFY(saver.isSaving() && !saver.isHidden());
  QTRY_VERIFY_WITH_TIMEOUT(saved.count() + refused.count() > 0, kPatience);
  QVERIFY2(refused.isEmpty(), refused.isEmpty() ? "" : qPrintable(refused[0][0].toString()));
  QCOMPARE(saved[0][0].toString(), file);
  QVERIFY(watched.source->reads >= 12);
  QVERIFY(!watched.source->wasReadBy(std::this_thread::get_id()));
  QVERIFY(!saver.isSaving() && saver.isHidden());
  QCOMPARE(QImage(file).pixel(400, 300), kPurple);
}

void FileSaverTest::cancellingWritesNothingAndReturnsWhileTilesAreBeingRead() {
  const Watched watched;
  watched.source->held = true;
  FileSaver saver;
  QSignalSpy saved(&saver, &FileSaver::saved);
  QSignalSpy cancelled(&saver, &FileSaver::cancelled);
  const QString file = m_folder.filePath(QStringLiteral("cancelled.png"));
  const SnapshotRequest request = watched.snapshot(file);
  saver.save(request);
  QTRY_VERIFY_WITH_TIMEOUT(watched.source->reads > 0, kPatience);
  saver.findChild<QPushButton*>()->click();
  QCOMPARE(cancelled.count(), 1);
  QVERIFY(!saver.isSaving());
  const int before = watched.source->reads;
  watched.source->release();
  const Watched next;  // saved after it: once that is there, the one before has ended
  const QString later = m_folder.filePath(QStringLiteral("later.png"));
  const SnapshotRequest nextRequest = next.snapshot(later);
  saver.save(nextRequest);
  QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
  QCOMPARE(saved[0][0].toString(), later);
  QVERIFY(watched.source->reads <= before + threadCount(0));
  QVERIFY(!QFile::exists(file));
}

void FileSaverTest::aNewerFileReplacesTheOneThatIsBeingSaved() {
  const Watched watched;
  watched.source->held = true;
  FileSaver saver;
  QSignalSpy saved(&saver, &FileSaver::saved);
  const QString older = m_folder.filePath(QStringLiteral("older.png"));
  const QString newer = m_folder.filePath(QStringLiteral("newer.png"));
  for (const QString& file : {older, newer}) {
    const SnapshotRequest request = watched.snapshot(file);
    saver.save(request);
  }
  watched.source->held = false;
  watched.source->release();
  QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
  QCOMPARE(saved[0][0].toString(), newer);
  QVERIFY(!QFile::exists(older));
}

void FileSaverTest::whatCannotBeWrittenIsSaid() {
  const Watched watched;
  FileSaver saver;
  QSignalSpy refused(&saver, &FileSaver::refused);
  const SnapshotRequest request = watched.snapshot(QStringLiteral("/nowhere/at/all/a.png"));
  saver.save(request);
  QVERIFY(refused.wait(kPatience));
  QCOMPARE(refused[0][0].toString(),
           QStringLiteral("Cannot write '/nowhere/at/all/a.png': No such file or directory."));
}

void FileSaverTest::theFileIsWrittenByAnotherThreadThanTheOneThatDraws() {
  const Watched watched;
  FileSaver saver;
  QSignalSpy saved(&saver, &FileSaver::saved);
  std::thread::id drawing, writing;
  const auto draw = [&](const DrawView&) -> Result<WriteDrawn> {
    drawing = std::this_thread::get_id();
    return [&]() -> Result<void> {
      writing = std::this_thread::get_id();
      return {};
    };
  };
  saver.save({watched.slide, watched.source}, {}, QStringLiteral("a.png"), draw);
  QVERIFY(saved.wait(kPatience));
  QCOMPARE(drawing, std::this_thread::get_id());
  QVERIFY(writing != drawing && writing != std::thread::id());
}

void FileSaverTest::withoutMemoryForTheTilesItIsSaid() {
  const Watched watched;
  watched.source->isOutOfMemory = true;
  FileSaver saver;
  QSignalSpy refused(&saver, &FileSaver::refused);
  const QString file = m_folder.filePath(QStringLiteral("none.png"));
  const SnapshotRequest request = watched.snapshot(file);
  saver.save(request);
  QVERIFY(refused.wait(kPatience));
  QCOMPARE(refused[0][0].toString(),
           QStringLiteral("Cannot save '%1': there is not enough memory.").arg(file));
  QVERIFY(!saver.isSaving() && !QFile::exists(file));
}

void FileSaverTest::whatIsThrownWhileWritingIsSaid() {
  const Watched watched;
  FileSaver saver;
  QSignalSpy refused(&saver, &FileSaver::refused);
  const auto draw = [](const DrawView&) -> Result<WriteDrawn> {
    return []() -> Result<void> { throw std::runtime_error("the share is gone"); };
  };
  saver.save({watched.slide, watched.source}, {}, QStringLiteral("a.png"), draw);
  QVERIFY(refused.wait(kPatience));
  QCOMPARE(refused[0][0].toString(), QStringLiteral("Cannot save 'a.png': the share is gone."));
  QVERIFY(!saver.isSaving());
}

}  // namespace geneglass::file_saver_test

GENEGLASS_WINDOW_TEST(geneglass::file_saver_test::FileSaverTest)
#include "file_saver_test.moc"
