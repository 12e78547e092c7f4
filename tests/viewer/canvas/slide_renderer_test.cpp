// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <random>
#include <set>

#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/rendered.h"
#include "viewer/canvas/frame_pacing.h"
#include "viewer/canvas/off_screen/snapshot.h"
#include "viewer/canvas/tiles/level_grid.h"
#include "viewer/slide/region.h"

namespace geneglass::slide_renderer_test {

using namespace geneglass::testing;
using Window = geneglass::testing::WindowInTurn;

namespace {

// A colour of its own for each level.
uint32_t colourOfLevel(TileKey key) {
  const auto shade = static_cast<uint32_t>(key.level);
  return opaque(40 + 50 * shade, 200 - 40 * shade, 90);
}

}  // namespace

class SlideRendererTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase_data() { addSurfaces(); }
  void drawsCoarseFirstAndIsNeverBlankAfterwards();
  void uploadsAtLeastOneTileAFrameAndSaysWhenMoreWait();
  void asksBeforeItDrawsForWhatIsSeenFirst();
  void uploadsMoreWhileTheViewStands();
  void tilesWaitForTheScreensNextFrameUnlessTheViewIsComplete();
  void aTileThatWasMissedFadesInOverTheCoarserOne();
  void nothingFadesThatWasNotMissedNorWithoutAClock();
  void keepsToItsBudgetAndTheCoarsestStays();
  void pixelBuffersGiveTheSamePicture();
  void anEvenSlideHasNoSeams_data();
  void anEvenSlideHasNoSeams();
  void minifyingByFourAveragesWhatLiesBelow();
  void magnifiedTilesMeetWithinAPixel();
  void aRealSlideShowsItsOwnPixels();
  void transparentPixelsShowEmptyGlass();
  void aDamagedTileIsHatchedAndCounted();
  void aDamagedTileIsAskedForAgainAndHeals();
  void aPictureTooLargeIsRefused();
};

void SlideRendererTest::drawsCoarseFirstAndIsNeverBlankAfterwards() {
  const OpenedSlide opened = painted(pyramid({8001, 6003}, 2, 5), colourOfLevel);
  Window window(opened, {512u << 20, 0, 0});
  QVERIFY2(window.works, "no OpenGL 3.3: run the tests under a screen or xvfb-run");
  const Viewport viewport = view(4000, 3000, 1, 0.4);
  FrameReport report = window.draw(viewport);
  QVERIFY(report.plan.blank);
  QCOMPARE(deviation(
               window.picture(), [](int, int) { return emptyGlass(); }, 0, "empty"),
           0);

  window.load(report.plan.want);
  bool wasBlank = true;
  int frames = 0;
  for (; frames < 500 && !report.plan.sharp; ++frames) {
    report = window.draw(viewport);
    QVERIFY(wasBlank || !report.plan.blank);
    wasBlank = report.plan.blank;
    if (frames == 4) {  // the coarsest level has 4 tiles
      QVERIFY(!report.plan.blank && !report.plan.sharp);
      QCOMPARE(differenceOf(window.picture().pixel(2, 2), colourOfLevel({4, 0, 0})), 0);
    }
  }
  QVERIFY(report.plan.sharp);
  QCOMPARE(deviation(
               window.picture(),
               [](int, int) {
                 return colourOfLevel({0, 0, 0});
               },
               0, "sharp"),
           0);
}

void SlideRendererTest::uploadsAtLeastOneTileAFrameAndSaysWhenMoreWait() {
  Window window(painted(pyramid({4000, 4000}, 2, 4), colourOfLevel), {512u << 20, 0, 0});
  const Viewport viewport = view(2000, 2000, 1);
  const std::vector<TileKey> wanted = window.draw(viewport).plan.want;
  window.load(wanted);
  for (size_t i = 0; i < wanted.size(); ++i) {
    const FrameReport report = window.draw(viewport);
    QCOMPARE(report.uploadedTiles, 1);
    QCOMPARE(report.uploadsWaiting, i + 1 < wanted.size());
  }
  QCOMPARE(window.draw(viewport).uploadedTiles, 0);
}

