// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <openslide/openslide.h>

#include <QDirIterator>
#include <QtTest>
#include <random>

#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/slide/formats/direct_tiff_source.h"
#include "viewer/slide/formats/openslide_source.h"
#include "viewer/slide/region.h"

namespace geneglass::direct_tiff_test {

struct CloseOpenSlide {
  void operator()(openslide_t* handle) const { openslide_close(handle); }
};
using Peer = std::unique_ptr<openslide_t, CloseOpenSlide>;

/// Every tile instead of a sample of each level: minutes.
static bool wantsEveryTile() {
  return qEnvironmentVariableIsSet("GENEGLASS_EVERY_TILE");
}

/// Files that OpenSlide opens and the direct driver leaves to it, with the cause.
static bool isLeftToOpenSlide(const QString& file) {
  return file.endsWith(QStringLiteral(".ndpi"));  // Hamamatsu's strips with restart markers, no tiles
}

/// Levels of which OpenSlide 3.4.1 over libtiff 4.5 gives shifted pixels: narrower or lower than a tile and
/// decoded by libtiff (openslide/openslide-bin issue 433). openWithOpenSlide reads these by itself.
static bool isGarbledByOpenSlide(const QString& file, int level) {
  const bool deflated = file.endsWith(QStringLiteral("osp_boxes.tiff")) ||
                        file.endsWith(QStringLiteral("small_HE_levels.tiff"));
  return deflated && level >= 2;
}

/// In 8-bit steps over all four channels.
struct Difference {
  int64_t sum = 0;
  int64_t count = 0;
  int largest = 0;

  double mean() const { return static_cast<double>(sum) / static_cast<double>(std::max<int64_t>(1, count)); }
  void add(const Image& tile, const Image& expected, int left, int top) {
    for (int y = 0; y < tile.height; ++y)
      for (int x = 0; x < tile.width; ++x) {
        const uint32_t a = tile.at(x, y);
        const uint32_t b = expected.at(left + x, top + y);
        count += 4;
        if (a == b) continue;
        for (int shift = 0; shift < 32; shift += 8) {
          const int away =
              std::abs(static_cast<int>(a >> shift & 0xff) - static_cast<int>(b >> shift & 0xff));
          sum += away;
          largest = std::max(largest, away);
        }
      }
  }
};

/// openslide_read_region puts larger regions together from pieces of this side, and each but the first starts
/// at a whole level-0 pixel. Where the downsample is no whole number, the pixels of those pieces are
/// resampled: beyond it there is nothing to compare with (levels 1 of the her2st slides: 6 % to 27 % of their
/// pixels).
constexpr int64_t kOpenSlidesPiece = 4096;

/// OpenSlide starts at whole level-0 pixels only; from (0, 0) it never resamples, whatever the downsample.
static Image fromCorner(const Peer& peer, int level, int width, int height) {
  Image image(width, height);
  openslide_read_region(peer.get(), image.pixels.data(), 0, 0, level, width, height);
  return image;
}

/// One level of both readers, all of it or a sample.
class LevelComparison {
 public:
  LevelComparison(const Peer& peer, const TileSource& source, const Level& level, int index, int peerIndex)
      : m_peer(peer), m_source(source), m_level(level), m_index(index), m_peerIndex(peerIndex) {}

  Difference run() {
    const bool whole = m_level.downsample == std::round(m_level.downsample);
    if (whole)
      compareTiles();
    else
      compareCorner();
    return m_difference;
  }

 private:
  void compareTiles() {
    const auto columns = static_cast<int>(m_level.columns());
    const auto rows = static_cast<int>(m_level.rows());
    constexpr int kSample = 40;
    if (wantsEveryTile() || columns * rows <= kSample) {
      for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) compareTile(column, row);
      return;
    }
    std::mt19937 random(20);
    for (int i = 0; i < kSample; ++i)
      compareTile(static_cast<int>(random() % static_cast<unsigned>(columns)),
                  static_cast<int>(random() % static_cast<unsigned>(rows)));
    compareTile(columns - 1, rows - 1);
  }

