// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QImage>
#include <QListWidget>
#include <QMainWindow>
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>
#include <mutex>
#include <semaphore>
#include <set>
#include <thread>

#include "app/desktop/genes/tile_gallery_panel.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/painting/shown_picture.h"

namespace geneglass::tile_gallery_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate
constexpr uint32_t kPurple = opaque(150, 60, 170);
constexpr uint32_t kPink = opaque(230, 150, 190);

/// One colour; notes which threads read it, and may hold them up or fail.
class WatchedSource final : public TileSource {
 public:
  WatchedSource(std::shared_ptr<const Slide> slide, uint32_t colour)
      : m_painted(std::move(slide), [colour](TileKey) { return colour; }) {}

  Result<TilePtr> read(TileKey key) const override {
    {
      const std::lock_guard lock(m_mutex);
      m_threads.insert(std::this_thread::get_id());
    }
    ++reads;
    if (held) m_release.acquire();
    if (broken) return fail("Cannot read a tile of 'made.tif': it is damaged.");
    return m_painted.read(key);
  }
  Result<Image> readAssociatedImage(const std::string&) const override { return fail("There is none."); }

  bool wasReadBy(std::thread::id thread) const {
    const std::lock_guard lock(m_mutex);
    return m_threads.contains(thread);
  }
  void release() const { m_release.release(10'000); }

  mutable std::atomic<int> reads = 0;
  std::atomic<bool> held = false;
  std::atomic<bool> broken = false;

 private:
  testing::ColouredSource m_painted;
  mutable std::mutex m_mutex;
  mutable std::set<std::thread::id> m_threads;
  mutable std::counting_semaphore<> m_release{0};
};

struct Watched {
  explicit Watched(uint32_t colour = kPurple)
      : slide(std::make_shared<const Slide>(testing::madeSlide())),
        source(std::make_shared<WatchedSource>(slide, colour)) {}

  OverlayScene scene(int gene = 0) const {
    return {slide, nullptr, prediction, gene, nullptr, nullptr, nullptr};
  }
  OpenedSlide opened() const { return {slide, source}; }

  std::shared_ptr<const Slide> slide;
  std::shared_ptr<WatchedSource> source;
  std::shared_ptr<const Prediction> prediction =
      std::make_shared<const Prediction>(testing::madePrediction());
};

QListWidget& listOf(TileGalleryPanel& panel) {
  return *panel.findChild<QListWidget*>();
}

/// The middle of a tile as it is shown.
QRgb shownColour(TileGalleryPanel& panel, int row) {
  const int side = TileGalleryPanel::kSide;
  return listOf(panel).item(row)->icon().pixmap(side, side).toImage().pixel(side / 2, side / 3);
}

}  // namespace

class TileGalleryTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theTilesAreThoseOfHighestAttentionFromLowToHighExpression();
  void noTileIsReadOnTheGuiThreadNorForAHiddenPanel();
  void behindAnotherPanelNothingIsReadUntilItComesToTheFront();
  void aClickAsksForTheTilesPlace();
  void aGeneThatCannotBePredictedHasNoGalleryAndSaysWhy();
  void aTileThatCannotBeReadIsCrossedOutAndTheOthersStay();
  void picturesOfAnEarlierSlideAreDropped();
  void theNewestGeneReplacesTheTilesThatWait();
  void theTilesLookAsTheCanvasShowsTheSlide();
};

void TileGalleryTest::theTilesAreThoseOfHighestAttentionFromLowToHighExpression() {
  const Prediction prediction = testing::madePrediction();
  const GeneMap map = **prediction.maps.of(0);
  const auto tiles = chooseGalleryTiles(prediction.grid, map, 12);
  QCOMPARE(tiles.size(), size_t(12));
  std::vector<float> attention = map.attention;
  std::sort(attention.rbegin(), attention.rend());
  for (size_t i = 0; i < tiles.size(); ++i) {
    QVERIFY(tiles[i].attention >= attention[11]);
    if (i > 0) QVERIFY(tiles[i].expression >= tiles[i - 1].expression);
    const TileGrid::Cell cell{int(tiles[i].area.x) / 400, int(tiles[i].area.y) / 400};
    QCOMPARE(tiles[i].attention, testing::madeAttention(0, cell));
    QCOMPARE(tiles[i].expression, testing::madeExpression(0, cell));
  }
  QCOMPARE(chooseGalleryTiles(prediction.grid, map, 1000).size(), prediction.grid.count());
}

void TileGalleryTest::noTileIsReadOnTheGuiThreadNorForAHiddenPanel() {
  const Watched watched;
  TileGalleryPanel panel;
  panel.showScene(watched.opened(), watched.scene());
  QVERIFY(panel.tiles().empty());  // none is chosen, so none is asked for
  QCOMPARE(watched.source->reads.load(), 0);
  panel.show();
  QCOMPARE(panel.tiles().size(), size_t(TileGalleryPanel::kTiles));
  QTRY_COMPARE_WITH_TIMEOUT(QColor(shownColour(panel, 11)).rgb(), QRgb(kPurple), kPatience);
  QVERIFY(!watched.source->wasReadBy(std::this_thread::get_id()));
  QVERIFY(panel.sentence().contains(QStringLiteral("FSCN1")));
  const int before = watched.source->reads;
  panel.showScene(watched.opened(), watched.scene());
  QTest::qWait(100);
  QCOMPARE(watched.source->reads.load(), before);
}