void SlideRendererTest::asksBeforeItDrawsForWhatIsSeenFirst() {
  Window window(painted(pyramid({4000, 4000}, 2, 4), colourOfLevel));
  const Viewport viewport = view(2000, 2000, 1);
  int asked = 0;
  const auto ask = [&](const TilePlan& plan) {
    ++asked;
    QVERIFY(plan.needed > 0 && plan.needed < plan.want.size());
    const Rect seen = viewport.visible();
    for (size_t i = 0; i < plan.want.size(); ++i) {
      const Rect area = tileArea(*window.opened.slide, plan.want[i]);
      const bool isSeen =
          area.x < seen.right() && area.right() > seen.x && area.y < seen.bottom() && area.bottom() > seen.y;
      QCOMPARE(isSeen, i < plan.needed);
    }
    window.load(plan.want);  // too late for this frame's uploads only if it were asked after them
  };
  window.renderer->draw(viewport, {}, {}, {.ask = ask});
  QCOMPARE(asked, 1);
  QVERIFY(window.draw(viewport).plan.sharp);
}

void SlideRendererTest::uploadsMoreWhileTheViewStands() {
  Window window(painted(pyramid({4000, 4000}, 2, 4), colourOfLevel), {512u << 20, 0, 1e9});
  const Viewport viewport = view(2000, 2000, 1);
  window.load(window.draw(viewport).plan.want);
  QCOMPARE(window.draw(viewport.pannedBy({1, 0})).uploadedTiles, 1);
  const FrameReport standing = window.draw(viewport.pannedBy({1, 0}));
  QVERIFY(standing.uploadedTiles > 1 && standing.plan.sharp && !standing.uploadsWaiting);
}

void SlideRendererTest::tilesWaitForTheScreensNextFrameUnlessTheViewIsComplete() {
  FrameReport last;
  QCOMPARE(waitForTiles(last, 3, 0), 0.0);
  QCOMPARE(waitForTiles(last, 3, 1), kScreenFrameMilliseconds - 3);
  QCOMPARE(waitForTiles(last, 40, 1), 0.0);
  last.plan.sharp = true;  // what arrives is read ahead
  QCOMPARE(waitForTiles(last, 3, 0), kScreenFrameMilliseconds - 3);
}

// Level 1 shows 2 x 2 tiles of level 0, of which one fades in: its pixels go evenly from the coarse colour to
// the fine one, no pixel elsewhere changes, and no seam opens at its edges.
void SlideRendererTest::aTileThatWasMissedFadesInOverTheCoarserOne() {
  Window window(painted(pyramid({4096, 4096}, 2, 4), colourOfLevel));
  const Viewport viewport = view(2048, 2048, 1, 0.2);
  const auto drawAt = [&](double now) { return window.renderer->draw(viewport, {}, {}, {.now = now}); };
  std::vector<TileKey> fine = visibleTiles(*window.opened.slide, viewport, 0);
  const TileKey late{0, 8, 8};  // its upper left corner is the middle of the screen
  QCOMPARE(std::erase(fine, late), size_t{1});
  window.load(drawAt(0).plan.want);
  window.cache->drop(late);
  window.load(visibleTiles(*window.opened.slide, viewport, 3));
  const FrameReport without = drawAt(0.02);
  QVERIFY(without.plan.needed == 1 && !without.plan.blank && without.fading == false);

  window.load({late});
  const Rect area = tileArea(*window.opened.slide, late);
  const auto share = [](QRgb pixel) { return (qGreen(pixel) - 80) / 120.0; };  // 1 is level 0, 0 is level 3
  double last = 0;
  int frames = 0;
  FrameReport report;
  for (double now = 1; frames == 0 || report.fading; now += 0.02, ++frames) {
    report = drawAt(now);
    const QImage picture = window.picture();
    if (frames == 2) picture.save(QString::fromStdString((outputFolder() / "fade.png").string()));
    QVERIFY(report.plan.sharp && !report.plan.blank);
    const double inside = share(picture.pixel(kScreenWidth / 2 + 10, kScreenHeight / 2 + 60));
    QVERIFY2(inside > last, "a fade goes on in every frame");
    QVERIFY(std::abs(inside - std::min(1.0, (now - 1 + 1.0 / 60) / 0.12)) < 0.02);
    last = inside;
    for (int y = 0; y < kScreenHeight; ++y)
      for (int x = 0; x < kScreenWidth; ++x) {
        const double here = share(picture.pixel(x, y));
        const Point p = viewport.toSlide({x + 0.5, y + 0.5});
        if (!area.contains(p)) QVERIFY(here == 1);
        if (area.contains(p)) QVERIFY(std::abs(here - inside) < 0.01);
      }
    QVERIFY(frames < 20);
  }
  QCOMPARE(last, 1.0);
  QVERIFY(frames >= 5 && frames <= 8);
  QCOMPARE(drawAt(1.5).fading, false);
}

