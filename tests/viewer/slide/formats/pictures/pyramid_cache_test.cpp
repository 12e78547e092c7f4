// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/pyramid_cache.h"

#include <sys/stat.h>

#include <QTemporaryDir>
#include <QTest>

#include "tests/support/environment_variable.h"
#include "tests/support/full_place.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"
#include "viewer/slide/formats/pictures/packed_tile.h"
#include "viewer/slide/read_tile.h"

namespace geneglass::pyramid_cache_test {

using namespace geneglass::testing;

namespace {

const std::vector<Level> kLevels = halvedLevels({600, 300});

Tile paintedTile(TileKey key) {
  const Level& level = kLevels[static_cast<size_t>(key.level)];
  Image image(static_cast<int>(std::min<int64_t>(256, level.size.width - key.column * 256)),
              static_cast<int>(std::min<int64_t>(256, level.size.height - key.row * 256)));
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      image.at(x, y) = paintedAt(key.column * 256 + x, key.row * 256 + y + 1000 * key.level);
  return {key, std::move(image)};
}

std::vector<TileKey> allKeys() {
  std::vector<TileKey> keys;
  for (int level = 0; level < static_cast<int>(kLevels.size()); ++level)
    for (int row = 0; row < kLevels[static_cast<size_t>(level)].rows(); ++row)
      for (int column = 0; column < kLevels[static_cast<size_t>(level)].columns(); ++column)
        keys.push_back({level, column, row});
  return keys;
}

void fill(PyramidStore& store) {
  for (const TileKey key : allKeys()) QCOMPARE(store.put(paintedTile(key)), std::string());
}

/// How many tiles are not as they were put in.
int wrongTiles(const PyramidStore& store) {
  int wrong = 0;
  for (const TileKey key : allKeys()) {
    const Result<TilePtr> tile = store.read(key);
    wrong += !tile || (*tile)->image.pixels != paintedTile(key).image.pixels;
  }
  return wrong;
}

}  // namespace

class PyramidCacheTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

 private Q_SLOTS:
  void aTileComesBackAsItWasPacked() {
    for (const uint32_t mask : {0xffffffffu, 0x7fffffffu}) {
      Image image = paintedTile({0, 0, 0}).image;
      for (uint32_t& pixel : image.pixels) pixel &= mask;
      const PackedTile packed = packTile(image);
      QCOMPARE(packed.channels, mask == 0xffffffffu ? 3 : 4);
      Image back = Image::unset(image.width, image.height);
      QVERIFY(unpackTile(packed.bytes, packed.channels, back));
      QVERIFY(back.pixels == image.pixels);
      std::vector<uint8_t> damaged = packed.bytes;
      damaged[damaged.size() / 2] ^= 1;
      QVERIFY(!unpackTile(damaged, packed.channels, back));
      QVERIFY(!unpackTile(std::span(packed.bytes).first(packed.bytes.size() - 9), packed.channels, back));
    }
  }

  void whatIsKeptAppearsOnlyWhenItIsWholeAndIsFoundAgain() {
    const auto file = path("kept.pyramid");
    {
      auto store = PyramidStore::make(file, true, kLevels);
      QVERIFY(store);
      fill(**store);
      QVERIFY(!std::filesystem::exists(file));
      QCOMPARE((*store)->finish(), std::string());
      QVERIFY(std::filesystem::exists(file));
    }
    const auto again = PyramidStore::reopen(file, kLevels);
    QVERIFY(again);
    QCOMPARE(wrongTiles(*again), 0);
    QVERIFY(!PyramidStore::reopen(path("none.pyramid"), kLevels));
  }

  void whatIsNotFinishedLeavesNothing() {
    {
      auto store = PyramidStore::make(path("begun.pyramid"), true, kLevels);
      QCOMPARE((*store)->put(paintedTile({0, 0, 0})), std::string());
    }
    for (const auto& entry : std::filesystem::directory_iterator(m_folder.path().toStdString()))
      QVERIFY2(!entry.path().filename().string().starts_with("begun"), entry.path().c_str());
  }

  void aPyramidWithDamagedTilesIsNotKept() {
    auto store = PyramidStore::make(path("damaged.pyramid"), true, kLevels);
    fill(**store);
    Tile damaged = paintedTile({0, 1, 0});
    damaged.damaged = true;
    damaged.damage = "it is cut short";
    QCOMPARE((*store)->put(damaged), std::string());
    QCOMPARE((*store)->finish(), std::string());
    QVERIFY(!std::filesystem::exists(path("damaged.pyramid")));
    QCOMPARE((*(*store)->read({0, 1, 0}))->damage, std::string("it is cut short"));
  }

  void aDamagedFileIsRemovedWhenItIsOpenedOrRead() {
    const auto file = path("hurt.pyramid");
    const auto hurt = [&](size_t fromEnd) {
      {
        auto store = PyramidStore::make(file, true, kLevels);
        fill(**store);
        QCOMPARE((*store)->finish(), std::string());
      }
      FileBytes bytes(file);
      bytes[fromEnd > 0 ? bytes.size() - fromEnd : 100] ^= 1;
      bytes.write(file);
    };
    hurt(10);  // of the digest
    QVERIFY(!PyramidStore::reopen(file, kLevels));
    QVERIFY(!std::filesystem::exists(file));
    hurt(300);  // of the table
    QVERIFY(!PyramidStore::reopen(file, kLevels));
    hurt(0);  // of the first tile
    const auto store = PyramidStore::reopen(file, kLevels);
    QVERIFY(store);
    QCOMPARE(wrongTiles(*store), 1);
    QVERIFY(!std::filesystem::exists(file));
    const Result<TilePtr> tile = store->read({0, 0, 0});
    QCOMPARE(tile.error().sentence,
             std::string("what was kept of it is damaged and has been removed: open it again"));
  }