void TileGalleryTest::behindAnotherPanelNothingIsReadUntilItComesToTheFront() {
  const Watched watched;
  QMainWindow window;
  window.setCentralWidget(new QWidget);
  auto* panel = new TileGalleryPanel;
  auto *back = new QDockWidget, *front = new QDockWidget;
  back->setWidget(panel);
  for (QDockWidget* dock : {back, front}) window.addDockWidget(Qt::LeftDockWidgetArea, dock);
  window.tabifyDockWidget(back, front);
  front->raise();
  window.resize(900, 700);
  window.show();
  QVERIFY(QTest::qWaitForWindowExposed(&window));
  QTest::qWait(50);
  panel->showScene(watched.opened(), watched.scene());
  QTest::qWait(100);
  QVERIFY(panel->tiles().empty());
  QCOMPARE(watched.source->reads.load(), 0);
  back->raise();
  QTRY_COMPARE_WITH_TIMEOUT(panel->tiles().size(), size_t(TileGalleryPanel::kTiles), kPatience);
  QTRY_VERIFY_WITH_TIMEOUT(watched.source->reads > 0, kPatience);
}

void TileGalleryTest::aClickAsksForTheTilesPlace() {
  const Watched watched;
  TileGalleryPanel panel;
  panel.resize(600, 500);
  panel.showScene(watched.opened(), watched.scene());
  panel.show();
  QSignalSpy wanted(&panel, &TileGalleryPanel::areaWanted);
  QListWidget& list = listOf(panel);
  QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.item(3)).center());
  QCOMPARE(wanted.count(), 1);
  QCOMPARE(wanted[0][0].value<Rect>(), panel.tiles()[3].area);
}

void TileGalleryTest::aGeneThatCannotBePredictedHasNoGalleryAndSaysWhy() {
  const Watched watched;
  TileGalleryPanel panel;
  panel.show();
  QCOMPARE(panel.sentence(), QStringLiteral("There is no prediction for this slide yet."));
  panel.showScene(watched.opened(), watched.scene(0));
  QCOMPARE(listOf(panel).count(), TileGalleryPanel::kTiles);
  panel.showScene(watched.opened(), watched.scene(4));
  QVERIFY2(panel.sentence().startsWith(QStringLiteral("TP53 cannot be predicted by this model")),
           qPrintable(panel.sentence()));
  QCOMPARE(listOf(panel).count(), 0);
  panel.showScene(watched.opened(), watched.scene(-1));
  QCOMPARE(panel.sentence(), QStringLiteral("Choose a gene to see where it is expressed."));
}

void TileGalleryTest::aTileThatCannotBeReadIsCrossedOutAndTheOthersStay() {
  const Watched watched;
  watched.source->broken = true;
  TileGalleryPanel panel;
  panel.showScene(watched.opened(), watched.scene());
  panel.show();
  QTRY_COMPARE_WITH_TIMEOUT(listOf(panel).item(11)->toolTip(), QStringLiteral("This tile cannot be read."),
                            kPatience);
  QCOMPARE(listOf(panel).count(), TileGalleryPanel::kTiles);
}

void TileGalleryTest::picturesOfAnEarlierSlideAreDropped() {
  const Watched first(kPurple), second(kPink);
  first.source->held = true;
  TileGalleryPanel panel;
  panel.showScene(first.opened(), first.scene());
  panel.show();
  QTRY_VERIFY_WITH_TIMEOUT(first.source->reads > 0, kPatience);
  panel.showScene(second.opened(), second.scene());
  first.source->held = false;
  first.source->release();
  QTRY_COMPARE_WITH_TIMEOUT(shownColour(panel, 11), QRgb(kPink), kPatience);
  for (int row = 0; row < TileGalleryPanel::kTiles; ++row) QCOMPARE(shownColour(panel, row), QRgb(kPink));
}

void TileGalleryTest::theNewestGeneReplacesTheTilesThatWait() {
  const Watched watched;
  watched.source->held = true;
  TilePictures pictures(32);
  const std::vector<Rect> old{{0, 0, 400, 400}, {400, 0, 400, 400}, {800, 0, 400, 400}};
  const Rect wanted{1200, 400, 400, 400};
  pictures.want(watched.opened(), old);
  QTRY_VERIFY_WITH_TIMEOUT(watched.source->reads > 0, kPatience);
  pictures.want(watched.opened(), {wanted});
  watched.source->held = false;
  watched.source->release();
  QTRY_VERIFY_WITH_TIMEOUT(pictures.picture(wanted).has_value(), kPatience);
  QVERIFY(!pictures.picture(old[1]) && !pictures.picture(old[2]));
}

void TileGalleryTest::theTilesLookAsTheCanvasShowsTheSlide() {
  const Watched watched;
  DisplayColour brighter;
  brighter.brightness = 0.2;
  TileGalleryPanel panel;
  panel.setDisplayColour(brighter);
  panel.showScene(watched.opened(), watched.scene());
  panel.show();
  QImage one(1, 1, QImage::Format_RGB32);
  one.fill(kPurple);
  const QRgb expected = shownAs(one, brighter).pixel(0, 0);
  QVERIFY(expected != QRgb(kPurple));
  QTRY_COMPARE_WITH_TIMEOUT(shownColour(panel, 11), expected, kPatience);
  panel.setDisplayColour({});
  QTRY_COMPARE_WITH_TIMEOUT(shownColour(panel, 11), QRgb(kPurple), kPatience);
}

}  // namespace geneglass::tile_gallery_test

GENEGLASS_WINDOW_TEST(geneglass::tile_gallery_test::TileGalleryTest)
#include "tile_gallery_test.moc"