void SlideRendererTest::nothingFadesThatWasNotMissedNorWithoutAClock() {
  const Viewport viewport = view(2048, 2048, 1);
  const auto isFullyThere = [](const Window& window) {
    return deviation(
               window.picture(),
               [](int, int) {
                 return colourOfLevel({0, 0, 0});
               },
               0, "there") == 0;
  };
  Window first(painted(pyramid({4096, 4096}, 2, 4), colourOfLevel));
  first.load(visibleTiles(*first.opened.slide, viewport, 0));
  QVERIFY(!first.renderer->draw(viewport, {}, {}, {.now = 5.0}).fading);  // there from the start
  QVERIFY(isFullyThere(first));

  Window blank(painted(pyramid({4096, 4096}, 2, 4), colourOfLevel));
  blank.renderer->draw(viewport, {}, {}, {.now = 5.0});
  blank.load(visibleTiles(*blank.opened.slide, viewport, 0));
  QVERIFY(!blank.renderer->draw(viewport, {}, {}, {.now = 5.02}).fading);  // over nothing
  QVERIFY(isFullyThere(blank));

  Window still(painted(pyramid({4096, 4096}, 2, 4), colourOfLevel));
  still.load(visibleTiles(*still.opened.slide, viewport, 3));
  still.draw(viewport);
  still.load(visibleTiles(*still.opened.slide, viewport, 0));
  QVERIFY(!still.draw(viewport).fading);
  QVERIFY(isFullyThere(still));
}

void SlideRendererTest::keepsToItsBudgetAndTheCoarsestStays() {
  const size_t budget = size_t{64} * 256 * 256 * 4;
  Window window(painted(pyramid({20000, 20000}, 2, 7), colourOfLevel), {budget, 1e9, 1e9});
  for (int i = 0; i < 30; ++i) {
    const Viewport viewport = view(500 + 600 * i, 19000 - 500 * i, 1, 0.1 * i);
    const FrameReport report = window.draw(viewport);
    QVERIFY2(i == 0 || !report.plan.blank, "the coarsest level was evicted");
    window.load(report.plan.want);
    const FrameReport next = window.draw(viewport);
    QVERIFY(next.plan.sharp);
    QVERIFY(next.residentBytes <= budget);
  }
}

// Odd sizes, so that rows of cut tiles are shorter; more tiles than the ring has buffers.
void SlideRendererTest::pixelBuffersGiveTheSamePicture() {
  std::vector<QImage> pictures;
  for (const bool buffered : {false, true}) {
    geneglass::testing::Window window(painted(pyramid({1101, 1003}, 2, 1, 128), colourOfLevel),
                                      {512u << 20, 1e9, 1e9, buffered}, Surface::Graphics);
    if (!window.works) QSKIP("There is no OpenGL 3.3 here.");
    for (int row = 0; row < 8; ++row)
      for (int column = 0; column < 9; ++column) {
        Image image(std::min(128, 1101 - column * 128), std::min(128, 1003 - row * 128));
        for (size_t i = 0; i < image.pixels.size(); ++i)
          image.pixels[i] = opaque(i * 7919 % 251, (i + static_cast<size_t>(row)) % 256, i / 131 % 256);
        window.cache->insert(std::make_shared<const Tile>(Tile{{0, column, row}, std::move(image)}));
      }
    QVERIFY(window.draw(view(550, 501, 2.3, 0.3)).plan.sharp);
    pictures.push_back(window.picture());
  }
  QVERIFY(pictures[0].pixel(250, 200) != pictures[0].pixel(253, 204));
  QCOMPARE(pictures[0], pictures[1]);
}

