// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <set>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"

namespace geneglass::unfinished_tile_test {

using namespace geneglass::testing;

constexpr int kTop = 128;  ///< the first row that an unfinished tile lacks

class UnfinishedTileTest : public QObject {
  Q_OBJECT

  static TilePtr tile(Image image, bool damaged, bool unfinished) {
    return std::make_shared<const Tile>(
        Tile{{0, 0, 0}, std::move(image), damaged, damaged ? "It is torn." : "", unfinished});
  }
  static Image purpleAbove(int top) {
    Image image(256, 256, purple);
    std::fill(image.pixels.begin() + std::ptrdiff_t{256} * top, image.pixels.end(), 0u);
    return image;
  }
  /// The colours of some rows of the tile.
  static std::set<QRgb> colours(const QImage& picture, int from, int to) {
    std::set<QRgb> found;
    for (int y = from; y < to; ++y)
      for (int x = 0; x < 256; ++x)
        found.insert(picture.pixel(x + (kScreenWidth - 256) / 2, y + (kScreenHeight - 256) / 2));
    return found;
  }

 private Q_SLOTS:
  void initTestCase_data() { addSurfaces(); }

  void whatComesAfterwardsIsShownInItsPlace_data() {
    QTest::addColumn<int>("rows");  // of the tile that comes; 0: none, it could not be read at all
    QTest::addColumn<bool>("damaged");
    QTest::newRow("whole") << 256 << false;
    QTest::newRow("of which the rest is lost") << kTop << true;
    QTest::newRow("of which more came, and the rest is lost") << kTop + 64 << true;
    QTest::newRow("that could not be read") << 0 << true;
  }
  void whatComesAfterwardsIsShownInItsPlace() {
    QFETCH(int, rows);
    QFETCH(bool, damaged);
    WindowInTurn window(painted(pyramid({256, 256}, 2, 1), [](TileKey) { return purple; }));
    QVERIFY2(window.works, "no OpenGL 3.3: run the tests under a screen or xvfb-run");
    const Viewport viewport = view(128, 128, 1);
    window.cache->insert(tile(purpleAbove(kTop), false, true));
    window.draw(viewport);
    QCOMPARE(colours(window.picture(), 0, kTop), std::set<QRgb>{purple});
    QCOMPARE(colours(window.picture(), kTop, 256), std::set<QRgb>{emptyGlass()});

    window.cache->insert(tile(rows > 0 ? purpleAbove(rows) : Image(), damaged, false));
    window.draw(viewport);
    window.draw(viewport);
    const int lost = std::max(rows, kTop);  // what was shown stays where nothing better came
    QCOMPARE(colours(window.picture(), 0, lost), std::set<QRgb>{purple});
    if (!damaged) return;
    const std::set<QRgb> hatches = colours(window.picture(), lost, 256);
    QVERIFY(hatches.size() >= 2);
    QVERIFY(!hatches.contains(purple));
  }
};

}  // namespace geneglass::unfinished_tile_test

GENEGLASS_WINDOW_TEST(geneglass::unfinished_tile_test::UnfinishedTileTest)
#include "unfinished_tile_test.moc"