  void aFileOfAnotherPictureIsNotTaken() {
    auto store = PyramidStore::make(path("other.pyramid"), true, kLevels);
    fill(**store);
    QCOMPARE((*store)->finish(), std::string());
    QVERIFY(!PyramidStore::reopen(path("other.pyramid"), halvedLevels({600, 299})));
  }

  void aSmallPictureIsKeptInMemoryWhereNothingCanBeWritten() {
    const EnvironmentVariable temporary("TMPDIR", path("nowhere").string());
    const PyramidCache cache(path("nowhere") / "deep" / "deeper");
    std::ofstream(path("nowhere")).close();  // a file where a folder should be
    const auto store = cache.place(cache.fileOf("hash", {}), kLevels);
    QVERIFY(store);
    fill(**store);
    QCOMPARE(wrongTiles(**store), 0);
    const auto large = cache.place(cache.fileOf("hash", {}), halvedLevels({9000, 9000}));
    QVERIFY(!large);
    QCOMPARE(large.error().sentence, "its tiles may take 308 MiB, and neither the folder '" +
                                         cache.folder().string() +
                                         "' of what is kept nor that of temporary files has so much room");
  }

  void aPictureIsCutOnceAndItsFileIsForItsOwnerAlone() {
    const EnvironmentVariable own("GENEGLASS_CACHE", path("cache").string());
    writePng(path("a.png"), PngRecipe{});
    {
      const auto opened = openSlide(path("a.png"));
      QVERIFY(opened);
      QVERIFY(waitUntilPrepared(*opened->source, {}));
    }
    const PyramidCache cache;
    QCOMPARE(cache.contents().pyramids, 1);
    struct stat facts {};
    QCOMPARE(stat(path("cache").c_str(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777, 0700u);
    const auto again = openSlide(path("a.png"));
    QVERIFY(!again->source->preparation());
    const Result<Image> image = wholeOf(*again);
    QVERIFY(image);
    QCOMPARE(wrongPixels(*image, paintedAt), 0);
    PngRecipe other;  // of the same size, and so of the same name and place
    other.colourType = PNG_COLOR_TYPE_GRAY;
    writePng(path("a.png"), other);
    const auto changed = openSlide(path("a.png"));
    const auto green = static_cast<uint32_t>(greenOf(paintedAt(5, 6)));
    QCOMPARE((*changed->source->read({0, 0, 0}))->image.at(5, 6), opaque(green, green, green));
    QVERIFY(waitUntilPrepared(*changed->source, {}));
    QCOMPARE(cache.contents().pyramids, 2);
    QVERIFY(cache.clear());
    QCOMPARE(cache.contents().pyramids, 0);
  }

  void whatAKilledProgramLeftGoesWhenTheNextPictureIsCut() {
    const PyramidCache cache(path("left"));
    const auto living = cache.place(cache.fileOf("living", {}), kLevels);
    QVERIFY(living);
    const auto dead = path("left") / (std::string(32, 'd') + ".pyramid.Ab12Cd");
    std::ofstream(dead) << std::string(100, 'x');
    {
      const auto next = cache.place(cache.fileOf("next", {}), kLevels);
      QVERIFY(next && !std::filesystem::exists(dead));
    }
    fill(**living);
    QCOMPARE((*living)->finish(), std::string());
    QCOMPARE(cache.contents().pyramids, 1);
  }

  void aFullDiskIsOneReasonAndLeavesNothing() {
    const EnvironmentVariable own("GENEGLASS_CACHE", path("full").string());
    writePng(path("f.png"), PngRecipe{});
    {
      const FullPlace full(20000);
      const auto opened = openSlide(path("f.png"));
      QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
      waitUntilPrepared(*opened->source, {});
      QVERIFY(std::filesystem::is_empty(path("full")));  // at once, not only when it is closed
      const Result<TilePtr> tile = opened->source->read({0, 2, 2});
      QVERIFY(!tile);
      QCOMPARE(tile.error().sentence, "Cannot read tile (level 0, column 2, row 2) of '" +
                                          path("f.png").string() + "': its tiles cannot be kept in '" +
                                          path("full").string() + "': File too large.");
    }
    const auto opened = openSlide(path("f.png"));  // there is room again
    QVERIFY(waitUntilPrepared(*opened->source, {}));
    QCOMPARE((*opened->source->read({0, 2, 2}))->image.at(3, 4), paintedAt(515, 516));
  }

  void theLongestUnusedGoFirst() {
    const auto folder = path("trimmed");
    std::filesystem::create_directory(folder);
    const PyramidCache cache(folder, 250);
    const auto file = [&](char letter) { return folder / (std::string(32, letter) + ".pyramid"); };
    const auto now = std::filesystem::file_time_type::clock::now();
    for (const char letter : {'a', 'b', 'c'}) {
      std::ofstream(file(letter)) << std::string(100, 'x');
      std::filesystem::last_write_time(file(letter), now - std::chrono::hours(10 + letter));
    }
    std::ofstream(folder / "notes.txt").close();
    cache.trim(file('c'));
    QVERIFY(std::filesystem::exists(file('c')));
    QVERIFY(!std::filesystem::exists(file('b')));
    QVERIFY(std::filesystem::exists(file('a')));
    QVERIFY(std::filesystem::exists(folder / "notes.txt"));
  }
};

}  // namespace geneglass::pyramid_cache_test

GENEGLASS_TEST(geneglass::pyramid_cache_test::PyramidCacheTest)
#include "pyramid_cache_test.moc"