void SlideRendererTest::anEvenSlideHasNoSeams_data() {
  QTest::addColumn<double>("factor");
  for (const double factor : {2.0, 4.0, 16.001}) QTest::addRow("factor %g", factor) << factor;
}

void SlideRendererTest::anEvenSlideHasNoSeams() {
  QFETCH(double, factor);
  const OpenedSlide opened = painted(pyramid({20003, 15007}, factor, 3), [](TileKey) { return purple; });
  Window window(opened);
  std::mt19937 random(5);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(random()) / 4294967296.0);
  };
  for (int i = 0; i < 20; ++i) {
    const Viewport viewport = view(uniform(7000, 13000), uniform(6000, 9000), std::exp2(uniform(-3, 3.2)),
                                   i < 3 ? 0 : uniform(-3, 3));
    QVERIFY(window.drawUntilSharp(viewport).plan.sharp);
    QCOMPARE(deviation(
                 window.picture(), [](int, int) { return purple; }, 0, "seams"),
             0);
  }
}

// A checkerboard of single pixels is even grey when every pixel of the screen covers whole squares.
void SlideRendererTest::minifyingByFourAveragesWhatLiesBelow() {
  Window window(painted(pyramid({4096, 4096}, 2, 1), colourOfLevel));
  loadPixels(window, [](int x, int y) { return (x + y) % 2 ? opaque(255, 255, 255) : opaque(0, 0, 0); });
  for (const double downsample : {2.0, 4.0, 8.0}) {
    FrameReport report;
    do report = window.draw(view(2048, 2048, downsample));
    while (report.uploadsWaiting);
    const int largest = deviation(
        window.picture(), [](int, int) { return qRgb(128, 128, 128); }, 2, "minified");
    QVERIFY(largest <= 2);
  }
}

// The same noise in tiles of 256 and of 512: only the edges of the small tiles may differ.
void SlideRendererTest::magnifiedTilesMeetWithinAPixel() {
  std::vector<QImage> pictures;
  for (const int tile : {256, 512}) {
    Window window(painted(pyramid({1024, 1024}, 2, 1, tile), colourOfLevel));
    loadPixels(window, [](int x, int y) {
      const uint32_t grey = static_cast<uint32_t>(x * 7919 + y * 104729) % 251;
      return opaque(grey, grey, grey);
    });
    QVERIFY(window.draw(view(256, 256, 1.0 / 10)).plan.sharp);
    pictures.push_back(window.picture());
  }
  const auto expected = [&](int x, int y) {
    const bool atEdge =
        std::abs(x + 0.5 - kScreenWidth / 2) <= 1 || std::abs(y + 0.5 - kScreenHeight / 2) <= 1;
    return pictures[atEdge ? 0 : 1].pixel(x, y);
  };
  QVERIFY(deviation(pictures[0], expected, 1, "magnified") <= 1);
}

