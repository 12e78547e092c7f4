// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/fake_source.h"
#include "viewer/canvas/off_screen/snapshot.h"

namespace geneglass::read_views_test {

using namespace geneglass::testing;

/// Of every `nth` tile says `reason`.
class SayingSource final : public TileSource {
 public:
  SayingSource(std::string reason, int nth) : m_reason(std::move(reason)), m_nth(nth) {}
  Result<TilePtr> read(TileKey key) const override {
    if ((key.column + key.row) % m_nth == 0) return fail(m_reason);
    return m_sound.read(key);
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

 private:
  const FakeSource m_sound{fakeSlide()};
  const std::string m_reason;
  const int m_nth;
};

const std::string kDamage = "Cannot read tile (level 0, column 0, row 0) of 'fake.tif': its JPEG is damaged.";
const std::string kRefusal = "Cannot read tile (level 0, column 0, row 0) of 'fake.tif': Input/output error.";

/// Pictures that are saved: what was lost on the way is said, and no picture is made of nothing.
class ReadViewsTest final : public QObject {
  Q_OBJECT

  static Result<TilesRead> readOf(const std::string& reason, int nth) {
    const OpenedSlide opened{std::make_shared<const Slide>(fakeSlide()),
                             std::make_shared<const SayingSource>(reason, nth)};
    Viewport view;
    view.centre = {500, 350};
    view.width = 1000;
    view.height = 700;
    TileCache tiles(std::numeric_limits<size_t>::max());
    return readViews(opened, {view}, tiles);
  }

 private Q_SLOTS:
  void damagedTilesAreCounted() {
    const Result<TilesRead> some = readOf(kDamage, 2);
    QVERIFY(some);
    QCOMPARE(some->tiles, int64_t(16 * 11));
    QCOMPARE(some->damaged, int64_t(88));
    QCOMPARE(some->damage, kDamage);
    QCOMPARE(whyNothingWasRead(*some), std::string());
    QCOMPARE(whyNothingWasRead(*readOf(kDamage, 1)), kDamage);
  }

  void aTileThatTheSystemRefusedIsNoPicture() {
    const Result<TilesRead> read = readOf(kRefusal, 1000);
    QVERIFY(!read);
    QCOMPARE(read.error().sentence, kRefusal);
  }
};

}  // namespace geneglass::read_views_test

GENEGLASS_TEST(geneglass::read_views_test::ReadViewsTest)
#include "read_views_test.moc"