  void compareTile(int column, int row) {
    const Image tile = read(column, row);
    Image expected(tile.width, tile.height);
    const double x = static_cast<double>(column * m_level.tile.width) * m_level.downsample;
    const double y = static_cast<double>(row * m_level.tile.height) * m_level.downsample;
    openslide_read_region(m_peer.get(), expected.pixels.data(), std::llround(x), std::llround(y), m_peerIndex,
                          tile.width, tile.height);
    m_difference.add(tile, expected, 0, 0);
  }

  void compareCorner() {
    const int64_t most = wantsEveryTile() ? kOpenSlidesPiece : 1200;
    const auto width = static_cast<int>(std::min(m_level.size.width, most));
    const auto height = static_cast<int>(std::min(m_level.size.height, most));
    const Image expected = fromCorner(m_peer, m_peerIndex, width, height);
    for (int64_t row = 0; row * m_level.tile.height < height; ++row)
      for (int64_t column = 0; column * m_level.tile.width < width; ++column) {
        const Image tile = read(static_cast<int>(column), static_cast<int>(row));
        const auto left = static_cast<int>(column * m_level.tile.width);
        const auto top = static_cast<int>(row * m_level.tile.height);
        if (left + tile.width <= width && top + tile.height <= height)
          m_difference.add(tile, expected, left, top);
      }
  }

  Image read(int column, int row) { return m_source.read({m_index, column, row}).value()->image; }

  const Peer& m_peer;
  const TileSource& m_source;
  const Level& m_level;
  const int m_index;
  const int m_peerIndex;
  Difference m_difference;
};

class DirectTiffTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pixelsOfEveryLevelAreOpenslides_data() {
    QTest::addColumn<QString>("file");
    if (!std::filesystem::exists(testing::dataFolder())) QSKIP("no data folder: set GENEGLASS_DATA");
    for (const char* folder : {"slides", "st"}) {
      QDirIterator files(QString::fromStdString((testing::dataFolder() / folder).string()),
                         {QStringLiteral("*.svs"), QStringLiteral("*.tif*"), QStringLiteral("*.ndpi")},
                         QDir::Files, QDirIterator::Subdirectories);
      while (files.hasNext()) {
        const QString file = files.next();
        QTest::newRow(qPrintable(file.section(QLatin1Char('/'), -2))) << file;
      }
    }
  }
  void pixelsOfEveryLevelAreOpenslides() {
    QFETCH(QString, file);
    const Peer peer(openslide_open(qPrintable(file)));
    const auto outcome = openDirectTiff(readFileHead(file.toStdString()).value()).value();
    QCOMPARE(outcome.has_value(), peer && !isLeftToOpenSlide(file));
    if (!outcome) return;
    for (const AssociatedImage& image : outcome->slide.associatedImages) {
      const Image own = outcome->source->readAssociatedImage(image.name).value();
      Image expected(own.width, own.height);
      openslide_read_associated_image(peer.get(), image.name.c_str(), expected.pixels.data());
      QVERIFY(own.pixels == expected.pixels);
    }
    const auto other = openWithOpenSlide(readFileHead(file.toStdString()).value()).value();
    int peerIndex = 0;
    for (int i = 0; i < static_cast<int>(outcome->slide.levels.size()); ++i) {
      const Level& level = outcome->slide.levels[static_cast<size_t>(i)];
      if (level.reduced) continue;
      const auto width = static_cast<int>(level.size.width);
      const auto height = static_cast<int>(level.size.height);
      Difference difference;
      if (isGarbledByOpenSlide(file, peerIndex))
        difference.add(readLevelRegion(outcome->slide, *outcome->source, i, 0, 0, width, height).value(),
                       readLevelRegion(other->slide, *other->source, peerIndex, 0, 0, width, height).value(),
                       0, 0);
      else
        difference = LevelComparison(peer, *outcome->source, level, i, peerIndex).run();
      ++peerIndex;
      const std::string words = fmt::format("level {}: mean {:.4f}, largest {} over {} numbers", i,
                                            difference.mean(), difference.largest, difference.count);
      if (wantsEveryTile()) qInfo("%s", words.c_str());
      QVERIFY2(difference.count > 0 && difference.mean() <= 0.5 && difference.largest <= 2, words.c_str());
    }
    QCOMPARE(peerIndex, openslide_get_level_count(peer.get()));
  }
};

}  // namespace geneglass::direct_tiff_test

GENEGLASS_TEST(geneglass::direct_tiff_test::DirectTiffTest)
#include "direct_tiff_test.moc"