void SlideRendererTest::aRealSlideShowsItsOwnPixels() {
  GENEGLASS_NEED(file, "slides/CMU-1-Small-Region.svs");
  const auto opened = openSlide(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const auto region =
      readLevelRegion(*opened->slide, *opened->source, 0, 700, 1100, kScreenWidth, kScreenHeight);
  QVERIFY(region);
  const auto picture = renderView(*opened, view(700 + kScreenWidth / 2, 1100 + kScreenHeight / 2, 1), {});
  QVERIFY(picture);
  QCOMPARE(deviation(
               *picture, [&](int x, int y) { return region->at(x, y); }, 0, "real"),
           0);
}

void SlideRendererTest::transparentPixelsShowEmptyGlass() {
  const auto picture =
      renderView(painted(pyramid({900, 900}, 2, 2), [](TileKey) { return 0u; }), view(450, 450, 1), {});
  QVERIFY(picture);
  QCOMPARE(deviation(
               *picture, [](int, int) { return emptyGlass(); }, 0, "transparent"),
           0);
}

void SlideRendererTest::aDamagedTileIsHatchedAndCounted() {
  const auto slide = std::make_shared<const Slide>(pyramid({1024, 1024}, 2, 1));
  const auto source = std::make_shared<ColouredSource>(slide, [](TileKey) { return purple; });
  source->damaged = {{0, 1, 1}};
  const OpenedSlide opened{slide, source};
  const Viewport viewport = view(384, 384, 1);
  const auto picture = renderView(opened, viewport, {});
  QVERIFY(picture);
  std::set<QRgb> inside;
  for (int y = 0; y < kScreenHeight; ++y)
    for (int x = 0; x < kScreenWidth; ++x) {
      const Point p = viewport.toSlide({x + 0.5, y + 0.5});
      if (Rect{256, 256, 256, 256}.contains(p))
        inside.insert(picture->pixel(x, y));
      else
        QCOMPARE(picture->pixel(x, y), purple);
    }
  QCOMPARE(inside.size(), size_t{2});
  QVERIFY(!inside.contains(purple));
  Window window(opened);
  QCOMPARE(window.drawUntilSharp(viewport).damagedTiles, 1);
}

/// Wholly or in part, since a reduced level's tile has pixels; one that is yet to be finished, too.
void SlideRendererTest::aDamagedTileIsAskedForAgainAndHeals() {
  const auto slide = std::make_shared<const Slide>(pyramid({1024, 1024}, 2, 1));
  const auto source = std::make_shared<ColouredSource>(slide, [](TileKey) { return purple; });
  const TileKey torn{0, 1, 1};
  const Viewport viewport = view(384, 384, 1);
  const Image grey(256, 256, opaque(9, 9, 9));
  for (const Tile& was : {Tile{torn, {}, true, "It is torn."}, Tile{torn, grey, true, "It is torn."},
                          Tile{torn, grey, false, {}, true}}) {
    Window window({slide, source});
    std::vector<TileKey> asked;
    const FrameContext context{.ask = [&](const TilePlan& plan) { asked = plan.want; }};
    window.cache->insert(std::make_shared<const Tile>(was));
    for (int column = 0; column < 4; ++column)
      for (int row = 0; row < 4; ++row)
        if (TileKey{0, column, row} != torn) window.load({{0, column, row}});
    window.draw(viewport);
    const FrameReport before = window.renderer->draw(viewport, {}, {}, context);
    QVERIFY(before.plan.sharp && before.plan.want.empty());
    QCOMPARE(asked, std::vector<TileKey>{torn});
    QCOMPARE(before.uploadedTiles, 0);
    window.load(asked);
    const FrameReport after = window.renderer->draw(viewport, {}, {}, context);
    QCOMPARE(after.uploadedTiles, 1);
    QCOMPARE(after.damagedTiles, 0);
    QCOMPARE(deviation(
                 window.picture(), [](int, int) { return purple; }, 0, "healed"),
             0);
    window.renderer->draw(viewport, {}, {}, context);
    QCOMPARE(asked, std::vector<TileKey>());
  }
}

void SlideRendererTest::aPictureTooLargeIsRefused() {
  const OpenedSlide opened = painted(pyramid({950, 930}, 2, 1), colourOfLevel);
  const auto huge = renderView(opened, view(0, 0, 1).resized(200000, 10), {});
  QVERIFY(!huge);
  const std::string start = "Cannot draw 'painted.tif': a picture of 200000 x 10 pixels is larger than the ";
  QVERIFY2(huge.error().sentence.starts_with(start), huge.error().sentence.c_str());
  const auto none = renderView(opened, view(0, 0, 1).resized(0, 10), {});
  QVERIFY(!none);
  QCOMPARE(none.error().sentence,
           std::string("Cannot draw 'painted.tif': a picture of 0 x 10 pixels is none."));
}

}  // namespace geneglass::slide_renderer_test

GENEGLASS_WINDOW_TEST(geneglass::slide_renderer_test::SlideRendererTest)
#include "slide_renderer_test.moc"
