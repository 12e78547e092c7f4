// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_watch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <future>

#include "app/desktop/session/slide_session.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/support/window_test_program.h"

namespace geneglass::slide_watch_test {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate
constexpr std::chrono::milliseconds kSoon{200};

/// A share that stands still between begin() and end().
class Share final {
 public:
  void begin() {
    m_answer = std::promise<void>();
    m_answers = m_answer.get_future().share(), m_stands = true;
  }
  void end() {
    m_stands = false;
    m_answer.set_value();
  }
  void wait() const {
    if (m_stands) m_answers.wait();
  }

 private:
  std::promise<void> m_answer;
  std::shared_future<void> m_answers;
  std::atomic<bool> m_stands = false;
};

class SourceOnShare final : public TileSource {
 public:
  SourceOnShare(std::shared_ptr<const TileSource> source, const Share& share)
      : m_source(std::move(source)), m_share(share) {}
  Result<TilePtr> read(TileKey key) const override {
    m_share.wait();
    return m_source->read(key);
  }
  Result<Image> readAssociatedImage(const std::string& name) const override {
    return m_source->readAssociatedImage(name);
  }

 private:
  const std::shared_ptr<const TileSource> m_source;
  const Share& m_share;
};

class SlideWatchTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  Share m_share;

  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  SlideOpener::Open onShare() {
    return [this](const std::filesystem::path& file, std::optional<double> mpp) {
      Result<OpenedSlide> opened = openSlide(file, mpp);
      if (opened) opened->source = std::make_shared<const SourceOnShare>(opened->source, m_share);
      return opened;
    };
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(testing::writeTissueSlide(path("first.tif"), {3000, 2000}));
    QVERIFY(testing::writeTissueSlide(path("second.tif"), {2600, 1800}));
  }

  void aFileThatIsReplacedCutOrGoneIsSaidOnce_data() {
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("says");
    QTest::newRow("replaced") << 0 << "'%1' has changed since it was opened: open it again.";
    QTest::newRow("cut") << 1 << "'%1' has changed since it was opened: open it again.";
    QTest::newRow("deleted") << 2 << "'%1' cannot be reached any more: it was there when it was opened.";
  }

  void aFileThatIsReplacedCutOrGoneIsSaidOnce() {
    QFETCH(int, what);
    QFETCH(QString, says);
    const auto slide = path("open.tif");
    std::filesystem::copy_file(path("first.tif"), slide, std::filesystem::copy_options::overwrite_existing);
    Workplace workplace;
    SlideSession session(workplace);
    SlideWatch watch(session, kSoon);
    QSignalSpy opened(&session, &SlideSession::slideOpened), changed(&watch, &SlideWatch::changed);
    session.open(slide);
    QVERIFY(opened.wait(kPatience));
    QTest::qWait(int(3 * kSoon.count()));
    QCOMPARE(changed.count(), 0);
    if (what == 0) {
      std::filesystem::copy_file(path("second.tif"), path("new.tif"));
      std::filesystem::rename(path("new.tif"), slide);
    } else if (what == 1) {
      std::filesystem::resize_file(slide, std::filesystem::file_size(slide) / 2);
    } else {
      std::filesystem::remove(slide);
    }
    QVERIFY(changed.wait(kPatience));
    QCOMPARE(changed[0][0].toString(), says.arg(QString::fromStdString(slide.string())));
    QTest::qWait(int(3 * kSoon.count()));
    QCOMPARE(changed.count(), 1);
    // No tile of the other file comes into the cache.
    session.cache()->clear();
    session.loader()->want({{0, 1, 1}, {0, 2, 1}});
    QTRY_COMPARE_WITH_TIMEOUT(session.loader()->pending(), 0, kPatience);
    const TilePtr tile = session.cache()->find({0, 1, 1});
    QVERIFY(tile);
    if (what != 2) QVERIFY(tile->damaged && tile->image.pixels.empty());
    std::filesystem::copy_file(path("second.tif"), slide, std::filesystem::copy_options::overwrite_existing);
    session.open(slide);
    QVERIFY(opened.wait(kPatience));
    QCOMPARE(session.opened().slide->size().width, int64_t(2600));
    QTest::qWait(int(3 * kSoon.count()));
    QCOMPARE(changed.count(), 1);
  }

  void aShareThatStandsStillIsSaidAndGoesOn() {
    Workplace workplace(usualMemoryBudget(), onShare());
    SlideSession session(workplace);
    SlideWatch watch(session, kSoon);
    QSignalSpy opened(&session, &SlideSession::slideOpened), stalled(&watch, &SlideWatch::stalled),
        answered(&watch, &SlideWatch::answered), thumbnail(&session, &SlideSession::thumbnailRead);
    session.open(path("first.tif"));
    QVERIFY(opened.wait(kPatience));
    QVERIFY(thumbnail.wait(kPatience));
    m_share.begin();
    session.loader()->want({{0, 0, 0}, {0, 1, 0}});
    QVERIFY(stalled.wait(kPatience));
    QTest::qWait(int(3 * kSoon.count()));
    QCOMPARE(stalled.count(), 1);
    m_share.end();
    QVERIFY(answered.wait(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(session.cache()->contains({0, 1, 0}), kPatience);
  }

  void aSessionEndsWhileTheShareStandsStill() {
    Workplace workplace(usualMemoryBudget(), onShare());
    {
      SlideSession session(workplace);
      SlideWatch watch(session, kSoon);
      QSignalSpy opened(&session, &SlideSession::slideOpened),
          thumbnail(&session, &SlideSession::thumbnailRead);
      session.open(path("first.tif"));
      QVERIFY(opened.wait(kPatience));
      QVERIFY(thumbnail.wait(kPatience));
      m_share.begin();
      session.loader()->want({{0, 0, 0}});
      QTest::qWait(50);
    }
    m_share.end();
  }
};

}  // namespace geneglass::slide_watch_test

GENEGLASS_WINDOW_TEST(geneglass::slide_watch_test::SlideWatchTest)
#include "slide_watch_test.moc"
