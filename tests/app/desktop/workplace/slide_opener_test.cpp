// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/slide_opener.h"

#include <QSignalSpy>
#include <QtTest>
#include <semaphore>
#include <stdexcept>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/fake_source.h"

namespace geneglass::slide_opener_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

/// A share: openings of "stalled.svs" wait until the test lets one go on, those of others answer at once.
/// Shared with the openings, which may outlive the test.
struct Share {
  std::counting_semaphore<> entered{0};
  std::counting_semaphore<> answer{0};
  std::weak_ptr<const Slide> late;  ///< what came of the last stalled opening
};

Result<OpenedSlide> answerFor(Share& share, const std::filesystem::path& file) {
  if (file == "lost.svs") return fail("Cannot open 'lost.svs': there is no such file.");
  if (file == "thrown.svs") throw std::runtime_error("the disk is on fire");
  auto slide = std::make_shared<Slide>(testing::fakeSlide());
  slide->file = file;
  if (file == "stalled.svs") {
    share.late = slide;
    share.entered.release();
    share.answer.acquire();
  }
  return OpenedSlide{slide, std::make_shared<testing::FakeSource>(*slide)};
}

}  // namespace

class SlideOpenerTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatOpensIsTold();
  void whatIsRefusedOrThrowsIsASentence();
  void aStalledOpeningHoldsUpNoOther();
  void afterThePatienceItIsSaidOnceThatAnOpeningTakesLong();
  void aCancelledOpeningIsToldOnceAndItsResultIsDropped();
  void theOpenerEndsWhileAnOpeningStalls();
  void aProgramEndsWhileAnOpeningStalls();

 private:
  static SlideOpener::Open through(const std::shared_ptr<Share>& share) {
    return
        [share](const std::filesystem::path& file, std::optional<double>) { return answerFor(*share, file); };
  }
};

void SlideOpenerTest::whatOpensIsTold() {
  SlideOpener opener(through(std::make_shared<Share>()));
  std::vector<std::filesystem::path> opened;
  connect(&opener, &SlideOpener::opened, this,
          [&](const OpenedSlide& slide) { opened.push_back(slide.slide->file); });
  QSignalSpy told(&opener, &SlideOpener::opened);
  opener.open("a.svs");
  QVERIFY(told.wait(kPatience));
  QCOMPARE(opened, std::vector<std::filesystem::path>{"a.svs"});
}

void SlideOpenerTest::whatIsRefusedOrThrowsIsASentence() {
  SlideOpener opener(through(std::make_shared<Share>()));
  QSignalSpy refused(&opener, &SlideOpener::refused);
  opener.open("lost.svs");
  QVERIFY(refused.wait(kPatience));
  QCOMPARE(refused[0][0].toString(), QStringLiteral("Cannot open 'lost.svs': there is no such file."));
  opener.open("thrown.svs");
  QVERIFY(refused.wait(kPatience));
  QCOMPARE(refused[1][0].toString(), QStringLiteral("Cannot open 'thrown.svs': the disk is on fire."));
}

void SlideOpenerTest::aStalledOpeningHoldsUpNoOther() {
  const auto share = std::make_shared<Share>();
  SlideOpener opener(through(share));
  std::vector<std::filesystem::path> opened;
  connect(&opener, &SlideOpener::opened, this,
          [&](const OpenedSlide& slide) { opened.push_back(slide.slide->file); });
  QSignalSpy told(&opener, &SlideOpener::opened);
  opener.open("stalled.svs");
  share->entered.acquire();
  opener.open("b.svs");
  QVERIFY(told.wait(kPatience));
  QTRY_COMPARE(opener.running()->load(), 1);
  share->answer.release();
  QTRY_COMPARE_WITH_TIMEOUT(opener.running()->load(), 0, kPatience);
  QVERIFY2(share->late.expired(), "a late slide is kept");
  QCOMPARE(opened, std::vector<std::filesystem::path>{"b.svs"});
}

void SlideOpenerTest::afterThePatienceItIsSaidOnceThatAnOpeningTakesLong() {
  const auto share = std::make_shared<Share>();
  SlideOpener opener(through(share), std::chrono::milliseconds(1));
  QSignalSpy takesLong(&opener, &SlideOpener::takesLong);
  QSignalSpy told(&opener, &SlideOpener::opened);
  opener.open("stalled.svs");
  QVERIFY(takesLong.wait(kPatience));
  QCOMPARE(takesLong[0][0].toString(), QStringLiteral("stalled.svs"));
  share->answer.release();
  QVERIFY(told.count() > 0 || told.wait(kPatience));
  QCOMPARE(takesLong.count(), 1);
}

void SlideOpenerTest::aCancelledOpeningIsToldOnceAndItsResultIsDropped() {
  const auto share = std::make_shared<Share>();
  SlideOpener opener(through(share));
  QSignalSpy cancelled(&opener, &SlideOpener::cancelled);
  QSignalSpy told(&opener, &SlideOpener::opened);
  opener.cancel();
  QCOMPARE(cancelled.count(), 0);
  opener.open("stalled.svs");
  share->entered.acquire();
  opener.cancel();
  opener.cancel();
  QCOMPARE(cancelled.count(), 1);
  share->answer.release();
  QTRY_COMPARE_WITH_TIMEOUT(opener.running()->load(), 0, kPatience);
  QCoreApplication::processEvents();
  QCOMPARE(told.count(), 0);
  QVERIFY2(share->late.expired(), "a late slide is kept");
}

void SlideOpenerTest::theOpenerEndsWhileAnOpeningStalls() {
  const auto share = std::make_shared<Share>();
  auto opener = std::make_unique<SlideOpener>(through(share));
  const auto running = opener->running();
  opener->open("stalled.svs");
  share->entered.acquire();
  opener.reset();
  QCOMPARE(running->load(), 1);
  share->answer.release();
  QTRY_COMPARE_WITH_TIMEOUT(running->load(), 0, kPatience);
  QVERIFY(share->late.expired());
}

/// The last test: this program itself must end though nobody ever answers.
void SlideOpenerTest::aProgramEndsWhileAnOpeningStalls() {
  const auto share = std::make_shared<Share>();
  SlideOpener opener(through(share));
  opener.open("stalled.svs");
  share->entered.acquire();
  QTRY_COMPARE(opener.running()->load(), 1);
}

}  // namespace geneglass::slide_opener_test

GENEGLASS_TEST(geneglass::slide_opener_test::SlideOpenerTest)
#include "slide_opener_test.moc"
